import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SourceDefinition } from '../../functions/pull/api/source.ts';
import { openVendor } from '../../functions/pull/api/vendor-client.ts';
import { newSourceFiles } from '../../functions/pull/source-scaffold.ts';
import { serveVendors } from '../../sandbox/vendors/serve.ts';
import { parseRecording, type Recording, recordedVendor } from '../contracts/recording.ts';
import { AS_OF, NOW } from '../contracts/served-sources.ts';
import { fetchWithoutPause } from './api/web.ts';
import { apiWorld, sourceOf } from './api/world.ts';

// Beside the project, with its functions linked: a folder among the real sources would be found by other tests.
const place = resolve(import.meta.dirname, `../../node_modules/.vigie-scaffold-${process.pid}`);
const at = (path: string): string => join(place, path);
const files = newSourceFiles('acme-crm');

beforeAll(async () => {
  for (const { path, text } of files) {
    await mkdir(dirname(at(path)), { recursive: true });
    const up = '../'.repeat(path.split('/').length - 1);
    // Imports of the machinery lead to the real one.
    await writeFile(at(path), text.replaceAll(`'../../api/`, `'${up}../../functions/pull/api/`));
  }
});
afterAll(() => rm(place, { recursive: true, force: true }));

const isRecording = ({ path }: { path: string }) => path.endsWith('recorded.json');

/** Pulls it as the suite of every source does. */
async function pulled(recorded: Recording) {
  const { source } = (await import(at('functions/pull/sources/acme-crm/source.ts'))) as {
    source: SourceDefinition;
  };
  const servers = await serveVendors([recordedVendor('acme-crm', recorded)], { firstPort: 0 });
  const world = apiWorld(fetchWithoutPause(), { 'acme-crm': JSON.stringify(recorded.secret) });
  world.setNow(NOW);
  const own = sourceOf(source, { ...recorded.source, base_url: servers.vendors[0]?.origin });
  const report = await world.pull(source, own, { asOf: AS_OF });
  await world.load(report);
  const orders = await world.rows('orders', 'order_id, CAST(ordered_on AS varchar) AS ordered_on');
  const again = await world.pull(source, own, { asOf: AS_OF, run: 'run-2' });
  const probe = await source.probe(openVendor(world.platform, own, source), own.settings);
  await world.close();
  await servers.close();
  return { report, orders, again, probe };
}

test('a new source is five files, and pulls the made-up API of its recorded answers', async () => {
  expect(files).toHaveLength(5);
  const recorded = parseRecording(files.find(isRecording)?.text ?? '', 'recorded.json');
  const { report, orders, again, probe } = await pulled(recorded);
  expect([report.problem, again.problem]).toEqual([undefined, undefined]);
  expect(probe.status).toBe('ok');
  // Half past eleven at night in UTC is the next day in Paris.
  expect(orders).toEqual([{ order_id: '4711', ordered_on: '2026-11-21' }]);
});

test('the suite of every source refuses it until its rows were worked out', async () => {
  const { rows } = parseRecording(files.find(isRecording)?.text ?? '', 'recorded.json');
  expect(JSON.stringify(rows)).toContain('what you worked out');
});

test('without its token it is told what is wrong, in the vendor’s words', async () => {
  const recorded = parseRecording(files.find(isRecording)?.text ?? '', 'recorded.json');
  const { report } = await pulled({ ...recorded, secret: { token: 'another-token' } }).catch((error) => ({
    report: { problem: error as { message: string } },
  }));
  expect(report.problem?.message).toContain('unknown_token: The token is not known.');
});

test('a name that cannot be a folder is refused', () => {
  for (const kind of ['Acme', '../x', 'files', 'a_b', ''])
    expect(() => newSourceFiles(kind)).toThrow('cannot be the kind');
});
