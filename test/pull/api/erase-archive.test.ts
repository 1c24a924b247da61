import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { rejectedKey } from '../../../functions/lake/landing/rejects.ts';
import { jsonPage, recordsIn } from '../../../functions/pull/api/kit/envelope.ts';
import { replay } from '../../../functions/pull/api/replay.ts';
import { defineSource, type Entity } from '../../../functions/pull/api/source.ts';
import { tables } from '../../kit/tables.ts';
import { fakeWeb } from './web.ts';
import { type ApiWorld, apiWorld, sourceOf, testCompany } from './world.ts';

/** A CRM of leads, and the list of those that it still has. */
const settings = z.strictObject({ base_url: z.string().default('https://crm.example').describe('Address.') });
const pagesOf = (name: string): Entity['pages'] =>
  async function* (vendor) {
    yield jsonPage(await vendor.ask({ url: `/${name}` }));
  };
const records: Entity['records'] = (page) => recordsIn('crm', page.json(), 'results');
const crm = defineSource<z.output<typeof settings>>({
  kind: 'made-up-crm',
  title: 'Made-up CRM',
  settings,
  api: ({ base_url }) => ({
    ...{ version: null, sunset: null, baseUrl: base_url },
    limits: { concurrency: 1, perSecond: null },
  }),
  authorize: () => ({ kind: 'none' }),
  entities: () => [
    {
      ...{ name: 'leads', tables: ['leads'], reading: { by: 'change', overlapMinutes: 10 } },
      ...{ pages: pagesOf('leads'), records },
      map: (record, out) =>
        out.row('leads', {
          ...{ lead_id: record.text('id'), created_on: '2026-10-01', status: record.text('status') },
          contact_role: record.textOrNull('role'),
        }),
    },
    {
      ...{
        name: 'people',
        tables: ['crm_people'],
        reading: { by: 'whole' },
        pages: pagesOf('people'),
        records,
      },
      people: { id: 'id', recordsOf: ['leads'] },
      map: (record, out) => out.row('crm_people', { list: 'leads', person_id: record.text('id') }),
    },
  ],
  probe: async () => ({ status: 'ok', finding: 'there' }),
});

let people: string[];
let world: ApiWorld;
beforeEach(() => {
  people = ['1', '2', '3'];
  const web = fakeWeb((_, url) => {
    const results = people.map((id) =>
      url.pathname === '/people' ? { id } : { id, status: id === '3' ? 'odd' : 'open', role: `role ${id}` },
    );
    return { body: JSON.stringify({ results }) };
  });
  world = apiWorld(web.http, {});
});
afterEach(() => world.close());

const source = sourceOf(crm, { name: 'crm', max_rejected_share: 0.5 });
const pull = async (run: string) => {
  world.setNow(`2026-11-2${run}T06:00:00Z`);
  const report = await world.pull(crm, source, { run: `run-${run}` });
  await world.load(report);
  return report;
};
const kept = (): string =>
  [...world.stored()]
    .filter(([key]) => /^(raw|rejected)/.test(key))
    .flat()
    .join('\n');

test('whoever was erased in the CRM is nowhere in the archive, nor among the refused records', async () => {
  await pull('2');
  expect(kept()).toMatch(/role 2[\s\S]*role 3/);
  people = ['1'];
  const { status } = await pull('3');
  expect(status).toBe('ok');
  expect(kept()).toContain('role 1');
  expect(kept()).not.toMatch(/role [23]/);
  expect(kept()).not.toContain('"id":"2"');
  expect(await world.rows('leads', 'lead_id, status, contact_role')).toEqual([
    { lead_id: '1', status: 'open', contact_role: 'role 1' },
    { lead_id: '2', status: 'lost', contact_role: null },
  ]);
});

test('an archive from which somebody was erased can be mapped again', async () => {
  await pull('2');
  people = ['1', '3'];
  await pull('3');
  const input = { company: testCompany, tables, source, asOf: '2026-11-23', run: 'again' };
  for await (const { problems, batches } of replay(world.platform, input, crm)) {
    expect(problems).toEqual([]);
    expect(batches.find(({ table }) => table === 'leads')?.rows).toBe(1);
  }
});

test('a pull that died before the earlier list was gone is made good by the next', async () => {
  await pull('2');
  const lead = [...world.stored().keys()].find((key) => /run-2\/leads\/.*page/.test(key)) ?? '';
  const before = await world.platform.bucket.read(lead);
  const list = [...world.stored().keys()].filter((key) => /run-2\/people\//.test(key));
  const lists = await Promise.all(list.map((key) => world.platform.bucket.read(key)));
  people = ['1'];
  await pull('3');
  // As it was when the pull died after the list had come.
  await world.platform.bucket.write(lead, before);
  for (const [index, key] of list.entries())
    await world.platform.bucket.write(key, lists[index] as Uint8Array);
  await pull('4');
  expect(gunzipSync(await world.platform.bucket.read(lead)).toString()).not.toContain('role 2');
});

test('a list that lost more than half of all people is not believed, and told', async () => {
  people = Array.from({ length: 40 }, (_, index) => String(index));
  await pull('2');
  const rejects = rejectedKey('crm', 'run-2', 'leads');
  await world.platform.bucket.write(rejects, gzipSync(''));
  people = ['1'];
  const report = await world.pull(crm, source, { run: 'run-3' });
  expect(report).toMatchObject({ status: 'failed', problem: { code: 'ERASURE_TOO_LARGE' } });
  expect(kept()).toContain('role 2');
});
