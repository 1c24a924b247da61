import type { FigureKind, Kpi, PeriodName } from '../lake/catalogue/kpi.ts';
import { addDays } from '../lake/company/calendar.ts';
import { figureValue, type SnapshotRow } from '../lake/snapshot/snapshot.ts';
import { readFigures } from '../lake/snapshot/store.ts';
import type { Bucket } from '../platform/bucket.ts';
import { isAlike, moveOf, type Noise, noiseKey, noiseOf } from './content/noise.ts';

/** Days looked back at: a quarter, so that a season does not count as noise. */
export const NOISE_DAYS = 91;

/** What the changes of some figures usually are, by `noiseKey`: each comparison of the window against its own past. */
export async function readNoise(
  bucket: Bucket,
  asOf: string,
  figures: readonly { readonly kpi: Kpi; readonly period: PeriodName }[],
): Promise<Map<string, Noise>> {
  const noise = new Map<string, Noise>();
  for (const { kpi, period } of figures) {
    const rows = await readFigures(bucket, {
      kpis: [kpi.id],
      from: addDays(asOf, -NOISE_DAYS),
      to: addDays(asOf, -1),
      periods: [period],
      dimension: null,
    });
    for (const [key, own] of noiseOfAll(kpi, asOf, rows)) noise.set(key, own);
  }
  return noise;
}

/** The same from rows at hand: totals of the days before `asOf`, every window and comparison. Late days are left out. */
export function noiseOfAll(kpi: Kpi, asOf: string, rows: readonly SnapshotRow[]): Map<string, Noise> {
  const current = new Map<string, number | null>();
  for (const row of rows)
    if (row.comparison === 'current') current.set(`${row.period} ${row.asOf}`, figureValue(row, kpi.ratio));
  const moves = new Map<string, number[]>();
  for (const row of rows) {
    if (!isPast(row, asOf)) continue;
    const value = current.get(`${row.period} ${row.asOf}`) ?? null;
    const move = moveOf(kpi, value, figureValue(row, kpi.ratio));
    const key = noiseKey(kpi.id, row.period, row.comparison);
    if (move !== null) moves.set(key, [...(moves.get(key) ?? []), move]);
  }
  return new Map([...moves].map(([key, found]) => [key, noiseOf(found)]));
}

const COMPARED: ReadonlySet<FigureKind> = new Set(['previous', 'last_year', 'target'] as const);

const isPast = (row: SnapshotRow, asOf: string): boolean =>
  row.asOf < asOf &&
  row.asOf >= addDays(asOf, -NOISE_DAYS) &&
  COMPARED.has(row.comparison) &&
  row.quality !== 'stale' &&
  isAlike(row.period, row.asOf, asOf);
