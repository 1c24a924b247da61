import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FigureColumns, textToScaled } from '../../../functions/lake/snapshot/columns.ts';
import type { Quality } from '../../../functions/lake/snapshot/finding.ts';
import {
  type DayFigures,
  latestAsOf,
  readFigures,
  readSeries,
  recordFigures,
} from '../../../functions/lake/snapshot/store.ts';
import { addDays } from '../../../functions/lake/values/day.ts';
import type { Bucket } from '../../../functions/platform/bucket.ts';
import { queryRows } from '../../../functions/platform/engine.ts';
import { duckDbEngine } from '../../../functions/platform/local/duckdb-engine.ts';
import { fileBucket } from '../../../functions/platform/local/file-bucket.ts';
import { runs } from '../../kit/runs.ts';

const newBucket = (): Bucket => fileBucket(mkdtempSync(join(tmpdir(), 'vigie-snapshot-')));

type Row = readonly [
  period: string,
  comparison: string,
  dimension: string | null,
  member: string | null,
  numerator: string | null,
  denominator?: string,
];

const columns = (rows: readonly Row[]): FigureColumns => ({
  period: rows.map((row) => row[0]),
  comparison: rows.map((row) => row[1]),
  dimension: rows.map((row) => row[2]),
  member: rows.map((row) => row[3]),
  numerator: rows.map((row) => (row[4] === null ? null : (textToScaled(row[4]) as bigint))),
  denominator: rows.map((row) => (row[5] === undefined ? null : (textToScaled(row[5]) as bigint))),
});

const day = (asOf: string, rows: readonly Row[], quality: Quality = 'ok'): DayFigures => ({
  asOf,
  quality,
  figures: columns(rows),
});

let clock = 0;
const record = (
  bucket: Bucket,
  days: readonly DayFigures[],
  over: { run?: string; at?: string; kpi?: string } = {},
) => {
  clock += 1;
  const recordedAt = over.at ?? new Date(Date.UTC(2026, 0, 1) + clock * 1000).toISOString();
  return recordFigures(bucket, {
    kpi: over.kpi ?? 'net_revenue',
    unit: 'currency',
    run: over.run ?? `run-${clock}`,
    recordedAt,
    days,
  });
};

const all = (bucket: Bucket, from = '2026-01-01', to = '2026-12-31', more = {}) =>
  readFigures(bucket, { from, to, ...more });
const short = (rows: Awaited<ReturnType<typeof all>>) =>
  rows.map(
    (row) =>
      `${row.asOf} ${row.period} ${row.comparison} ${row.dimension}=${row.member} ${row.numerator}/${row.denominator}`,
  );

const total: Row = ['mtd', 'current', null, null, '9747747.934'];
const north: Row = ['mtd', 'current', 'region', 'north', '12.5'];

