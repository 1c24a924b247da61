import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { ensureTables } from '../../../functions/load/ensure-tables.ts';
import { loadBatch } from '../../../functions/load/load-batch.ts';
import { frozenClock } from '../../../functions/platform/clock.ts';
import { queryRows } from '../../../functions/platform/engine.ts';
import { silentLog } from '../../../functions/platform/log.ts';
import { noFaults } from '../../kit/athena-faults.ts';
import { type AthenaWorld, athenaWorld } from '../../kit/moto-world.ts';
import { tableOf, tables } from '../../kit/tables.ts';
import { trinoEngine } from '../../kit/trino-engine.ts';
import { land } from '../../load/landing.ts';

let world: AthenaWorld;
beforeAll(async () => {
  world = await athenaWorld(inject('motoUrl'), inject('trinoUrl'));
});
afterAll(() => world.close());
afterEach(() => {
  Object.assign(world.athena.faults, noFaults());
});

const one = (label = 'one') => queryRows(world.engine, 'SELECT 1 AS one', { label });
const begun = async (work: () => Promise<unknown>): Promise<number> => {
  const before = world.athena.queries.length;
  await work();
  return world.athena.queries.length - before;
};

describe('trouble with Athena passes unnoticed', () => {
  test('throttled again and again', async () => {
    world.athena.faults.throttle = 4;
    expect(await one()).toEqual([{ one: 1 }]);
    expect(world.athena.faults.throttle).toBe(0);
  });

  test('a server error', async () => {
    world.athena.faults.stumble = 2;
    expect(await one()).toEqual([{ one: 1 }]);
  });

  test('a start whose answer was lost is one query, by its token', async () => {
    expect(
      await begun(async () => {
        world.athena.faults.drop = 1;
        expect(await one()).toEqual([{ one: 1 }]);
      }),
    ).toBe(1);
  });

  test('a query that Athena lost is begun again', async () => {
    expect(
      await begun(async () => {
        world.athena.faults.lose = 1;
        expect(await one()).toEqual([{ one: 1 }]);
      }),
    ).toBe(2);
  });

  test('a commit that another writer beat is begun again', async () => {
    world.athena.faults.fail.push({
      reason: 'ICEBERG_COMMIT_ERROR: Failed to commit Iceberg update to table: orders',
    });
    expect(await one()).toEqual([{ one: 1 }]);
  });
});

describe('what does not pass', () => {
  test('the cut-off on bytes scanned names the statement and what to do', async () => {
    world.athena.faults.cutOff = 1;
    await expect(one('kpi net_revenue')).rejects.toMatchObject({
      code: 'SQL_SCAN_LIMIT',
      message: 'kpi net_revenue: Bytes scanned limit was exceeded',
      hint: expect.stringContaining('aws.max_scan_gb'),
    });
  });

  test('a mistake keeps its line', async () => {
    await expect(
      queryRows(world.engine, 'SELECT 1 AS one,\n  no_such AS two', { label: 'kpi x' }),
    ).rejects.toMatchObject({
      code: 'SQL_FAILED',
      message: expect.stringMatching(
        /^kpi x: COLUMN_NOT_FOUND: line 2:3: Column 'no_such' cannot be resolved/,
      ),
      where: { line: 2 },
    });
  });

  test('an aborted statement is stopped in Athena too', async () => {
    world.athena.faults.slowness = 5_000;
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    await expect(
      queryRows(world.engine, 'SELECT 1 AS one', { signal: controller.signal }),
    ).rejects.toMatchObject({ code: 'SQL_CANCELLED' });
    expect(world.athena.queries.at(-1)?.state).toBe('CANCELLED');
  });

  test('a statement longer than Athena takes is refused', async () => {
    const sql = `SELECT '${'x'.repeat(world.engine.dialect.maxStatementBytes)}' AS long_text`;
    await expect(queryRows(world.engine, sql, { label: 'kpi x' })).rejects.toMatchObject({
      code: 'SQL_FAILED',
      message: expect.stringMatching(/^kpi x: .*262144/),
    });
  });
});

describe('results', () => {
  test('NULL, empty text, quotes and line ends arrive as they are', async () => {
    const values = `(VALUES (1, 'a "quoted" b'), (2, ''), (3, NULL), (4, 'two
lines, and a comma'), (5, 'né €'))`;
    expect(await queryRows(world.engine, `SELECT n, t FROM ${values} AS v(n, t) ORDER BY n`)).toEqual([
      { n: 1, t: 'a "quoted" b' },
      { n: 2, t: '' },
      { n: 3, t: null },
      { n: 4, t: 'two\nlines, and a comma' },
      { n: 5, t: 'né €' },
    ]);
  });

  test('200,000 rows are read to the last', async () => {
    const sql = `SELECT a.n * 400 + b.n AS n, CAST(a.n AS decimal(18,4)) AS d
      FROM UNNEST(sequence(0, 499)) AS a(n) CROSS JOIN UNNEST(sequence(0, 399)) AS b(n)`;
    const { chunks } = await world.engine.query(sql);
    let [count, sum] = [0, 0];
    for await (const chunk of chunks) {
      count += chunk.length;
      for (const [n] of chunk) sum += n as number;
    }
    expect(count).toBe(200_000);
    expect(sum).toBe((199_999 * 200_000) / 2);
  });

  test('tell what was scanned, and what it costs', async () => {
    const result = await world.engine.query('SELECT 1 AS one');
    for await (const _ of result.chunks);
    // Nothing was read; Athena bills 10 MB all the same.
    expect(result.stats()).toMatchObject({ bytesScanned: 0, usd: expect.closeTo(0.0000477, 6) });
  });
});

describe('landing files and landing tables that somebody touched', () => {
  const tools = () => ({ ...world, clock: frozenClock('2026-11-22T06:00:00Z'), log: silentLog });
  const target = [
    {
      kpi: 'orders',
      period: 'day',
      dimension: 'all',
      member: 'all',
      value: '1.0000',
    },
  ];

  test('a foreign file in the folder of a batch is named, with what to do', async () => {
    await ensureTables(tools(), [tableOf('targets')]);
    const batch = await land(world.bucket, 'targets', target, { run: 'foreign' });
    const folder = (batch.files[0] as string).replace(/[^/]+$/, '');
    await world.bucket.write(`${folder}notes.txt`, 'somebody’s notes, no Parquet');
    await expect(loadBatch(tools(), batch, tables)).rejects.toMatchObject({
      code: 'LANDING_FILE',
      message: expect.stringContaining('notes.txt'),
      hint: expect.stringContaining('Remove the file'),
    });
    await world.bucket.remove(`${folder}notes.txt`);
    expect(await loadBatch(tools(), batch, tables)).toMatchObject({ inserted: 1 });
  });

  test('a lake table with another type than defined is named, with what to do', async () => {
    const schema = world.env['VIGIE_LAKE_DATABASE'] as string;
    const trino = trinoEngine({ url: inject('trinoUrl'), schema });
    await trino.execute(`CREATE TABLE iceberg.${schema}.exchange_rates (currency varchar, rate double)`);
    await expect(ensureTables(tools(), [tableOf('exchange_rates')])).rejects.toMatchObject({
      code: 'LAKE_TABLE_CHANGED',
      message: expect.stringContaining('column rate is double'),
      hint: expect.stringContaining('decimal(18,12)'),
    });
  });
});
