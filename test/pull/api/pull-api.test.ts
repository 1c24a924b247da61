import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { madeUp } from './made-up-source.ts';
import { type MadeUpVendor, madeUpVendor, TOKEN } from './made-up-vendor.ts';
import { fakeWeb, type Web } from './web.ts';
import { type ApiWorld, apiWorld, sourceOf } from './world.ts';

let vendor: MadeUpVendor;
let web: Web;
let world: ApiWorld;

beforeEach(() => {
  vendor = madeUpVendor();
  web = fakeWeb((request, url) => vendor.answer(request, url));
  world = apiWorld(web.http, { 'made-up': JSON.stringify({ token: TOKEN }) });
  vendor.customers.set('c1', 'Cordage & Fils');
  order('o1', '2026-11-20', [
    ['1', '2', '10.00'],
    ['2', '1', '5.5'],
  ]);
  order('o2', '2026-11-21', [['1', '3', '7']]);
  spend('2026-10-31', 'k1', 1_500_000);
  spend('2026-11-20', 'k1', 2_000_000);
});
afterEach(() => world.close());

function order(
  id: string,
  day: string,
  lines: [string, string, string][],
  changedAt = `${day}T10:00:00.000Z`,
): void {
  vendor.orders.set(id, { id, day, changedAt, lines: lines.map(([no, units, net]) => ({ no, units, net })) });
}

function spend(day: string, campaign: string, micros: number, account = 'a1'): void {
  const days = vendor.spend.get(account) ?? new Map<string, Map<string, number>>();
  vendor.spend.set(account, days);
  const campaigns = days.get(day) ?? new Map<string, number>();
  days.set(day, campaigns);
  campaigns.set(campaign, micros);
}

const lines = () => world.rows('order_lines', 'order_id, line_id, CAST(net_amount AS varchar) AS net');
const costs = () =>
  world.rows('ad_spend', 'CAST(spent_on AS varchar) AS day, campaign_id, CAST(cost AS varchar) AS cost');

async function pullAndLoad(run: string, keys: Record<string, unknown> = {}) {
  const report = await world.pull(madeUp, sourceOf(madeUp, keys), { run });
  await world.load(report);
  return report;
}

