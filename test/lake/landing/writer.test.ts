import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBatch } from '../../../functions/lake/landing/writer.ts';
import { queryRows } from '../../../functions/platform/engine.ts';
import { duckDbEngine } from '../../../functions/platform/local/duckdb-engine.ts';
import { fileBucket } from '../../../functions/platform/local/file-bucket.ts';
import { tableOf } from '../../kit/tables.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-landing-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const open = (table: string, run: string) =>
  openBatch(
    { bucket: fileBucket(folder) },
    {
      table: tableOf(table),
      source: 'api',
      run,
      asOf: '2026-11-21',
      mappingHash: 'm',
      timeZone: 'Europe/Paris',
    },
  );
const INPUT = { name: 'page 1', fingerprint: 'etag', date: null };

async function landed(
  batch: { table: string; source: string; run: string; files: readonly string[] },
  select = '*',
) {
  const engine = await duckDbEngine({ bucket: fileBucket(folder) });
  const rows = await queryRows(engine, `SELECT ${select} FROM ${engine.dialect.landed(batch)}`);
  await engine.close();
  return rows;
}

describe('writing canonical rows', () => {
  it('keeps every kind of value', async () => {
    const batch = open('carts', 'kinds');
    batch.startInput(INPUT);
    await batch.write(
      {
        cart_id: 'c',
        last_changed_at: '2026-11-20T23:30:00.250Z',
        item_count: -3,
        device: 'mobile',
        created_at: '1969-12-31T23:59:59Z',
      },
      { line: 7 },
    );
    const [row] = await landed(await batch.close());
    expect(row).toMatchObject({
      cart_id: 'c',
      item_count: -3,
      device: 'mobile',
      session_id: null,
      _input: 0,
      _row: 7,
      _empty: false,
    });
    expect(row?.['last_changed_at']).toContain('2026-11-20T23:30:00.25');
    expect(row?.['created_at']).toContain('1969-12-31T23:59:59');
  });

  it('derives whose row it is from who brings it; what the mapping says stands', async () => {
    const batch = open('stages', 'sources');
    batch.startInput(INPUT);
    const demo = { stage_id: 'demo', name: 'Demo', outcome: 'open' };
    await batch.write(demo, { line: 1 });
    await batch.write({ ...demo, crm: 'hubspot' }, { line: 2 });
    expect(await landed(await batch.close(), 'crm')).toEqual([{ crm: 'api' }, { crm: 'hubspot' }]);
  });

  it('derives when a cart settles, with the date in the company’s zone', async () => {
    const batch = open('carts', 'derived');
    batch.startInput(INPUT);
    // 23:30 UTC is 00:30 on the next day in Paris.
    await batch.write({ cart_id: 'c', last_changed_at: '2026-11-20T23:30:00Z', item_count: 1 }, { line: 1 });
    await batch.write(
      { cart_id: 'd', last_changed_at: '2026-11-20T23:30:00Z', settles_on: '2026-01-01', item_count: 1 },
      { line: 2 },
    );
    const rows = await landed(await batch.close(), 'cart_id, settles_at, settles_on');
    expect(rows[0]?.['settles_at']).toContain('2026-11-21T23:30:00');
    expect(rows.map((row) => row['settles_on'])).toEqual(['2026-11-22', '2026-01-01']);
  });

  it('puts rows aside that the table refuses, in zod’s words', async () => {
    const batch = open('orders', 'refused');
    batch.startInput(INPUT);
    await batch.write(
      { order_id: 'A', kind: 'gift', status: 'open', ordered_on: '2026-11-21' },
      { line: 1, raw: { id: 'A', mail: 'x@example.org' } },
    );
    await batch.write({ order_id: 'B', kind: 'order', status: 'open' }, { line: 2 });
    await batch.write(
      { order_id: 'C', kind: 'order', status: 'open', ordered_at: '2026-11-21T10:00:00Z' },
      { line: 3 },
    );
    expect(batch.reasons(5)).toMatchObject([
      {
        column: 'kind',
        count: 1,
        first: {
          line: 1,
          value: 'gift',
          reason: expect.stringContaining('order'),
          raw: { mail: '(e-mail address)' },
        },
      },
      { column: 'ordered_on', first: { line: 2, reason: 'is empty, but required' } },
    ]);
    const closed = await batch.close();
    expect(closed).toMatchObject({ rows: 1, rejected: 2, inputs: [{ rows: 1, rejected: 2 }] });
    expect(await landed(closed, 'order_id, ordered_on')).toEqual([
      { order_id: 'C', ordered_on: '2026-11-21' },
    ]);
  });

  it('says that a scope is empty, and refuses half a scope', async () => {
    const batch = open('ad_spend', 'empty');
    batch.startInput(INPUT);
    const scope = { platform: 'google', account_id: '1', spent_on: '2026-11-20' };
    await batch.emptyScope(scope);
    await expect(batch.emptyScope({ platform: 'google' })).rejects.toThrow('lacks account_id, spent_on');
    await expect(batch.emptyScope({ ...scope, spent_on: 'today' })).rejects.toThrow('spent_on not a date');
    const closed = await batch.close();
    expect(closed).toMatchObject({ rows: 0, firstDate: null });
    expect(await landed(closed)).toMatchObject([{ ...scope, campaign_id: null, cost: null, _empty: true }]);
  });

  it.each([1, 40_000])('leaves nothing behind when it is given up after %i rows', async (rows) => {
    const batch = open('products', 'given-up');
    batch.startInput(INPUT);
    for (let line = 1; line <= rows; line += 1) await batch.write({ product_id: `P${line}` }, { line });
    await batch.discard();
    const keys: string[] = [];
    for await (const { key } of fileBucket(folder).list('landing/products/')) keys.push(key);
    expect(keys).toEqual([]);
  });
});

