import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ReplayedRun } from '../../../functions/pull/api/replay.ts';
import { replay } from '../../../functions/pull/api/replay.ts';
import { trySource } from '../../../functions/pull/api/try-source.ts';
import { watched } from '../../../functions/pull/api/watched.ts';
import { tables } from '../../kit/tables.ts';
import { madeUp } from './made-up-source.ts';
import { type MadeUpVendor, madeUpVendor, TOKEN } from './made-up-vendor.ts';
import { fakeWeb, type Web } from './web.ts';
import { type ApiWorld, apiWorld, sourceOf, testCompany } from './world.ts';

let vendor: MadeUpVendor;
let web: Web;
let world: ApiWorld;

beforeEach(() => {
  vendor = madeUpVendor();
  web = fakeWeb((request, url) => vendor.answer(request, url));
  world = apiWorld(web.http, { 'made-up': JSON.stringify({ token: TOKEN }) });
  vendor.orders.set('o1', {
    ...{ id: 'o1', day: '2026-11-20', changedAt: '2026-11-20T10:00:00.000Z', phone: '+33612345678' },
    lines: [{ no: '1', units: '2', net: '10' }],
  });
  vendor.spend.set('a1', new Map([['2026-11-20', new Map([['k1', 2_000_000]])]]));
});
afterEach(() => world.close());

const attempt = (more: { entity?: string; limit?: number } = {}) =>
  trySource(
    world.platform,
    { tables, company: testCompany, source: sourceOf(madeUp), asOf: '2026-11-21', limit: 2, ...more },
    madeUp,
  );

describe('vigie try', () => {
  test('shows raw beside canonical, and the fields that nobody looks at', async () => {
    const { entities } = await attempt({ entity: 'orders' });
    expect(entities).toHaveLength(1);
    const [record] = entities[0]?.records ?? [];
    expect(record?.raw).toMatchObject({ id: 'o1' });
    expect(record?.rows.map(({ table }) => table)).toEqual(['orders', 'order_lines']);
    expect(record?.refusal).toBeNull();
    expect(record?.unmapped).toEqual(['buyer.phone']);
    expect(JSON.stringify(entities)).not.toContain('33612345678');
  });

  test('tells what would be rejected, by the mapping or by the table', async () => {
    vendor.orders.set('o2', {
      ...{ id: 'o2', day: '2026-11-20', changedAt: '2026-11-20T11:00:00.000Z' },
      lines: [{ no: '1', units: 'two', net: '10' }],
    });
    vendor.orders.set('o3', { id: 'o3', day: 'today', changedAt: '2026-11-20T12:00:00.000Z', lines: [] });
    const { entities } = await attempt({ entity: 'orders', limit: 10 });
    expect(entities[0]?.records.map(({ refusal }) => refusal)).toEqual([
      null,
      { field: 'lines[0].units', value: 'two', reason: 'is not a decimal number such as 12.50' },
      {
        field: 'orders.ordered_on',
        value: 'today',
        reason: 'not a date YYYY-MM-DD; no such day in the calendar',
      },
    ]);
  });

  test('keeps nothing, and a failing entity does not keep the others from being shown', async () => {
    const broken = fakeWeb((request, url) =>
      url.pathname === '/spend' ? { status: 403 } : vendor.answer(request, url),
    );
    const other = apiWorld(broken.http, { 'made-up': JSON.stringify({ token: TOKEN }) });
    const input = { tables, company: testCompany, source: sourceOf(madeUp), asOf: '2026-11-21', limit: 1 };
    const { entities } = await trySource(other.platform, input, madeUp);
    expect(entities.map(({ entity, problem }) => [entity, problem?.code])).toEqual([
      ['orders', undefined],
      ['spend', 'VENDOR_NO_PERMISSION'],
      ['customers', undefined],
    ]);
    expect([...other.stored().keys()]).toEqual([]);
    await other.close();
  });

  test('an entity that is not there is answered with the nearest one', async () => {
    await expect(attempt({ entity: 'order' })).rejects.toThrow('did you mean `orders`?');
  });

  test('fields in lists are one, whatever their place', () => {
    const raw = { a: 1, b: [{ c: 1, d: 2 }, { c: 3 }], e: null, f: { g: '' } };
    const { record, unread } = watched(raw);
    for (const each of (record as typeof raw).b) void each.c;
    expect(unread()).toEqual(['a', 'b[].d']);
  });
});