describe('pulling a source over an API', () => {
  test('every entity is landed, and lands in the lake', async () => {
    const report = await pullAndLoad('run-1');
    expect(report.status).toBe('ok');
    expect(report.batches.map(({ table, rows }) => [table, rows])).toEqual([
      ['orders', 2],
      ['order_lines', 3],
      ['ad_spend', 2],
      ['customers', 1],
    ]);
    expect(await lines()).toEqual([
      { order_id: 'o1', line_id: '1', net: '10.0000' },
      { order_id: 'o1', line_id: '2', net: '5.5000' },
      { order_id: 'o2', line_id: '1', net: '7.0000' },
    ]);
    expect(report.batches[2]?.inputs.map(({ name }) => name)).toEqual([
      'spend/a1/2026-10',
      'spend/a1/2026-11',
    ]);
    expect(report.batches[2]?.watermarks).toEqual({ 'spend/a1': '2026-10-01/2026-11-21' });
  });

  test('the next pull reads what changed, less the overlap, and the last days anew', async () => {
    await pullAndLoad('run-1');
    web.sent.length = 0;
    world.setNow('2026-11-23T06:00:00Z');
    await world.pull(madeUp, sourceOf(madeUp), { asOf: '2026-11-22', run: 'run-2' });
    const asked = web.sent
      .map(({ url }) => new URL(url))
      .map(({ pathname, search }) => pathname + decodeURIComponent(search));
    expect(asked).toContain('/orders?since=2026-11-22T05:50:00.000Z');
    expect(asked).toContain('/spend?account=a1&from=2026-11-19&to=2026-11-22');
  });

  test('what was landed but not loaded counts for nothing: the next pull reads it again', async () => {
    await world.pull(madeUp, sourceOf(madeUp), { run: 'run-1' });
    const report = await pullAndLoad('run-2');
    expect(report.batches.map(({ rows }) => rows)).toEqual([2, 3, 2, 1]);
  });

  test('a document with fewer lines, a deleted one and an emptied day end as the vendor has them', async () => {
    await pullAndLoad('run-1');
    order('o1', '2026-11-20', [['2', '1', '6']], '2026-11-22T07:00:00.000Z');
    vendor.orders.set('o2', {
      id: 'o2',
      day: '2026-11-21',
      changedAt: '2026-11-22T07:00:00.000Z',
      deleted: true,
      lines: [],
    });
    vendor.spend.get('a1')?.delete('2026-11-20');
    world.setNow('2026-11-22T08:00:00Z');
    await pullAndLoad('run-2');
    expect(await lines()).toEqual([{ order_id: 'o1', line_id: '2', net: '6.0000' }]);
    expect(await world.rows('orders', 'order_id')).toEqual([{ order_id: 'o1' }]);
    expect(await costs()).toEqual([{ day: '2026-10-31', campaign_id: 'k1', cost: '1.5000' }]);
  });

  test('a document that comes twice while pages shift counts as it was read last', async () => {
    let asked = 0;
    const shifting = fakeWeb((_request, url) => {
      if (url.pathname !== '/orders') return { body: { value: [] } };
      asked += 1;
      const line = (no: string) => ({ no, units: '1', net: '1' });
      const record = (nos: string[]) => ({
        id: 'o1',
        day: '2026-11-20',
        currency: 'EUR',
        lines: nos.map(line),
      });
      return asked === 1
        ? { body: { value: [record(['1', '2'])], next: 'https://api.made-up.example/orders?page=2' } }
        : { body: { value: [record(['1'])] } };
    });
    const other = apiWorld(shifting.http, { 'made-up': JSON.stringify({ token: TOKEN }) });
    await other.load(await other.pull(madeUp, sourceOf(madeUp)));
    expect(await other.rows('order_lines', 'line_id')).toEqual([{ line_id: '1' }]);
    await other.close();
  });

  test('another mapping reads everything again; other accounts only what is new', async () => {
    await pullAndLoad('run-1');
    spend('2026-10-05', 'k9', 1_000_000, 'a2');
    web.sent.length = 0;
    await pullAndLoad('run-2', { accounts: ['a1', 'a2'] });
    const asked = web.sent.map(({ url }) => new URL(url).search);
    expect(asked).toContain('?account=a1&from=2026-11-19&to=2026-11-21');
    expect(asked).toContain('?account=a2&from=2026-10-01&to=2026-10-31');
    await pullAndLoad('run-3', { accounts: ['a1', 'a2'], sign: '-1' });
    expect((await costs()).map(({ cost }) => cost)).toEqual(['-1.0000', '-1.5000', '-2.0000']);
  });

  test('a record of which a line is refused is left out of every table, and told', async () => {
    order('bad', '2026-11-21', [
      ['1', '1', '1'],
      ['2', 'many', '1'],
    ]);
    order('odd', '2026-11-31', [['1', '1', '1']], '2026-11-21T12:00:00.000Z');
    const report = await world.pull(madeUp, sourceOf(madeUp, { max_rejected_share: 0.5 }));
    expect(report.status).toBe('ok');
    await world.load(report);
    expect((await world.rows('orders', 'order_id')).map(({ order_id }) => order_id)).toEqual(['o1', 'o2']);
    expect(await lines()).toHaveLength(3);
    const rejected = world.stored().get('rejected/source=made-up/run=run-1/orders.ndjson.gz') ?? '';
    const [first, second] = rejected
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(first).toMatchObject({
      column: 'lines[1].units',
      value: 'many',
      reason: 'is not a decimal number such as 12.50',
    });
    expect(second).toMatchObject({ column: 'orders.ordered_on', value: '2026-11-31', line: 2 });
  });

  test('too many refused records fail the entity with field and sample; the other entities are handed over', async () => {
    order('bad', '2026-11-21', [['1', 'many', '1']]);
    const report = await world.pull(madeUp, sourceOf(madeUp));
    expect(report.status).toBe('failed');
    expect(report.problem?.code).toBe('TOO_MANY_REJECTED');
    expect(report.problem?.message).toContain(
      'made-up, orders: 1 of 3 records were refused (33.3 %; 1 % are allowed): 1 × lines[0].units',
    );
    expect(report.batches.map(({ table }) => table)).toEqual(['ad_spend', 'customers']);
  });

  test('of several reasons the most frequent is told, in one line with one remedy; a place in a list is none', async () => {
    order('bad-1', '2026-11-21', [['1', 'many', '1']]);
    order('bad-2', '2026-11-21', [
      ['1', '1', '1'],
      ['2', 'few', '1'],
    ]);
    order('bad-3', '2026-11-31', [['1', '1', '1']]);
    const { problem } = await world.pull(madeUp, sourceOf(madeUp));
    expect(problem?.message).toBe(
      'made-up, orders: 3 of 5 records were refused (60 %; 1 % are allowed): 2 × lines[0].units is not a decimal number such as 12.50, first `many` in orders/changes page 2, record 1; and 1 more reason',
    );
    expect(problem?.hint).toBe(
      'The vendor may have changed `lines[0].units`: compare it with the source’s page. `vigie try made-up` shows what comes beside what becomes of it; all that was refused is in rejected/source=made-up/run=run-1/{orders,order_lines}.ndjson.gz.',
    );
  });

  test('a changed envelope fails the entity and names it', async () => {
    const changed = fakeWeb((request, url) =>
      url.pathname === '/spend' ? { body: { values: [] } } : vendor.answer(request, url),
    );
    const other = apiWorld(changed.http, { 'made-up': JSON.stringify({ token: TOKEN }) });
    const report = await other.pull(madeUp, sourceOf(madeUp));
    expect(report.problem).toMatchObject({ code: 'VENDOR_SHAPE' });
    expect(report.problem?.message).toContain('made-up, spend: made-up: value is not as known');
    expect(report.batches.map(({ table }) => table)).toEqual(['orders', 'order_lines', 'customers']);
    await other.close();
  });

  test('nothing wanted yet: nothing is asked', async () => {
    const report = await world.pull(madeUp, sourceOf(madeUp, { starts_on: '2027-01-01' }));
    expect(report).toMatchObject({ status: 'unchanged', batches: [] });
    expect(web.sent).toEqual([]);
  });
});

