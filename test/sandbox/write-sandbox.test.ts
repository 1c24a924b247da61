import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { glob } from 'tinyglobby';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SANDBOX_MARK } from '../../sandbox/companies/wholesale/config/company-yaml.ts';
import { type SandboxSummary, writeSandbox } from '../../sandbox/companies/wholesale/write-sandbox.ts';
import { openExport } from '../../sandbox/kit/export-file.ts';
import type { SandboxOptions } from '../../sandbox/kit/folder.ts';

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function write(options: Partial<SandboxOptions> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-sandbox-'));
  folders.push(folder);
  return writeSandbox({
    folder,
    seed: 7,
    endsOn: '2026-11-21',
    days: 75,
    scale: 0.1,
    stories: true,
    ...options,
  });
}

/** Every file with its content's hash and its time. */
async function fingerprint(folder: string): Promise<string[]> {
  const names = (await glob('**/*', { cwd: folder })).toSorted();
  return Promise.all(
    names.map(async (name) => {
      const hash = createHash('sha256')
        .update(await readFile(join(folder, name)))
        .digest('hex');
      const time = name.startsWith('exports/') ? (await stat(join(folder, name))).mtimeMs : 0;
      return `${name} ${hash} ${time}`;
    }),
  );
}

describe('writing the sandbox', () => {
  let first: SandboxSummary;
  let found: string[];
  beforeAll(async () => {
    first = await write();
    found = await fingerprint(first.folder);
  });

  test('the same options give the same bytes and file times', async () => {
    const again = await write();
    expect(found.length).toBeGreaterThan(300);
    expect(await fingerprint(again.folder)).toEqual(found);
    expect({ ...again, folder: '', config: '' }).toEqual({ ...first, folder: '', config: '' });
  });

  test('writing again over the same folder changes nothing, another seed does', async () => {
    await write({ folder: first.folder, seed: 8 });
    expect(await fingerprint(first.folder)).not.toEqual(found);
    await write({ folder: first.folder });
    expect(await fingerprint(first.folder)).toEqual(found);
  });

  test('files are as the systems deliver them: by day lately, by month before', () => {
    const { files } = first;
    expect(files).toContain('exports/sap/sales/VBAP_20261121.csv');
    expect(files).toContain('exports/sap/sales/history/VBAP_202610.csv');
    expect(files).toContain('exports/linkedin-ads/campaign_group_performance_2026-10-13.csv');
    expect(files).not.toContain('exports/linkedin-ads/campaign_group_performance_2026-10-12.csv');
    // Sunday is closed; the tags stopped four days of trade before the end.
    expect(files).not.toContain('exports/sap/sales/VBAP_20261115.csv');
    expect(files).toContain('exports/tags/sessions_20261117.ndjson');
    expect(files).not.toContain('exports/tags/sessions_20261118.ndjson');
  });

  test('encodings are as announced', async () => {
    const read = (name: string) => readFile(join(first.folder, name));
    expect((await read('exports/sap/KNA1.csv')).toString('latin1')).toContain(
      'Autohaus Brückner GmbH & Co. KG',
    );
    const linkedin = await read('exports/linkedin-ads/campaign_group_performance_2026-11-21.csv');
    expect([...linkedin.subarray(0, 2)]).toEqual([0xff, 0xfe]);
    expect([...(await read('exports/finance/targets.csv')).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  test('a file larger than a piece is written whole', async () => {
    const large = join(first.folder, 'large.csv.gz');
    const file = openExport(large, 'utf-8', new Date('2026-11-22T04:00:00Z'));
    const lines = Array.from({ length: 60_000 }, (_, index) => `line ${index} é`);
    for (const line of lines) {
      if (file.line(line)) await file.flush();
    }
    await file.close();
    expect(gunzipSync(await readFile(large)).toString('utf8')).toBe(`${lines.join('\n')}\n`);
    await rm(large);
  });

  test('a folder that cannot be written to is an error', async () => {
    const file = openExport(join(first.folder, 'vigie.yaml', 'x.csv'), 'utf-8', new Date(0));
    file.line('x');
    await expect(file.close()).rejects.toThrow();
  });

  test('a sandbox that died half-way can be made again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vigie-dead-'));
    folders.push(folder);
    await writeFile(join(folder, 'vigie.yaml'), `${SANDBOX_MARK}, still being written.`);
    await mkdir(join(folder, 'exports/sap'), { recursive: true });
    await writeFile(join(folder, 'exports/sap/KNA1.csv'), 'cut');
    const made = await write({ folder, days: 14 });
    expect(made.files.length).toBeGreaterThan(50);
    expect(await readFile(made.config, 'utf8')).toContain('alerts:');
  });

  test('a folder that is somebody’s own is not touched', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vigie-own-'));
    folders.push(folder);
    await mkdir(join(folder, 'exports'));
    await writeFile(join(folder, 'exports/mine.csv'), 'mine');
    await expect(write({ folder })).rejects.toMatchObject({ code: 'SANDBOX_FOLDER' });
    await writeFile(join(folder, 'vigie.yaml'), 'company: { name: Ours }');
    await expect(write({ folder })).rejects.toMatchObject({ code: 'SANDBOX_FOLDER' });
    expect(await readFile(join(folder, 'exports/mine.csv'), 'utf8')).toBe('mine');
  });

  test.each([
    [{ days: 3 }, '3 days are too few'],
    [{ days: 20.5 }, '20.5 days are too few'],
    [{ scale: 0 }, 'the scale 0 is not above 0'],
    [{ seed: 0.5 }, 'the seed 0.5 is not a whole number'],
    [{ endsOn: '21.11.2026' }, 'is not a date'],
    [{ endsOn: '2026-02-30' }, 'is not a date'],
  ])('refuses %j', async (options, message) => {
    await expect(write(options)).rejects.toMatchObject({
      code: 'SANDBOX_OPTION',
      message: expect.stringContaining(message),
    });
  });
});