describe('vigie replay', () => {
  async function replayed(keys: Record<string, unknown> = {}, of?: string): Promise<ReplayedRun[]> {
    const runs: ReplayedRun[] = [];
    const input = {
      tables,
      company: testCompany,
      source: sourceOf(madeUp, keys),
      asOf: '2026-11-21',
      run: 'again',
    };
    for await (const run of replay(
      world.platform,
      { ...input, ...(of === undefined ? {} : { of }) },
      madeUp,
    )) {
      runs.push(run);
      await world.load({ source: 'made-up', status: 'ok', batches: run.batches });
    }
    return runs;
  }
  const costs = async () =>
    (await world.rows('ad_spend', 'CAST(cost AS varchar) AS cost')).map(({ cost }) => cost);
  const lines = () => world.rows('order_lines', 'order_id, line_id');

  beforeEach(async () => {
    await world.load(await world.pull(madeUp, sourceOf(madeUp), { run: 'run-1' }));
    vendor.orders.set('o1', {
      ...{ id: 'o1', day: '2026-11-20', changedAt: '2026-11-22T07:00:00.000Z' },
      lines: [{ no: '2', units: '1', net: '4' }],
    });
    vendor.spend.get('a1')?.set('2026-11-20', new Map([['k1', 3_000_000]]));
    world.setNow('2026-11-22T08:00:00Z');
    await world.load(await world.pull(madeUp, sourceOf(madeUp), { run: 'run-2' }));
    web.sent.length = 0;
  });

  test('gives what the vendor last said, through today’s mapping, without asking', async () => {
    const runs = await replayed({ sign: '-1' });
    expect(runs.map(({ of, problems }) => [of, problems])).toEqual([
      ['run-1', []],
      ['run-2', []],
    ]);
    expect(await costs()).toEqual(['-3.0000']);
    expect(await lines()).toEqual([{ order_id: 'o1', line_id: '2' }]);
    expect(web.sent).toEqual([]);
  });

  test('after it, the next pull goes on from where the archive ends', async () => {
    await replayed({ sign: '-1' });
    await world.pull(madeUp, sourceOf(madeUp, { sign: '-1' }), { run: 'run-3' });
    const asked = web.sent
      .map(({ url }) => new URL(url))
      .map(({ pathname, search }) => pathname + decodeURIComponent(search));
    expect(asked).toContain('/orders?since=2026-11-22T07:50:00.000Z');
    expect(asked).toContain('/spend?account=a1&from=2026-11-19&to=2026-11-21');
  });

  test('an archive that does not reach back leaves no watermark: the vendor is asked for everything', async () => {
    const runs = await replayed({ sign: '-1' }, 'run-2');
    expect(runs.at(-1)?.incomplete).toEqual(['orders', 'spend, a1']);
    await world.pull(madeUp, sourceOf(madeUp, { sign: '-1' }), { run: 'run-3' });
    expect(web.sent.map(({ url }) => new URL(url).search)).toContain('?since=');
  });

  test.each(['orders', 'spend'])('it is told in one order, also where %s are read late', async (late) => {
    const { bucket } = world.platform;
    const slow: typeof bucket = {
      ...bucket,
      async *stream(key) {
        if (key.includes(late)) await new Promise((resolve) => setTimeout(resolve, 30));
        yield* bucket.stream(key);
      },
      async read(key) {
        if (key.includes(late)) await new Promise((resolve) => setTimeout(resolve, 30));
        return bucket.read(key);
      },
    };
    const input = {
      tables,
      company: testCompany,
      source: sourceOf(madeUp),
      asOf: '2026-11-21',
      run: 'again',
    };
    for await (const run of replay({ ...world.platform, bucket: slow }, { ...input, of: 'run-2' }, madeUp))
      expect(run.incomplete).toEqual(['orders', 'spend, a1']);
  });

  test('with the same mapping it changes nothing, and forgets nothing', async () => {
    const before = await lines();
    await replayed({}, 'run-2');
    expect(await lines()).toEqual(before);
    await world.pull(madeUp, sourceOf(madeUp), { run: 'run-3' });
    expect(web.sent.map(({ url }) => new URL(url).search)).not.toContain('?since=');
  });

  test('nothing archived is told', async () => {
    await expect(replayed({}, 'run-9')).rejects.toMatchObject({ code: 'ARCHIVE_EMPTY' });
  });
});