describe('recording', () => {
  test('figures come back exact, totals before members', async () => {
    const bucket = newBucket();
    expect(await record(bucket, [day('2026-03-15', [north, total])])).toEqual({ days: 1, rows: 2 });
    expect(short(await all(bucket))).toEqual([
      '2026-03-15 mtd current null=null 9747747.934/null',
      '2026-03-15 mtd current region=north 12.5/null',
    ]);
  });

  test('38 digits survive, in hyparquet and in DuckDB', async () => {
    const bucket = newBucket();
    const huge = '-12345678901234567890123456789012.123456';
    await record(bucket, [day('2026-03-15', [['mtd', 'current', null, null, huge, '0.000001']])]);
    expect(short(await all(bucket))).toEqual([`2026-03-15 mtd current null=null ${huge}/0.000001`]);
    const engine = await duckDbEngine({ bucket });
    const files = `read_parquet('${bucket.locate('snapshot')}/*/*/*.parquet', hive_partitioning = false)`;
    const rows = await queryRows(
      engine,
      `SELECT kpi, as_of, typeof(numerator) AS type, numerator, denominator, recorded_at FROM ${files}`,
    );
    await engine.close();
    expect(rows).toMatchObject([
      {
        kpi: 'net_revenue',
        as_of: '2026-03-15',
        type: 'DECIMAL(38,6)',
        numerator: huge,
        denominator: '0.000001',
      },
    ]);
  });

  test('equal figures are not written again, whoever records them', async () => {
    const bucket = newBucket();
    await record(bucket, [day('2026-03-15', [total, north])]);
    expect(await record(bucket, [day('2026-03-15', [total, north])])).toEqual({ days: 0, rows: 0 });
    expect(await record(bucket, [day('2026-03-15', [total, north], 'stale')])).toEqual({ days: 1, rows: 2 });
    expect((await all(bucket)).map((row) => row.quality)).toEqual(['stale', 'stale']);
  });

  test('the newest recording of a day counts as a whole: a member that vanished is gone', async () => {
    const bucket = newBucket();
    await record(bucket, [day('2026-03-15', [total, north])]);
    await record(bucket, [day('2026-03-15', [total])]);
    expect(short(await all(bucket))).toEqual(['2026-03-15 mtd current null=null 9747747.934/null']);
  });

  test('nothing takes the place of something, and can be told from never measured', async () => {
    const bucket = newBucket();
    await record(bucket, [day('2026-03-15', [total, north])]);
    expect(await record(bucket, [day('2026-03-15', []), day('2026-03-16', [])])).toEqual({
      days: 2,
      rows: 0,
    });
    expect(await all(bucket)).toEqual([]);
    expect(await latestAsOf(bucket, 'net_revenue')).toBe('2026-03-16');
    expect(await latestAsOf(bucket, 'orders')).toBeUndefined();
  });

  test('the past can be shown as it was known', async () => {
    const bucket = newBucket();
    await record(bucket, [day('2026-03-15', [total])], { at: '2026-03-16T06:00:00.000Z' });
    await record(bucket, [day('2026-03-15', [['mtd', 'current', null, null, '1']])], {
      at: '2026-03-17T06:00:00.000Z',
    });
    const at = async (knownAt: string) =>
      (await all(bucket, undefined, undefined, { knownAt })).map((row) => row.numerator);
    expect(await at('2026-03-16T05:59:59Z')).toEqual([]);
    expect(await at('2026-03-16T06:00:00Z')).toEqual(['9747747.934']);
    expect(await at('2026-03-17T06:00:00Z')).toEqual(['1']);
  });

  test('a clock that stands still loses nothing', async () => {
    const bucket = newBucket();
    const frozen = { run: 'run', at: '2026-03-16T06:00:00.000Z' };
    await record(bucket, [day('2026-03-15', [total, north])], frozen);
    await record(bucket, [day('2026-03-15', [north])], frozen);
    await record(bucket, [day('2026-03-14', [total])], frozen);
    expect(short(await all(bucket))).toEqual([
      '2026-03-14 mtd current null=null 9747747.934/null',
      '2026-03-15 mtd current region=north 12.5/null',
    ]);
  });

  test('a month too large to hold is written in parts, each day in one', async () => {
    const bucket = newBucket();
    const many = Array.from(
      { length: 30_000 },
      (_, i): Row => ['day', 'current', 'customer', `c${i}`, String(i)],
    );
    const days = ['2026-03-01', '2026-03-02', '2026-03-03'].map((asOf) => day(asOf, many));
    expect(await record(bucket, days)).toEqual({ days: 3, rows: 90_000 });
    const sums = new Map<string, number>();
    for (const row of await all(bucket))
      sums.set(row.asOf, (sums.get(row.asOf) ?? 0) + Number(row.numerator));
    expect([...sums]).toEqual(days.map(({ asOf }) => [asOf, (30_000 * 29_999) / 2]));
  });

  test('many recordings of a month are merged, and none is lost', async () => {
    const bucket = newBucket();
    for (let run = 0; run < 30; run += 1) {
      const at = new Date(Date.UTC(2026, 2, 1, 6, 0, run)).toISOString();
      await record(
        bucket,
        [
          day('2026-03-15', [
            ['day', 'current', null, null, String(run)],
            ['day', 'current', 'region', 'x', String(run)],
          ]),
        ],
        { at },
      );
    }
    const keys: string[] = [];
    for await (const { key } of bucket.list('snapshot/')) if (key.endsWith('.totals.parquet')) keys.push(key);
    expect(keys.length).toBeLessThan(9);
    for (const run of [0, 6, 7, 8, 15, 29]) {
      const knownAt = new Date(Date.UTC(2026, 2, 1, 6, 0, run)).toISOString();
      expect((await all(bucket, undefined, undefined, { knownAt })).map((row) => row.numerator)).toEqual([
        String(run),
        String(run),
      ]);
    }
  });
});

