import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { VigieError } from '../errors.ts';
import type { Secrets } from '../secrets.ts';
import { type Environment, secretsPrefixOf } from './aws-environment.ts';
import { awsError, failureOf } from './aws-errors.ts';
import { clientSettings } from './client-settings.ts';

export interface SecretsManagerOptions {
  readonly client: SecretsManagerClient;
  /** `vigie/<stage>/`: what stands before a secret's name. */
  readonly prefix: string;
}

/** The secrets of the stack. */
export const secretsFromEnv = (env: Environment): Secrets =>
  secretsManager({
    client: new SecretsManagerClient(clientSettings(env, 'SECRETS_MANAGER')),
    prefix: secretsPrefixOf(env),
  });

/**
 * Secrets in AWS Secrets Manager, as text, at `vigie/<stage>/<name>`. Read anew each time: another step may have
 * rotated them. Throws `SECRET_MISSING` where there is none, or it has no value yet, and for one about to be deleted.
 */
export function secretsManager({ client, prefix }: SecretsManagerOptions): Secrets {
  return {
    async get(name) {
      const SecretId = prefix + name;
      try {
        const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId }));
        if (SecretString) return SecretString;
        throw missing(name, SecretId, 'it is there, without a text');
      } catch (error) {
        throw explain(error, name, SecretId, 'reading');
      }
    },
    async put(name, value) {
      const SecretId = prefix + name;
      try {
        await client.send(new PutSecretValueCommand({ SecretId, SecretString: value }));
      } catch (error) {
        throw explain(error, name, SecretId, 'storing');
      }
    },
  };
}

function explain(error: unknown, name: string, id: string, doing: string): VigieError {
  const kind = failureOf(error).name;
  if (kind === 'ResourceNotFoundException') return missing(name, id, 'there is none', error);
  if (kind === 'InvalidRequestException') return missing(name, id, 'it is marked for deletion', error);
  return awsError(error, `${doing} the secret ${id}`);
}

const missing = (name: string, id: string, why: string, cause?: unknown): VigieError =>
  new VigieError(`no secret ${name}: looked for "${id}" in AWS Secrets Manager: ${why}`, {
    code: 'SECRET_MISSING',
    where: { field: name },
    hint: `Create it: aws secretsmanager create-secret --name ${id} --secret-string file://secret.txt (or put-secret-value --secret-id ${id} where it exists without a value), then run again.`,
    ...(cause === undefined ? {} : { cause }),
  });
