import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Environment } from './aws-environment.ts';
import { awsError, failureOf } from './aws-errors.ts';
import { clientSettings } from './client-settings.ts';

export type SecretState = 'ready' | 'without a value' | 'to be deleted' | 'missing';

export const secretsClient = (env: Environment): SecretsManagerClient =>
  new SecretsManagerClient(clientSettings(env, 'SECRETS_MANAGER'));

/** Whether a secret is there, without reading it: who looks needs no right to its value. */
export async function secretState(client: SecretsManagerClient, id: string): Promise<SecretState> {
  try {
    const found = await client.send(new DescribeSecretCommand({ SecretId: id }));
    if (found.DeletedDate) return 'to be deleted';
    return Object.keys(found.VersionIdsToStages ?? {}).length > 0 ? 'ready' : 'without a value';
  } catch (error) {
    if (failureOf(error).name === 'ResourceNotFoundException') return 'missing';
    throw awsError(error, `looking for the secret ${id}`);
  }
}