describe('dying in the middle', () => {
  test.each([1, 2, 3, 4])('at write %i, then repeating, gives the same figures', async (deadly) => {
    const days = ['2026-01-31', '2026-02-01'].map((asOf) => day(asOf, [total, north]));
    const whole = newBucket();
    await record(whole, days);
    const bucket = newBucket();
    await expect(record(dyingAt(bucket, deadly), days)).rejects.toThrow('killed');
    const half = await all(bucket);
    expect(half.length % 2).toBe(0);
    await record(bucket, days);
    expect(short(await all(bucket))).toEqual(short(await all(whole)));
  });

  test('while merging leaves every recording readable', async () => {
    const bucket = newBucket();
    for (let run = 1; run < 8; run += 1) await record(bucket, [day(`2026-03-0${run}`, [total])]);
    const dying = { ...bucket, remove: () => Promise.reject(new Error('killed')) };
    await expect(record(dying, [day('2026-03-08', [total])])).rejects.toThrow('killed');
    expect(await all(bucket)).toHaveLength(8);
    await record(bucket, [day('2026-03-09', [total])]);
    expect(await all(bucket)).toHaveLength(9);
  });
});

function dyingAt(bucket: Bucket, deadly: number): Bucket {
  let writes = 0;
  return {
    ...bucket,
    async write(key, body) {
      writes += 1;
      if (writes === deadly) throw new Error('killed');
      await bucket.write(key, body);
    },
  };
}

describe('reading', () => {
  test('by window, comparison, dimension and KPI', async () => {
    const bucket = newBucket();
    const rows: Row[] = [
      total,
      ['mtd', 'target', null, null, '100'],
      ['day', 'current', null, null, '3'],
      north,
      ['mtd', 'current', 'channel', 'web', '7'],
    ];
    await record(bucket, [day('2026-03-15', rows)]);
    await record(bucket, [day('2026-03-15', [total])], { kpi: 'orders' });
    const count = async (query: object) => (await all(bucket, undefined, undefined, query)).length;
    expect(await count({})).toBe(6);
    expect(await count({ kpis: ['orders'] })).toBe(1);
    expect(await count({ periods: ['day'] })).toBe(1);
    expect(await count({ comparisons: ['target'] })).toBe(1);
    expect(await count({ dimension: null })).toBe(4);
    expect(await count({ dimension: 'region' })).toBe(1);
    expect(await count({ kpis: [] })).toBe(0);
  });

  test('a series has a point for every day', async () => {
    const bucket = newBucket();
    await record(
      bucket,
      ['2025-12-31', '2026-01-02'].map((asOf) => day(asOf, [total, north], 'incomplete')),
    );
    const series = { kpi: 'net_revenue', period: 'mtd', from: '2025-12-31', to: '2026-01-02' } as const;
    expect(await readSeries(bucket, series)).toEqual([
      { asOf: '2025-12-31', numerator: '9747747.934', denominator: null, quality: 'incomplete' },
      { asOf: '2026-01-01', numerator: null, denominator: null, quality: null },
      { asOf: '2026-01-02', numerator: '9747747.934', denominator: null, quality: 'incomplete' },
    ]);
    const member = await readSeries(bucket, { ...series, of: { dimension: 'region', member: 'north' } });
    expect(member.map((point) => point.numerator)).toEqual(['12.5', null, '12.5']);
  });

  test('any history of recordings reads as its newest words', async () => {
    const figure = fc.record({
      asOf: fc.integer({ min: 0, max: 40 }).map((days) => addDays('2026-01-20', days)),
      values: fc.uniqueArray(
        fc.record({
          member: fc.constantFrom(null, 'a', 'b'),
          value: fc.bigInt({ min: -(10n ** 36n), max: 10n ** 36n }),
        }),
        { selector: (row) => row.member },
      ),
    });
    const history = fc.array(fc.uniqueArray(figure, { selector: (each) => each.asOf, maxLength: 4 }), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(history, async (runs) => {
        const bucket = newBucket();
        const truth = new Map<string, string[]>();
        for (const days of runs) {
          const sorted = days.toSorted((a, b) => (a.asOf < b.asOf ? -1 : 1));
          await record(
            bucket,
            sorted.map(({ asOf, values }) => ({
              asOf,
              quality: 'ok',
              figures: {
                period: values.map(() => 'day'),
                comparison: values.map(() => 'current'),
                dimension: values.map(({ member }) => (member === null ? null : 'region')),
                member: values.map(({ member }) => member),
                numerator: values.map(({ value }) => value),
                denominator: values.map(() => null),
              },
            })),
          );
          for (const { asOf, values } of sorted)
            truth.set(
              asOf,
              values.map(({ member, value }) => `${asOf} ${member} ${value}`),
            );
        }
        const read = (await all(bucket)).map(
          (row) => `${row.asOf} ${row.member} ${textToScaled(row.numerator ?? '')}`,
        );
        expect(read.sort()).toEqual([...truth.values()].flat().sort());
      }),
      { numRuns: runs(25) },
    );
  });
});
