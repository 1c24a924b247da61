import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientSettings } from '../../../functions/platform/aws/client-settings.ts';
import { readJson } from '../../../functions/platform/bucket.ts';
import type { Walked } from '../../../infra/state-machine/walk.ts';
import type { VendorServers } from '../../../sandbox/vendors/serve.ts';
import { printed, type TestStack } from './stack.ts';

type Vendors = VendorServers['vendors'];

/** Stores the secrets of vendors on loopback where the deployed functions look for them. */
export async function storeSecrets({ env }: TestStack, vendors: Vendors): Promise<void> {
  const client = new SecretsManagerClient(clientSettings(env, 'SECRETS_MANAGER'));
  for (const { kind, secret } of vendors) {
    const Name = `${env['VIGIE_SECRETS_PREFIX']}${kind}`;
    await client.send(new CreateSecretCommand({ Name, SecretString: JSON.stringify(secret) }));
  }
  client.destroy();
}

/** What was pulled in the run of an execution. */
export async function pullsOf<Pull>({ bucket }: TestStack, walked: Walked, asOf: string): Promise<Pull[]> {
  const { run } = JSON.parse(JSON.stringify(walked.output)) as { run: string };
  const manifest = await readJson<{ pulls: Pull[] }>(bucket, `runs/${asOf}/${run}.json`);
  if (manifest === undefined) throw new Error(`nothing was recorded of ${run}`);
  return manifest.pulls;
}

/** All that functions printed, and that is kept beside figures: nothing secret may be in it. */
export async function saidAndKept(stack: TestStack): Promise<string> {
  const texts = [await printed(stack)];
  for (const prefix of ['state/', 'work/', 'runs/', 'checks/'])
    for await (const { key } of stack.bucket.list(prefix))
      texts.push(Buffer.from(await stack.bucket.read(key)).toString('utf8'));
  return texts.join('\n');
}
