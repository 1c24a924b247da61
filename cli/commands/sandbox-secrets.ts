import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { localSecrets } from '../../functions/platform/local/local-secrets.ts';
import { PRIVATE_FOLDER } from '../../functions/platform/local/private-files.ts';
import type { ServedVendor } from '../../sandbox/vendors/serve.ts';

/** Stores what the simulated vendors want to see, where a company stores its credentials: secrets.json, permissions 600. */
export async function writeSecrets(folder: string, vendors: readonly ServedVendor[]): Promise<void> {
  const state = join(folder, '.vigie');
  await mkdir(state, { recursive: true, mode: PRIVATE_FOLDER });
  const secrets = localSecrets({ file: join(state, 'secrets.json'), env: {} });
  for (const { kind, secret } of vendors) await secrets.put(kind, JSON.stringify(secret));
}
