import type { Company } from '../../functions/lake/company/company.ts';
import {
  type Environment,
  secretsPrefixOf,
  stackFact,
} from '../../functions/platform/aws/aws-environment.ts';
import { type SecretState, secretState, secretsClient } from '../../functions/platform/aws/secret-state.ts';
import { channelSecrets, pushSecrets, siteSecrets, sourceSecrets } from '../../infra/company/secrets.ts';
import type { Symptom } from './symptom.ts';

/** Whether the secrets that the company’s sources and channels name are in Secrets Manager. Their values are not read. */
export async function stackSecrets(company: Company, env: Environment): Promise<Symptom[]> {
  const stage = stackFact(env, 'stage');
  const names = [
    ...new Set([...sourceSecrets(company), ...pushSecrets(company)]),
    ...channelSecrets(company),
    ...siteSecrets(company, stage),
  ];
  if (names.length === 0) return [];
  const [prefix, region] = [secretsPrefixOf(env), stackFact(env, 'region')];
  const client = secretsClient(env);
  try {
    return await Promise.all(
      names.map(async (name) => {
        const id = prefix + name;
        const state = await secretState(client, id);
        const remedy = REMEDIES[state]?.(id, name, region);
        const what = `secret ${name}`;
        if (remedy === undefined) return { what, status: 'ok', finding: `${id} is there` } as const;
        return { what, status: 'failed', finding: `${id} in ${region}: ${WORDS[state]}`, remedy } as const;
      }),
    );
  } finally {
    client.destroy();
  }
}

const WORDS: Readonly<Record<SecretState, string>> = {
  ready: 'it is there',
  missing: 'there is none',
  'without a value': 'it is there, without a value',
  'to be deleted': 'it is marked for deletion',
};

const REMEDIES: Readonly<
  Record<SecretState, ((id: string, name: string, region: string) => string) | undefined>
> = {
  ready: undefined,
  missing: (id, name, region) =>
    `aws secretsmanager create-secret --name ${id} --secret-string file://${name}.txt --region ${region}   (what the file holds is on the source’s page in docs/sources, for site-… in docs/operations/site.md; delete it afterwards)`,
  'without a value': (id, name, region) =>
    `aws secretsmanager put-secret-value --secret-id ${id} --secret-string file://${name}.txt --region ${region}`,
  'to be deleted': (id, _, region) =>
    `aws secretsmanager restore-secret --secret-id ${id} --region ${region}`,
};