describe('personal data and secrets', () => {
  test('no address, number or token is stored, logged or told; the mapping sees hashes', async () => {
    const canary = 'Ada.Canary@example.com';
    vendor.orders.set('o3', {
      ...{ id: 'o3', day: '2026-11-21', changedAt: '2026-11-21T11:00:00.000Z', lines: [] },
      ...{ email: canary, phone: '+33 6 12 34 56 78' },
    });
    vendor.customers.set('c2', `care of ${canary}, token ${TOKEN}`);
    await pullAndLoad('run-1');
    const everything = [...world.stored().values(), ...world.logged].join('\n');
    for (const secret of [canary, canary.toLowerCase(), '12 34 56 78'])
      expect(everything).not.toContain(secret);
    const raw = [...world.stored()]
      .filter(([key]) => key.startsWith('raw/'))
      .map(([, text]) => text)
      .join('\n');
    expect(raw).not.toContain(TOKEN);
    const [row] = (await world.rows('orders', 'customer_id, order_id')).filter(
      ({ order_id }) => order_id === 'o3',
    );
    expect(row?.['customer_id']).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('a pull whose time is over', () => {
  test('hands over what is complete, and the next call goes on; the lake ends the same', async () => {
    const keys = { days_at_once: 10 };
    const whole = apiWorld(web.http, world.secrets);
    await whole.load(await whole.pull(madeUp, sourceOf(madeUp, keys)));
    const runs: string[] = [];
    for (let call = 1; call <= 30; call += 1) {
      // The time is always over: each call does one slice of a group, the least it may.
      const report = await world.pull(madeUp, sourceOf(madeUp, keys), {
        stopAt: new Date('2026-11-22T05:00:00Z'),
      });
      runs.push(report.status);
      await world.load(report);
      if (report.status !== 'unfinished') break;
    }
    expect(runs.at(-1)).toBe('ok');
    expect(runs.length).toBeGreaterThan(3);
    for (const [table, columns] of [
      ['ad_spend', 'spent_on, campaign_id, cost'],
      ['order_lines', 'order_id, line_id, net_amount'],
      ['customers', 'customer_id'],
    ] as const)
      expect(await world.rows(table, columns)).toEqual(await whole.rows(table, columns));
    await whole.close();
  });

  test('batches that nobody loaded are handed over again, in order', async () => {
    const stopAt = new Date('2026-11-22T05:00:00Z');
    const first = await world.pull(madeUp, sourceOf(madeUp), { stopAt });
    expect(first.status).toBe('unfinished');
    const second = await world.pull(madeUp, sourceOf(madeUp), {});
    expect(second.status).toBe('ok');
    const handed = second.batches.map(({ table, run }) => `${table} ${run}`);
    for (const batch of first.batches) expect(handed).toContain(`${batch.table} ${batch.run}`);
    await world.load(second);
    expect(await costs()).toHaveLength(2);
  });

  test('unless another run was loaded since: it read the same again, and later', async () => {
    const stopAt = new Date('2026-11-22T05:00:00Z');
    const first = await world.pull(madeUp, sourceOf(madeUp), { stopAt });
    expect(first.batches.map(({ table }) => table)).toContain('order_lines');
    world.setNow('2026-11-22T09:00:00Z');
    order('o1', '2026-11-20', [['2', '1', '6']], '2026-11-22T08:00:00.000Z');
    await pullAndLoad('run-2');
    world.setNow('2026-11-22T10:00:00Z');
    await world.load(await world.pull(madeUp, sourceOf(madeUp), {}));
    expect((await lines()).filter(({ order_id }) => order_id === 'o1')).toEqual([
      { order_id: 'o1', line_id: '2', net: '6.0000' },
    ]);
  });
});
