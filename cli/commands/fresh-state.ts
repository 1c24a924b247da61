import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { version } from '../../functions/lake/run/version.ts';
import { PRIVATE_FOLDER } from '../../functions/platform/local/private-files.ts';
import type { InventOptions } from '../../sandbox/kit/folder.ts';

/** Beside the state: which company it was computed from. */
const MARK = 'sandbox.json';

/**
 * Takes away what Vigie keeps of a sandbox that was made with other options: a company with another end date has
 * another history in every detail, and figures of the two must not be mixed. The folder must be known to be a
 * sandbox's. Killed half-way, the next start begins anew. Gives true when something was taken away.
 */
export async function freshState(
  folder: string,
  options: InventOptions & { readonly company: string; readonly crm?: string; readonly files: boolean },
): Promise<boolean> {
  const state = join(folder, '.vigie');
  const mark = join(state, MARK);
  const { company, crm, seed, days, endsOn, scale, stories, files } = options;
  const made = `${JSON.stringify({ version, company, crm, seed, days, endsOn, scale, stories, files }, null, 2)}\n`;
  if (existsSync(mark) && (await readFile(mark, 'utf8')) === made) return false;
  const older = existsSync(state);
  await rm(state, { recursive: true, force: true });
  await mkdir(dirname(mark), { recursive: true, mode: PRIVATE_FOLDER });
  await writeFile(mark, made);
  return older;
}
