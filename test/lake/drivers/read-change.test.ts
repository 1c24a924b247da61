import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readChange } from '../../../functions/lake/drivers/read-change.ts';
import type { FigureRow } from '../../../functions/lake/drivers/windows.ts';
import { textToScaled } from '../../../functions/lake/snapshot/columns.ts';
import type { Quality } from '../../../functions/lake/snapshot/finding.ts';
import { recordFigures } from '../../../functions/lake/snapshot/store.ts';
import { addDays } from '../../../functions/lake/values/day.ts';
import type { Bucket } from '../../../functions/platform/bucket.ts';
import { fileBucket } from '../../../functions/platform/local/file-bucket.ts';
import { times, windowsOf } from './made-up.ts';

const calendar = { closed: { weekdays: [], days: [] }, fiscal_year_starts: 1 };
const kpi = { id: 'net_revenue', ratio: false, unit: 'currency' } as const;
const asOf = '2026-11-21';
const scene = windowsOf({ made: 'amount', now: times('brand', 'Fjellgrip', 0.3) });

/** Records the windows of a day as a run does, each with the one before. */
async function record(bucket: Bucket, weeksBack: number, quality: Quality = 'ok', rows?: FigureRow[]) {
  const [now, previous] = [scene.now, ...scene.earlier].slice(weeksBack, weeksBack + 2);
  const figures = [...told('current', rows ?? now ?? []), ...told('previous', previous ?? [])];
  const scaled = (text: string | null) => (text === null ? null : (textToScaled(text) as bigint));
  await recordFigures(bucket, {
    kpi: kpi.id,
    unit: 'currency',
    run: 'r',
    recordedAt: '2026-11-22T06:00:00Z',
    days: [
      {
        asOf: addDays(asOf, -7 * weeksBack),
        quality,
        figures: {
          period: figures.map(() => 'last_7d'),
          comparison: figures.map(({ comparison }) => comparison),
          dimension: figures.map(({ dimension }) => dimension),
          member: figures.map(({ member }) => member),
          numerator: figures.map(({ numerator }) => scaled(numerator)),
          denominator: figures.map(({ denominator }) => scaled(denominator)),
        },
      },
    ],
  });
}

const told = (comparison: string, rows: readonly FigureRow[]) => rows.map((row) => ({ ...row, comparison }));

const emptyBucket = async () => fileBucket(await mkdtemp(join(tmpdir(), 'vigie-change-')));
const explained = (bucket: Bucket, of: Parameters<typeof readChange>[2] = kpi) =>
  readChange(bucket, calendar, of, { asOf, period: 'last_7d', against: 'previous' });

describe('a change explained from the snapshot', () => {
  it('names the culprit by what the weeks before recorded', async () => {
    const bucket = await emptyBucket();
    for (let week = 11; week >= 0; week -= 1) await record(bucket, week);
    const { culprit, windows, change } = await explained(bucket);
    expect(culprit).toMatchObject({ dimension: 'brand', member: 'Fjellgrip' });
    expect(windows).toBe(12);
    expect(change).toBeLessThan(0);
  });

  it('names nobody where figures are estimates of months, and splits the change all the same', async () => {
    const bucket = await emptyBucket();
    for (let week = 11; week >= 0; week -= 1) await record(bucket, week);
    const [of, estimated] = [
      await explained(bucket),
      await explained(bucket, { ...kpi, estimate: 'monthly' }),
    ];
    expect(estimated).toMatchObject({ culprit: null, offsetting: null, windows: 0 });
    expect(estimated.dimensions).toEqual(of.dimensions);
  });

  it('says less on the first morning, and nothing is missing for it', async () => {
    const bucket = await emptyBucket();
    await record(bucket, 0);
    expect(await explained(bucket)).toMatchObject({ culprit: null, windows: 1, change: expect.any(Number) });
    expect(await explained(await emptyBucket())).toMatchObject({ change: null, dimensions: [] });
  });

  it('does not take for usual what was recorded while a source was late', async () => {
    const bucket = await emptyBucket();
    for (const week of [9, 7, 5, 3, 1]) await record(bucket, week, 'stale', scene.now);
    await record(bucket, 0);
    expect((await explained(bucket)).windows).toBe(6);
    expect((await explained(bucket)).culprit).toMatchObject({ member: 'Fjellgrip' });
  });

  it('reads a dozen days, however long the history is', async () => {
    const bucket = await emptyBucket();
    for (let week = 30; week >= 0; week -= 1) await record(bucket, week, 'ok', scene.now);
    const read: string[] = [];
    const counting: Bucket = {
      ...bucket,
      list: (prefix) => bucket.list(prefix),
      read: (key) => {
        read.push(key);
        return bucket.read(key);
      },
    };
    await explained(counting);
    const months = new Set(read.map((key) => /month=([\d-]+)/.exec(key)?.[1]));
    expect([...months].toSorted()).toEqual(['2026-08', '2026-09', '2026-10', '2026-11']);
  });
});
