import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cell, columnChunks, queryRows, type Scratch } from '../../../functions/platform/engine.ts';
import { duckDbEngine } from '../../../functions/platform/local/duckdb-engine.ts';
import { fileBucket } from '../../../functions/platform/local/file-bucket.ts';
import { engineContract } from '../../contracts/engine-contract.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-engine-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

engineContract('duckDbEngine', async () => {
  // A folder whose name is a pattern: landed files are meant literally.
  const root = await mkdtemp(join(tmpdir(), "vigie-[a*]'-"));
  const bucket = fileBucket(join(root, 'state'));
  const engine = duckDbEngine({ bucket, file: join(root, 'state', 'lake.duckdb') });
  return {
    engine,
    bucket,
    close: async () => {
      await engine.close();
      await rm(root, { recursive: true });
    },
  };
});

describe('duckDbEngine', () => {
  const open = (file?: string, options = {}) =>
    duckDbEngine({
      bucket: fileBucket(folder),
      ...(file === undefined ? {} : { file: join(folder, file) }),
      ...options,
    });

  test('makes no file before the first statement', async () => {
    const engine = open('lazy.duckdb');
    expect(existsSync(join(folder, 'lazy.duckdb'))).toBe(false);
    await engine.execute('CREATE TABLE lake.t (a integer)');
    expect(existsSync(join(folder, 'lazy.duckdb'))).toBe(true);
    await engine.close();
  });

  test('keeps the lake between runs', async () => {
    const first = open('kept.duckdb');
    await first.execute('CREATE TABLE lake.t AS SELECT 1 AS a');
    await first.close();
    const second = open('kept.duckdb');
    expect(await queryRows(second, 'SELECT a FROM lake.t')).toEqual([{ a: 1 }]);
    await second.close();
  });

  test.each([
    ['a cast', `SELECT CAST(CASE WHEN i = 900000 THEN 'x' ELSE '1' END AS integer) FROM range(1000000) t(i)`],
    ['a number out of range', 'SELECT CAST(i * 3000 AS integer) FROM range(10000000) t(i)'],
  ])('a result that %s breaks off after many rows is an error, and no end', async (_, sql) => {
    const engine = open(undefined, { threads: 1 });
    let rows = 0;
    const reading = async (): Promise<void> => {
      const { chunks } = await engine.query(sql, { label: 'long' });
      for await (const chunk of chunks) rows += chunk.length;
    };
    await expect(reading()).rejects.toMatchObject({
      code: 'SQL_FAILED',
      message: expect.stringMatching(/^long: Conversion Error: /),
    });
    expect(rows).toBeGreaterThan(100_000);
    await engine.close();
  });

  test('closed amid statements it stops them, waits for them, and is opened anew by the next', async () => {
    const long = 'SELECT count(*) FROM range(1000000000000) WHERE random() < 0';
    for (let round = 0; round < 40; round += 1) {
      const engine = open();
      const scratch = engine.scratch as Scratch;
      await engine.execute('CREATE TABLE lake.t AS SELECT 1 AS a');
      // Node.js has four threads for all of them.
      const forever = [
        queryRows(engine, long),
        scratch.keep(long),
        engine.execute(`INSERT INTO lake.t ${long}`),
      ];
      const stopped = Promise.all(
        forever.map((each) => expect(each).rejects.toMatchObject({ code: 'SQL_CANCELLED' })),
      );
      const begun = async () => {
        const { chunks } = await engine.query('SELECT * FROM range(1000000)');
        const rows = chunks[Symbol.asyncIterator]();
        await rows.next();
        return rows;
      };
      const [half, left] = [await begun(), await begun()];
      for (let turn = 0; turn < round % 5; turn += 1) await new Promise(setImmediate);
      const reading = expect(half.next().then(() => half.next())).rejects.toMatchObject({
        code: 'SQL_CANCELLED',
      });
      const closed = engine.close();
      await expect(engine.query('SELECT 1')).rejects.toMatchObject({ code: 'SQL_CANCELLED' });
      await Promise.all([stopped, reading, closed]);
      expect(await queryRows(engine, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      await expect(left.next()).rejects.toMatchObject({ code: 'SQL_CANCELLED' });
      await engine.close();
    }
  });

  test('a file that another process holds is named, with that process', async () => {
    const file = join(folder, 'held.duckdb');
    const script = `import('@duckdb/node-api').then(async (duckdb) => {
      globalThis.held = await duckdb.DuckDBInstance.create(${JSON.stringify(file)});
      process.stdout.write('held');
      setInterval(() => {}, 1000);
    })`;
    const engine = open('held.duckdb');
    const other = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve, reject) => other.once('exit', reject).stdout.once('data', resolve));
    try {
      await expect(queryRows(engine, 'SELECT 1 AS a')).rejects.toMatchObject({
        code: 'LAKE_LOCKED',
        retryable: true,
        message: `${file} is in use by another run (process ${other.pid})`,
      });
      const ended = new Promise((resolve) => other.removeAllListeners('exit').once('exit', resolve));
      other.kill();
      await ended;
      expect(await queryRows(engine, 'SELECT 1 AS a')).toEqual([{ a: 1 }]);
    } finally {
      other.kill();
      await engine.close();
    }
  });

  test.each(['lake.duckdb', 'main.duckdb', 'memory.duckdb', 'vigie.duckdb', "new folder/it's.duckdb"])(
    'the file may be called %s',
    async (file) => {
      const engine = open(file);
      await engine.execute('CREATE TABLE lake.t AS SELECT 1 AS a');
      expect(await queryRows(engine, `SELECT a FROM ${engine.dialect.table('t')}`)).toEqual([{ a: 1 }]);
      await engine.close();
    },
  );

  test('stops a statement that runs', async () => {
    const engine = open();
    const stop = new AbortController();
    const forever = queryRows(engine, 'SELECT count(*) AS n FROM range(1000000000) a, range(1000000) b', {
      signal: stop.signal,
      label: 'long',
    });
    setTimeout(() => stop.abort(), 50);
    await expect(forever).rejects.toMatchObject({ code: 'SQL_CANCELLED', message: 'long: stopped' });
    expect(await queryRows(engine, 'SELECT 1 AS a')).toEqual([{ a: 1 }]);
    await engine.close();
  });

  test('a result can be read while others run, and left half-read', async () => {
    const engine = open();
    const { chunks } = await engine.query('SELECT range AS n FROM range(100000)');
    let rows = 0;
    for await (const chunk of chunks) {
      rows += chunk.length;
      await engine.execute('CREATE OR REPLACE TABLE lake.t AS SELECT 1 AS a');
      expect(await queryRows(engine, 'SELECT a FROM lake.t')).toEqual([{ a: 1 }]);
      if (rows > 4000) break;
    }
    expect(rows).toBeLessThan(100_000);
    await engine.close();
  });

  test('by column a result is what it is by row, and numbers are exact', async () => {
    const engine = open();
    const sql = `SELECT * FROM (VALUES
      (DATE '2026-02-28', 'north', -7, CAST(9007199254740993 AS bigint), CAST(-12.34 AS decimal(4,2)), CAST(0.5 AS double)),
      (NULL, NULL, NULL, NULL, NULL, NULL)) AS t (d, v, i, b, n, f)`;
    const { chunks } = await engine.query(sql);
    const rows: (readonly Cell[])[] = [];
    for await (const chunk of chunks) rows.push(...chunk);
    const columns: (readonly Cell[])[] = [];
    const scaled: unknown[] = [];
    for await (const chunk of columnChunks(await engine.query(sql))) {
      for (let index = 0; index < 6; index += 1) {
        columns.push(chunk.column(index));
        scaled.push(chunk.scaled(index, 6));
      }
      expect(chunk.scaled(4, 1)).toBeUndefined();
    }
    expect(columns).toEqual(columns.map((_, index) => rows.map((row) => row[index])));
    expect(columns[4]).toEqual(['-12.34', null]);
    expect(scaled).toEqual([
      undefined,
      undefined,
      [-7_000_000n, null],
      [9_007_199_254_740_993_000_000n, null],
      [-12_340_000n, null],
      undefined,
    ]);
    await engine.close();
  });

  test('statements that write take turns', async () => {
    const engine = open();
    await engine.execute('CREATE TABLE lake.t AS SELECT 0 AS n');
    await Promise.all(Array.from({ length: 10 }, () => engine.execute('UPDATE lake.t SET n = n + 1')));
    expect(await queryRows(engine, 'SELECT n FROM lake.t')).toEqual([{ n: 10 }]);
    await engine.close();
  });

  test('spills what does not fit into memory, and says so when it cannot', async () => {
    const engine = open('spill.duckdb', { memoryLimit: '60MB', threads: 1 });
    const sql =
      'SELECT count(*) AS n FROM (SELECT md5(CAST(range AS varchar)) AS m, count(*) FROM range(1500000) GROUP BY 1)';
    expect(await queryRows(engine, sql)).toEqual([{ n: 1_500_000 }]);
    await engine.execute("SET GLOBAL max_temp_directory_size = '1MB'");
    await expect(queryRows(engine, sql)).rejects.toMatchObject({
      code: 'SQL_OUT_OF_MEMORY',
      hint: expect.stringContaining('VIGIE_MEMORY'),
    });
    await engine.close();
    expect(existsSync(join(folder, 'spill.duckdb.tmp'))).toBe(false);
  });

  test('points at the line of the statement', async () => {
    const engine = open();
    await expect(queryRows(engine, 'SELECT 1 AS a,\n  2 AS b,\n  no_such AS c')).rejects.toMatchObject({
      where: { line: 3 },
    });
    await engine.close();
  });
});
