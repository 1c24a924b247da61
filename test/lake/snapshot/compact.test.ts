import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { settledMonths } from '../../../functions/lake/run/run.ts';
import type { FigureColumns } from '../../../functions/lake/snapshot/columns.ts';
import { compactMonth } from '../../../functions/lake/snapshot/compact.ts';
import { type DayFigures, readFigures, recordFigures } from '../../../functions/lake/snapshot/store.ts';
import type { Bucket } from '../../../functions/platform/bucket.ts';
import { fileBucket } from '../../../functions/platform/local/file-bucket.ts';
import { runs } from '../../kit/runs.ts';

const newBucket = (): Bucket => fileBucket(mkdtempSync(join(tmpdir(), 'vigie-compact-')));
const at = (nth: number): string => new Date(Date.UTC(2026, 4, 1) + nth * 3_600_000).toISOString();

/** A total and some members, of a day in March. */
const figures = (values: readonly number[]): FigureColumns => ({
  period: values.map(() => 'mtd'),
  comparison: values.map(() => 'current'),
  dimension: values.map((_, place) => (place === 0 ? null : 'region')),
  member: values.map((_, place) => (place === 0 ? null : `m${place}`)),
  numerator: values.map((value) => BigInt(value) * 1_000_000n),
  denominator: values.map(() => null),
});

/** Each day of a delivery with the values that it tells: the total, then members; none at all where nothing was there. */
const delivery = fc.dictionary(
  fc.constantFrom('2026-03-01', '2026-03-02', '2026-03-15', '2026-03-31'),
  fc.array(fc.nat(3), { maxLength: 4 }),
  { minKeys: 1 },
);

async function record(bucket: Bucket, deliveries: readonly Record<string, number[]>[]): Promise<void> {
  for (const [nth, told] of deliveries.entries()) {
    const days = Object.entries(told)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([asOf, values]): DayFigures => ({ asOf, quality: 'ok', figures: figures(values) }));
    await recordFigures(bucket, { kpi: 'k', unit: 'count', run: `r${nth}`, recordedAt: at(nth), days });
  }
}

/** Everything ever known, as of each instant. */
async function known(bucket: Bucket, instants: number): Promise<unknown> {
  const ask = { kpis: ['k'], from: '2026-03-01', to: '2026-03-31' };
  const then = Array.from({ length: instants }, (_, nth) =>
    readFigures(bucket, { ...ask, knownAt: at(nth) }),
  );
  return Promise.all([readFigures(bucket, ask), ...then]);
}

async function files(bucket: Bucket): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of bucket.list('snapshot/')) keys.push(key);
  return keys;
}

/** Dies at the nth thing it changes. */
function dyingAt(bucket: Bucket, deadly: number): Bucket {
  let left = deadly;
  const change = (): void => {
    left -= 1;
    if (left < 0) throw new Error('killed');
  };
  return {
    ...bucket,
    write: async (key, body) => {
      change();
      await bucket.write(key, body);
    },
    remove: async (key) => {
      change();
      await bucket.remove(key);
    },
  };
}

test('compacted, a month says at every instant what it said, in two files; killed anywhere, too', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(delivery, { minLength: 1, maxLength: 12 }),
      fc.nat(12),
      async (deliveries, deadly) => {
        const bucket = newBucket();
        await record(bucket, deliveries);
        const before = await known(bucket, deliveries.length);
        await compactMonth(dyingAt(bucket, deadly), 'k', '2026-03').catch(({ message }) =>
          expect(message).toBe('killed'),
        );
        expect(await known(bucket, deliveries.length)).toEqual(before);
        await compactMonth(bucket, 'k', '2026-03');
        expect(await known(bucket, deliveries.length)).toEqual(before);
        expect((await files(bucket)).length).toBeLessThanOrEqual(2);
        expect(await compactMonth(bucket, 'k', '2026-03'), 'there is nothing left to do').toBe(false);
      },
    ),
    { numRuns: runs(25) },
  );
}, 60_000);

test('what is recorded after it is compacted again, and has the last word', async () => {
  const bucket = newBucket();
  await record(bucket, [{ '2026-03-01': [1, 2] }, { '2026-03-02': [3] }]);
  await compactMonth(bucket, 'k', '2026-03');
  await recordFigures(bucket, {
    ...{ kpi: 'k', unit: 'count', run: 'late', recordedAt: at(9) },
    days: [{ asOf: '2026-03-01', quality: 'ok', figures: figures([7, 8, 9]) }],
  });
  const before = await known(bucket, 10);
  expect(await compactMonth(bucket, 'k', '2026-03')).toBe(true);
  expect(await known(bucket, 10)).toEqual(before);
  expect((await files(bucket)).length).toBe(2);
  const [now] = (await known(bucket, 0)) as [{ asOf: string; numerator: string }[]];
  expect(now.filter(({ asOf }) => asOf === '2026-03-01').map(({ numerator }) => numerator)).toEqual([
    '7',
    '8',
    '9',
  ]);
});

test('a month that is still measured is put together once it has more than a few files that are new', async () => {
  const bucket = newBucket();
  const days = Array.from({ length: 12 }, (_, nth) => `2026-03-${String(nth + 1).padStart(2, '0')}`);
  const put: boolean[] = [];
  for (const [nth, asOf] of days.entries()) {
    await recordFigures(bucket, {
      ...{ kpi: 'k', unit: 'count', run: `r${nth}`, recordedAt: at(nth) },
      days: [{ asOf, quality: 'ok', figures: figures([nth, nth]) }],
    });
    const before = await known(bucket, days.length);
    put.push(await compactMonth(bucket, 'k', '2026-03', 8));
    expect(await known(bucket, days.length)).toEqual(before);
    expect((await files(bucket)).length).toBeLessThanOrEqual(2 + 8);
  }
  expect(put.filter(Boolean).length).toBe(2);
});

test('a reader whose file is compacted away beneath it looks once more', async () => {
  const bucket = newBucket();
  await record(bucket, [{ '2026-03-01': [1, 2] }, { '2026-03-02': [3, 4] }]);
  const before = await known(bucket, 0);
  let first = true;
  const slow: Bucket = {
    ...bucket,
    async read(key) {
      if (first && key.endsWith('.members.parquet')) {
        first = false;
        await compactMonth(bucket, 'k', '2026-03');
      }
      return bucket.read(key);
    },
  };
  expect(await known(slow, 0)).toEqual(before);
  expect(first).toBe(false);
});

test('settled are the months before the first that a run measures again', () => {
  expect(settledMonths('2026-03-15')).toEqual(['2025-11', '2025-12', '2026-01']);
  expect(settledMonths('2026-04-05')).toEqual(['2025-12', '2026-01', '2026-02']);
});