describe('many rows', () => {
  it('keep their cells and gaps while the room for them grows', async () => {
    const batch = open('carts', 'growing');
    batch.startInput(INPUT);
    for (let line = 1; line <= 9000; line += 1)
      await batch.write(
        {
          cart_id: `C${line}`,
          last_changed_at: new Date(Date.UTC(2026, 10, 20) + line * 1000).toISOString(),
          item_count: line,
          ...(line % 2 === 0 && { channel: `from ${line}`, created_at: '1969-12-31T23:59:59Z' }),
        },
        { line },
      );
    const [found] = await landed(
      await batch.close(),
      `count(*) AS n, count(DISTINCT _row) AS places,
       count_if(cart_id = 'C' || _row AND item_count = _row
         AND epoch(last_changed_at) = epoch(TIMESTAMP '2026-11-20') + _row) AS correct,
       count_if(_row % 2 = 1 AND channel IS NULL AND created_at IS NULL) AS gaps,
       count_if(_row % 2 = 0 AND channel = 'from ' || _row AND epoch(created_at) = -1) AS filled`,
    );
    expect(found).toEqual({ n: 9000, places: 9000, correct: 9000, gaps: 4500, filled: 4500 });
  });

  it('cross to the encoder’s thread, in order, and add up exactly', async () => {
    const rows = 70_000;
    const batch = open('stock_levels', 'many');
    batch.startInput(INPUT);
    for (let line = 1; line <= rows; line += 1) {
      await batch.write(
        {
          product_id: `P${line % 999}`,
          warehouse_id: 'W',
          stock_on: '2026-11-20',
          available_quantity: `-${line}.0001`,
        },
        { line },
      );
    }
    const closed = await batch.close();
    expect(closed.totals).toEqual({ available_quantity: '-2450035007.0000' });
    const [sums] = await landed(
      closed,
      'count(*) AS n, sum(available_quantity) AS q, count(DISTINCT _row) AS d, min(_row) AS a, max(_row) AS z',
    );
    expect(sums).toEqual({ n: rows, q: closed.totals['available_quantity'], d: rows, a: 1, z: rows });
  });
});
