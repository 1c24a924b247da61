import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { afterAll, expect, test } from 'vitest';
import { writeSaas } from '../../../sandbox/companies/saas/write-saas.ts';
import { writeSandbox } from '../../../sandbox/companies/wholesale/write-sandbox.ts';

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

const options = { seed: 7, endsOn: '2026-11-21', days: 120, scale: 0.3, stories: true };

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'vigie-saas-'));
  folders.push(made);
  return made;
}

async function fingerprint(of: string): Promise<string[]> {
  const names = (await glob('**/*', { cwd: of })).toSorted();
  return Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(join(of, name));
      return `${name} ${createHash('sha256').update(bytes).digest('hex')}`;
    }),
  );
}

test('the same options give the same bytes; another seed does not', async () => {
  const one = await writeSaas({ ...options, folder: await folder() });
  const found = await fingerprint(one.folder);
  expect(found.length).toBeGreaterThan(400);
  const again = await writeSaas({ ...options, folder: await folder() });
  expect(await fingerprint(again.folder)).toEqual(found);
  const other = await writeSaas({ ...options, seed: 8, folder: await folder() });
  expect(await fingerprint(other.folder)).not.toEqual(found);
});

test('one company may take the folder of another; somebody’s own is refused', async () => {
  const place = await folder();
  await writeSandbox({ ...options, days: 14, scale: 0.1, folder: place });
  const { files } = await writeSaas({ ...options, folder: place });
  const there = (await glob('exports/**/*', { cwd: place })).toSorted();
  expect(there).toEqual([...files]);
});

test('too few days are refused, with how many it takes', async () => {
  await expect(writeSaas({ ...options, days: 20, folder: await folder() })).rejects.toMatchObject({
    code: 'SANDBOX_OPTION',
    message: expect.stringContaining('at least 60'),
  });
});
