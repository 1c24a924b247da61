import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { readCompany } from '../../../functions/lake/company/file.ts';
import type { Cell } from '../../../functions/platform/engine.ts';
import { pullSource } from '../../../functions/pull/pull-source.ts';
import { writeSandbox } from '../../../sandbox/companies/wholesale/write-sandbox.ts';
import { tables } from '../../kit/tables.ts';
import { AD_KINDS, type AdWorld, openAdWorld, openLake } from './ad-world.ts';

/** The same company twice: its ad platforms' files, and their APIs. */
describe('what the APIs give is what the files hold', () => {
  let fromFiles: Record<string, Cell>[];
  let fromApis: Record<string, Cell>[];
  let world: AdWorld;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vigie-ad-files-'));
    try {
      const options = { seed: 5, endsOn: '2026-11-21', days: 84, scale: 0.12, stories: true };
      const { config } = await writeSandbox({ ...options, folder });
      const company = await readCompany(config, { tables });
      const lake = await openLake(folder);
      for (const source of company.sources.filter(({ name }) => name.endsWith('-ads')))
        await lake.load(
          await pullSource(lake.platform, { tables, company, source, asOf: '2026-11-21', run: 'run-1' }),
        );
      fromFiles = await lake.spend();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    world = await openAdWorld();
    world.live();
    for (const kind of AD_KINDS) await world.pull(kind);
    fromApis = await world.lake.spend();
  });

  test.each(['google', 'microsoft', 'linkedin', 'meta'])('%s', (platform) => {
    const of = (rows: Record<string, Cell>[]) => rows.filter((row) => row['platform'] === platform);
    expect(of(fromApis).length).toBeGreaterThan(84);
    expect(of(fromApis)).toEqual(of(fromFiles));
  });

  test('pulled again, nothing changes', async () => {
    for (const kind of AD_KINDS) await world.pull(kind, { run: 'run-2' });
    expect(await world.lake.spend()).toEqual(fromApis);
  });

  test('no credential was sent to where a report is downloaded, and none is in what is kept', async () => {
    const downloads = world.calls.filter(({ call }) => call.url.hostname === 'localhost');
    expect(downloads.length).toBeGreaterThan(0);
    expect(downloads.some(({ call }) => call.headers.has('authorization'))).toBe(false);
    const tokens = [...world.vendors.values()].flatMap(({ secret }) => Object.values(secret));
    for await (const { key } of world.lake.platform.bucket.list('')) {
      const bytes = Buffer.from(await world.lake.platform.bucket.read(key));
      const plain = key.endsWith('.gz') ? gunzipSync(bytes) : bytes;
      for (const token of tokens) expect(plain.includes(token), key).toBe(false);
    }
  });
});
