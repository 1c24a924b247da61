import pLimit from 'p-limit';
import type { Bucket } from '../../platform/bucket.ts';
import { VigieError } from '../../platform/errors.ts';
import type { FigureKind, PeriodName } from '../catalogue/kpi.ts';
import { datesBetween } from '../values/day.ts';
import { type FigureColumns, scaledToText } from './columns.ts';
import type { SnapshotFile } from './file.ts';
import { newestOf, openMonth, openSnapshot, type PlacedRecording } from './month.ts';
import { type SnapshotQuery, type SnapshotRow, snapshotPrefix } from './snapshot.ts';

export { type DayFigures, recordFigures } from './record.ts';

/** Figures of the snapshot, ordered by KPI, as-of date, then totals before members. */
export async function readFigures(bucket: Bucket, query: SnapshotQuery): Promise<SnapshotRow[]> {
  const kpis = query.kpis ?? (await recordedKpis(bucket));
  const limit = pLimit(8);
  const months = monthsBetween(query.from, query.to).filter(
    (month) => query.asOfs === undefined || query.asOfs.some((asOf) => asOf.startsWith(month)),
  );
  const parts = await Promise.all(
    kpis.flatMap((kpi) => months.map((month) => limit(() => readMonth(bucket, kpi, month, query)))),
  );
  return parts.flat();
}

export interface SeriesQuery {
  readonly kpi: string;
  readonly period: PeriodName;
  /** As-of dates, both included. */
  readonly from: string;
  readonly to: string;
  /** Default `current`. */
  readonly comparison?: FigureKind;
  /** A member's series instead of the total's. */
  readonly of?: { readonly dimension: string; readonly member: string };
  readonly knownAt?: string;
}

export type SeriesPoint = Pick<SnapshotRow, 'asOf' | 'numerator' | 'denominator'> & {
  readonly quality: SnapshotRow['quality'] | null;
};

/** One figure over time, a point for every day from `from` to `to`; null where nothing is recorded. For sparklines and anomalies. */
export async function readSeries(bucket: Bucket, query: SeriesQuery): Promise<SeriesPoint[]> {
  const rows = await readFigures(bucket, {
    kpis: [query.kpi],
    from: query.from,
    to: query.to,
    periods: [query.period],
    comparisons: [query.comparison ?? 'current'],
    dimension: query.of?.dimension ?? null,
    ...(query.knownAt !== undefined && { knownAt: query.knownAt }),
  });
  const wanted = rows.filter((row) => row.member === (query.of?.member ?? null));
  const byDay = new Map(wanted.map((row) => [row.asOf, row]));
  return datesBetween(query.from, query.to).map((asOf) => {
    const row = byDay.get(asOf);
    return {
      asOf,
      numerator: row?.numerator ?? null,
      denominator: row?.denominator ?? null,
      quality: row?.quality ?? null,
    };
  });
}

/** The latest as-of date recorded of a KPI (measured, even where nothing was there); undefined when there is none. */
export async function latestAsOf(bucket: Bucket, kpi: string): Promise<string | undefined> {
  const folders = await bucket.folders(snapshotPrefix(kpi));
  const months = folders.flatMap((name) => /^month=(\d{4}-\d{2})$/.exec(name)?.[1] ?? []);
  for (const month of months.reverse()) {
    const { recordings } = await openMonth(bucket, kpi, month);
    const latest = recordings
      .map((recording) => recording.asOf)
      .sort()
      .at(-1);
    if (latest !== undefined) return latest;
  }
  return undefined;
}

/** Whether a day was recorded of a KPI, even where nothing was there. */
export const isRecorded = async (bucket: Bucket, kpi: string, asOf: string): Promise<boolean> =>
  (await openMonth(bucket, kpi, asOf.slice(0, 7))).recordings.some((recording) => recording.asOf === asOf);

/** Every KPI of which something was ever recorded, ascending. */
export const recordedKpis = async (bucket: Bucket): Promise<string[]> =>
  (await bucket.folders('snapshot/')).flatMap((name) => /^kpi=(.+)$/.exec(name)?.[1] ?? []);

function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  let [year, month] = from.split('-').map(Number) as [number, number];
  for (let name = from.slice(0, 7); name <= to.slice(0, 7); ) {
    months.push(name);
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
    name = `${year}-${String(month).padStart(2, '0')}`;
  }
  return months;
}

/** Files that were compacted away between opening and reading are looked up once more. */
async function readMonth(
  ...month: [bucket: Bucket, kpi: string, month: string, query: SnapshotQuery]
): Promise<SnapshotRow[]> {
  try {
    return await readOpened(...month);
  } catch (error) {
    if (!(error instanceof VigieError) || error.code !== 'BUCKET_NOT_FOUND') throw error;
    return readOpened(...month);
  }
}

async function readOpened(
  bucket: Bucket,
  kpi: string,
  month: string,
  query: SnapshotQuery,
): Promise<SnapshotRow[]> {
  const { recordings, prefix } = await openMonth(bucket, kpi, month);
  const wanted = newestOf(recordings, query.knownAt).filter(
    ({ asOf }) =>
      asOf >= query.from && asOf <= query.to && (query.asOfs === undefined || query.asOfs.includes(asOf)),
  );
  const memberFiles = new Map<string, Promise<SnapshotFile>>();
  const membersOf = (file: string): Promise<SnapshotFile> => {
    const opened = memberFiles.get(file) ?? openSnapshot(bucket, `${prefix}${file}`);
    memberFiles.set(file, opened);
    return opened;
  };
  const rows: SnapshotRow[] = [];
  for (const recording of wanted) {
    if (query.dimension == null)
      addRows(kpi, recording, await recording.file.read(recording.start, recording.rows), query, rows);
    if (query.dimension === null || recording.members === null) continue;
    const { file, start, rows: count } = recording.members;
    addRows(kpi, recording, await (await membersOf(file)).read(start, count), query, rows);
  }
  return rows;
}

function addRows(
  kpi: string,
  recording: PlacedRecording,
  figures: FigureColumns,
  query: SnapshotQuery,
  into: SnapshotRow[],
): void {
  const { asOf, unit, quality, version, run, recordedAt } = recording;
  const text = (value: bigint | null | undefined) => (value == null ? null : scaledToText(value));
  for (let i = 0; i < figures.period.length; i += 1) {
    const period = figures.period[i] as PeriodName;
    const comparison = figures.comparison[i] as FigureKind;
    const dimension = figures.dimension[i] ?? null;
    if (query.periods && !query.periods.includes(period)) continue;
    if (query.comparisons && !query.comparisons.includes(comparison)) continue;
    if (query.dimension != null && dimension !== query.dimension) continue;
    const numbers = { numerator: text(figures.numerator[i]), denominator: text(figures.denominator[i]) };
    into.push({
      kpi,
      asOf,
      period,
      comparison,
      dimension,
      member: figures.member[i] ?? null,
      ...numbers,
      unit,
      quality,
      version,
      run,
      recordedAt,
    });
  }
}
