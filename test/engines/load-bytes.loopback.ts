import { beforeAll, expect, inject, test } from 'vitest';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { loadBatch } from '../../functions/load/load-batch.ts';
import { type Engine, queryRows } from '../../functions/platform/engine.ts';
import { motoWorld } from '../kit/moto-world.ts';
import { tableOf, tables } from '../kit/tables.ts';
import { STEADY_BYTES } from '../kit/trino-engine.ts';
import { type LandedRow, land } from '../load/landing.ts';
import { type Lake, rowsOf, tools } from './both-lakes.ts';
import { readByTotals } from './checks-on-athena.ts';
import { unlikeCosts } from './costs-figures.ts';
import { fillTables, LINES_A_DAY, orderIdOf } from './history.ts';

const catalogue = loadCatalogue();
const LAST_DAY = '2026-11-20';
const FIRST_DAY = '2024-11-01';
const TABLES = ['orders', 'order_lines'] as const;
type Table = (typeof TABLES)[number];
/** Of what a batch below names or finds: of November what is new, and what moved there from October or is gone since September. */
const MONTHS = ['2026-09-01', '2026-10-01', '2026-11-01'];

/** Of each table, what each statement of its load read, in the order they were given. */
type Read = Readonly<Record<Table, readonly (readonly [kind: string, bytes: number])[]>>;

let lake: Lake;
let two: Read;
let three: Read;

/** The engine, noting what it reads. */
function noting(engine: Engine, noted: [string, number][]): Engine {
  const kind = (sql: string): string =>
    /^MERGE/.test(sql)
      ? 'merge'
      : /\bAS held\b/.test(sql)
        ? 'look-up'
        : /\bkept_rows\b/.test(sql)
          ? 'forecast'
          : 'batch';
  return {
    ...engine,
    query: async (sql, options) => {
      const result = await engine.query(sql, options);
      async function* chunks() {
        yield* result.chunks;
        noted.push([kind(sql), result.stats().bytesScanned ?? Number.NaN]);
      }
      return { ...result, chunks: chunks() };
    },
    execute: async (sql, options) => {
      const stats = await engine.execute(sql, options);
      noted.push([kind(sql), stats.bytesScanned ?? Number.NaN]);
      return stats;
    },
  };
}

/** A day's new orders; one of October that is now of that day; one of September that is gone. */
function dayOf(day: string, at: number): Readonly<Record<Table, LandedRow[]>> {
  const moved = orderIdOf(addDays('2026-10-10', at), 3);
  const gone = orderIdOf(addDays('2026-09-10', at), 3);
  const ids = [...Array.from({ length: 40 }, (_, index) => orderIdOf(day, index + 1)), moved];
  const empty = { order_id: gone, _empty: true };
  const dated = { ordered_on: day };
  return {
    orders: [
      ...rowsOf(
        'orders',
        ids.map((order_id) => ({ order_id, ...dated })),
      ),
      empty,
    ],
    order_lines: [
      ...rowsOf(
        'order_lines',
        ids.flatMap((order_id) => ['1', '2'].map((line_id) => ({ order_id, line_id, ...dated }))),
      ),
      empty,
    ],
  };
}

async function loaded(day: string, at: number): Promise<Read> {
  const read = { orders: [] as [string, number][], order_lines: [] as [string, number][] };
  for (const table of TABLES) {
    const batch = await land(lake.bucket, table, dayOf(day, at)[table], { run: `r${at}` });
    const world = { ...lake, ...tools, engine: noting(lake.engine, read[table]) };
    const report = await loadBatch(world, batch, tables);
    const lines = table === 'orders' ? 1 : 2;
    read[table].push(['totals', await readByTotals(lake, catalogue, batch)]);
    expect(report).toMatchObject({
      inserted: 40 * lines,
      updated: lines,
      deleted: table === 'orders' ? 1 : 4,
    });
  }
  return read;
}

beforeAll(async () => {
  lake = await motoWorld(inject('motoUrl'), inject('trinoUrl'), tables, STEADY_BYTES);
  await ensureTables({ ...lake, ...tools }, TABLES.map(tableOf));
  await fillTables(lake.engine, TABLES, { from: FIRST_DAY, to: LAST_DAY });
  two = await loaded(addDays(LAST_DAY, 1), 1);
  await fillTables(lake.engine, TABLES, { from: addDays(FIRST_DAY, -365), to: addDays(FIRST_DAY, -1) });
  three = await loaded(addDays(LAST_DAY, 2), 2);
  const line = (table: Table) =>
    two[table].map(([kind, bytes], index) => `${table} ${kind}: ${bytes}, ${three[table][index]?.[1]}`);
  console.log(['bytes of a load, of two years and of three', ...TABLES.flatMap(line)].join('\n'));
});

/** Bytes of the files of a table: of all months, or of some. */
async function sizeOf(table: Table, months?: readonly string[]): Promise<number> {
  const name = lake.engine.dialect.table(table).replace(/(\w+)$/, '"$1$files"');
  const numbers = months?.map(
    (month) => (Number(month.slice(0, 4)) - 1970) * 12 + Number(month.slice(5, 7)) - 1,
  );
  const where = numbers ? ` WHERE partition.ordered_on_month IN (${numbers.join(', ')})` : '';
  const [row] = await queryRows(lake.engine, `SELECT sum(file_size_in_bytes) AS bytes FROM ${name}${where}`);
  return Number(row?.['bytes']);
}

test.each(TABLES)('%s: a day reads the months that it concerns, and no others', async (table) => {
  const [concerned, all] = [await sizeOf(table, MONTHS), await sizeOf(table)];
  expect(concerned).toBeLessThan(all / 6);
  for (const [kind, bytes] of three[table]) {
    // The forecast and the MERGE read the table twice: for what is gone, and for what is there already.
    if (kind !== 'batch') expect({ kind, isLess: bytes < 2 * concerned }).toEqual({ kind, isLess: true });
  }
});

test.each(TABLES)('%s: with three years of rows a day reads what it reads with two', (table) => {
  expect(three[table].map(([kind]) => kind)).toEqual(two[table].map(([kind]) => kind));
  for (const [index, [kind, bytes]] of three[table].entries()) {
    const before = two[table][index]?.[1] as number;
    // A day more of November, and what the first of both loads has deleted.
    expect({ kind, grows: bytes > 1.15 * before + 4_000 }).toEqual({ kind, grows: false });
  }
});

// Of lines, the larger of the two: a batch of the page has the mean of a day's rows.
test('the costs page goes by what was measured here', () => {
  const statements = two.order_lines.map(
    ([, bytes], at) => [bytes, three.order_lines[at]?.[1] ?? 0] as const,
  );
  expect(unlikeCosts({ load: { rowsADay: LINES_A_DAY, statements } })).toEqual([]);
});

test('what moved to another month stands there alone; what is gone is gone', async () => {
  const order = (id: string) =>
    `SELECT order_id, CAST(ordered_on AS varchar) AS day FROM ${lake.engine.dialect.table('orders')} WHERE order_id = '${id}'`;
  const moved = orderIdOf('2026-10-12', 3);
  expect(await queryRows(lake.engine, order(moved))).toEqual([{ order_id: moved, day: '2026-11-22' }]);
  expect(await queryRows(lake.engine, order(orderIdOf('2026-09-12', 3)))).toEqual([]);
});
