import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { loadBatch } from '../../functions/load/load-batch.ts';
import type { Bucket } from '../../functions/platform/bucket.ts';
import { frozenClock } from '../../functions/platform/clock.ts';
import { type Engine, queryRows } from '../../functions/platform/engine.ts';
import { silentLog } from '../../functions/platform/log.ts';
import { tableOf, tables } from '../kit/tables.ts';
import { land } from '../load/landing.ts';

/** Every type, in the words that all engines share. `range` is not among them: `UNNEST(sequence(…))` neither. */
const ONE_OF_EACH = `SELECT
  'né' AS a_text, CAST(-7 AS integer) AS an_integer, CAST(9007199254740993 AS bigint) AS a_big_one, CAST(12 AS bigint) AS a_count,
  CAST(-0.05 AS decimal(18,4)) AS a_decimal, CAST('12345678901234567890.1234' AS decimal(38,4)) AS a_sum,
  DATE '2026-02-28' AS a_date, CAST(TIMESTAMP '2026-02-28 23:59:59' AS timestamp) AS an_instant,
  CAST(TIMESTAMP '1969-12-31 23:59:59.250' AS timestamp) AS a_fraction, CAST(0.5 AS double) AS a_double, true AS a_boolean`;

/** What every engine does. `open` gives one with an empty lake, over a bucket it can read. */
export function engineContract(
  name: string,
  open: () => Promise<{ engine: Engine; bucket: Bucket; close(): Promise<void> }>,
): void {
  describe(`${name} keeps the engine contract`, () => {
    let world: Awaited<ReturnType<typeof open>>;
    const step = () => ({ ...world, clock: frozenClock('2026-11-22T06:00:00Z'), log: silentLog });
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());

    test('returns every type as its canonical cell', async () => {
      expect(await queryRows(world.engine, ONE_OF_EACH)).toEqual([
        {
          a_text: 'né',
          an_integer: -7,
          a_big_one: 9007199254740993n,
          a_count: 12,
          a_decimal: '-0.0500',
          a_sum: '12345678901234567890.1234',
          a_date: '2026-02-28',
          an_instant: '2026-02-28T23:59:59Z',
          a_fraction: '1969-12-31T23:59:59.250Z',
          a_double: 0.5,
          a_boolean: true,
        },
      ]);
    });

    test('names columns and types in the same words', async () => {
      const { columns, chunks } = await world.engine.query(ONE_OF_EACH);
      for await (const _ of chunks);
      expect(columns.map((column) => column.type)).toEqual([
        'varchar',
        'integer',
        'bigint',
        'bigint',
        'decimal(18,4)',
        'decimal(38,4)',
        'date',
        'timestamp',
        'timestamp',
        'double',
        'boolean',
      ]);
    });

    test('returns NULL of every type as null', async () => {
      const [row] = await queryRows(
        world.engine,
        `SELECT ${['varchar', 'bigint', 'decimal(18,4)', 'date', 'timestamp', 'boolean'].map((type, index) => `CAST(NULL AS ${type}) AS n${index}`).join(', ')}`,
      );
      expect(Object.values(row ?? { none: 0 }).every((cell) => cell === null)).toBe(true);
    });

    test('a result without rows still has its columns', async () => {
      const { columns, chunks, stats } = await world.engine.query('SELECT 1 AS one WHERE false');
      const rows = [];
      for await (const chunk of chunks) rows.push(...chunk);
      expect(rows).toEqual([]);
      expect(columns.map((column) => column.name)).toEqual(['one']);
      expect(stats().seconds).toBeGreaterThanOrEqual(0);
    });

    test('a refused statement names its label, and keeps the text', async () => {
      const failure = {
        code: 'SQL_FAILED',
        message: expect.stringMatching(/^kpi x: .*no_such/is),
        where: { sample: expect.stringContaining('no_such') },
      };
      await expect(
        queryRows(world.engine, 'SELECT * FROM no_such_relation', { label: 'kpi x' }),
      ).rejects.toMatchObject(failure);
      await expect(
        world.engine.execute('DROP TABLE no_such_relation', { label: 'kpi x' }),
      ).rejects.toMatchObject(failure);
    });

    test('a result that breaks off amid its rows is an error, and no end', async () => {
      const digits = Array.from({ length: 10 }, (_, digit) => `(${digit})`).join(', ');
      const number = ['a', 'b', 'c', 'd', 'e']
        .map((place, power) => `${place}.n * ${10 ** power}`)
        .join(' + ');
      const sql = `WITH digits AS (SELECT n FROM (VALUES ${digits}) AS v (n))
SELECT CAST(CASE WHEN ${number} = 98765 THEN 'none' ELSE '1' END AS integer) AS one
FROM digits AS a CROSS JOIN digits AS b CROSS JOIN digits AS c CROSS JOIN digits AS d CROSS JOIN digits AS e`;
      await expect(queryRows(world.engine, sql, { label: 'long' })).rejects.toMatchObject({
        code: 'SQL_FAILED',
        message: expect.stringMatching(/^long: /),
      });
    });

    test('an aborted statement does not run', async () => {
      const signal = AbortSignal.abort();
      await expect(queryRows(world.engine, 'SELECT 1 AS one', { signal })).rejects.toMatchObject({
        code: 'SQL_CANCELLED',
      });
    });

    test('answers many statements at once, each its own', async () => {
      const numbers = Array.from({ length: 12 }, (_, index) => index);
      const answers = await Promise.all(
        numbers.map((n) => queryRows(world.engine, `SELECT CAST(${n} AS integer) AS n`)),
      );
      expect(answers.map(([row]) => row?.['n'])).toEqual(numbers);
    });

    test('where it keeps results: each under a name of its own, until it is dropped', async () => {
      const { scratch } = world.engine;
      if (scratch === undefined) return;
      const [one, two] = await Promise.all([scratch.keep('SELECT 1 AS n'), scratch.keep('SELECT 2 AS n')]);
      expect(
        await queryRows(world.engine, `SELECT n FROM ${one} UNION ALL SELECT n FROM ${two} ORDER BY n`),
      ).toEqual([{ n: 1 }, { n: 2 }]);
      await scratch.drop(one);
      await expect(queryRows(world.engine, `SELECT n FROM ${one}`)).rejects.toMatchObject({
        code: 'SQL_FAILED',
      });
      expect(await queryRows(world.engine, `SELECT n FROM ${two}`)).toEqual([{ n: 2 }]);
      await scratch.drop(two);
      await expect(scratch.keep('SELECT 1 AS n FROM no_such_relation')).rejects.toMatchObject({
        code: 'SQL_FAILED',
      });
    });

    test('where it writes files of the bucket: whole or not at all', async () => {
      const { files, dialect } = world.engine;
      if (files === undefined) return;
      const key = 'written/two.parquet';
      expect(await files.write("SELECT 1 AS n, 'né' AS a UNION ALL SELECT 2, NULL", key)).toBe(2);
      const from = dialect.landed({ table: 't', source: 's', run: 'r', files: [key] });
      expect(await queryRows(world.engine, `SELECT n, a FROM ${from} ORDER BY n`)).toEqual([
        { n: 1, a: 'né' },
        { n: 2, a: null },
      ]);
      const failing = "SELECT CAST('x' AS integer) AS n";
      await expect(files.write(failing, 'written/none.parquet')).rejects.toMatchObject({
        code: 'SQL_FAILED',
      });
      await expect(files.write(failing, key)).rejects.toMatchObject({ code: 'SQL_FAILED' });
      expect(await world.bucket.exists('written/none.parquet')).toBe(false);
      expect((await queryRows(world.engine, `SELECT count(*) AS n FROM ${from}`))[0]).toEqual({ n: 2 });
    });

    test('creates a table once, loads what was landed, and evolves it', async () => {
      // The lines of orders have their dates from them.
      const both = [tableOf('orders'), tableOf('order_lines')];
      await ensureTables(step(), both);
      await ensureTables(step(), both);
      const rows = [
        {
          order_id: 'A',
          kind: 'order',
          status: 'open',
          ordered_on: '2026-11-20',
          ordered_at: '2026-11-20T08:00:00.250Z',
        },
      ];
      const batch = await land(world.bucket, 'orders', rows);
      expect(await loadBatch(step(), batch, tables)).toMatchObject({ inserted: 1, updated: 0, deleted: 0 });
      expect(await loadBatch(step(), batch, tables)).toMatchObject({ inserted: 0, updated: 0, deleted: 0 });
      expect(
        await queryRows(
          world.engine,
          `SELECT order_id, ordered_on, ordered_at, customer_id, _source FROM ${world.engine.dialect.table('orders')}`,
        ),
      ).toEqual([
        {
          order_id: 'A',
          ordered_on: '2026-11-20',
          ordered_at: '2026-11-20T08:00:00.250Z',
          customer_id: null,
          _source: 'erp',
        },
      ]);
    });
  });
}
