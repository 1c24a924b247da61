import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CanonicalRow } from '../../functions/lake/landing/writer.ts';
import { RecordReader } from '../../functions/pull/api/record-reader.ts';
import { newSourceFiles } from '../../functions/pull/source-scaffold.ts';
import { fakeWeb } from './api/web.ts';
import { apiWorld, sourceOf } from './api/world.ts';

// Beside the project, with its functions linked: a folder among the real sources would be found by other tests.
const place = resolve(import.meta.dirname, `../../node_modules/.vigie-scaffold-${process.pid}`);
const at = (path: string): string => join(place, path);

beforeAll(async () => {
  for (const { path, text } of newSourceFiles('acme-crm')) {
    await mkdir(dirname(at(path)), { recursive: true });
    const up = '../'.repeat(path.split('/').length - 1);
    // Imports of the machinery lead to the real one.
    const linked = text
      .replaceAll(`'../../api/`, `'${up}../../functions/pull/api/`)
      .replaceAll(/'(?:\.\.\/){4}functions\/(lake|pull\/api)/g, `'${up}../../functions/$1`);
    await writeFile(at(path), linked);
  }
});
afterAll(() => rm(place, { recursive: true, force: true }));

const order = {
  ...{ id: '4711', placedAt: '2026-11-21T23:30:00Z', state: 'shipped', currency: 'EUR', buyer: { id: 'C7' } },
  lines: [{ number: 1, sku: 'A-1', quantity: 2, net: '19.90' }],
};

test('the new source pulls its made-up API as it is', async () => {
  const { source } = await import(at('functions/pull/sources/acme-crm/source.ts'));
  const web = fakeWeb(() => ({ body: { orders: [order], next: null } }));
  const world = apiWorld(web.http, { acme: '{"token":"acme-token"}' });
  const report = await world.pull(
    source,
    sourceOf(source, { base_url: 'https://acme.example', secret: '${secret:acme}' }),
  );
  await world.load(report);
  expect(await world.rows('order_lines', 'order_id, CAST(net_amount AS varchar) AS net')).toEqual([
    { order_id: '4711', net: '19.9000' },
  ]);
  await world.close();
});

test('its mapping is as its test shows it, and that test fails until somebody works it out', async () => {
  const { mapOrder } = await import(at('functions/pull/sources/acme-crm/map.ts'));
  const rows: [string, CanonicalRow][] = [];
  const sink = {
    row: (table: string, row: CanonicalRow) => void rows.push([table, row]),
    empty() {},
    skip() {},
  };
  mapOrder(new RecordReader(order), sink, { timeZone: 'Europe/Paris' });
  expect(rows[0]).toEqual([
    'orders',
    expect.objectContaining({ order_id: '4711', ordered_on: '2026-11-22', status: 'completed' }),
  ]);
  const vitest = resolve(import.meta.dirname, '../../node_modules/vitest/vitest.mjs');
  const config = at('vitest.config.js');
  await writeFile(
    config,
    `export default { test: { root: ${JSON.stringify(place)}, include: ['test/**/*.test.ts'], server: { deps: { inline: [/.*/] } } } };\n`,
  );
  const run = promisify(execFile)(process.execPath, [vitest, 'run', '--config', config, '--root', place]);
  await expect(run).rejects.toMatchObject({ stderr: expect.stringContaining('what you worked out') });
});

test('a name that cannot be a folder is refused', () => {
  for (const kind of ['Acme', '../x', 'files', 'a_b', ''])
    expect(() => newSourceFiles(kind)).toThrow('cannot be the kind');
});
