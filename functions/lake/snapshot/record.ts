import type { Bucket } from '../../platform/bucket.ts';
import { type FigureColumns, figuresHash, type GrowingColumns, splitTotals } from './columns.ts';
import { encodeFigures } from './encode.ts';
import type { RecordedFigures, Recording } from './file.ts';
import type { Quality } from './finding.ts';
import {
  MEMBERS,
  monthPrefix,
  nameWithHash,
  newestOf,
  openMonth,
  type SnapshotMonth,
  TOTALS,
} from './month.ts';

/** The figures of one as-of date, all of them: what is not there is gone. */
export interface DayFigures {
  readonly asOf: string;
  readonly quality: Quality;
  readonly figures: FigureColumns;
}

export interface RecordInput {
  readonly kpi: string;
  readonly unit: string;
  readonly run: string;
  /** ISO UTC. */
  readonly recordedAt: string;
  /** Ascending by as-of date. */
  readonly days: AsyncIterable<DayFigures> | Iterable<DayFigures>;
}

export interface RecordReport {
  /** As-of dates whose figures are new or differ from the newest ones recorded, and their rows. */
  readonly days: number;
  readonly rows: number;
}

/** Rows held before they are written: memory stays the same however long a back-fill is. */
const MOST_ROWS = 50_000;
/** From this many files of totals in a month they are merged into one. */
const MERGE_FROM = 8;

/**
 * Records figures: a file of members, then a file of totals, for each month (or part of one that is large). The totals' file makes the recording
 * count: dying before it leaves nothing. Days equal to their newest recording (run and instant aside) are not written
 * again, so repeating a run is harmless. One writer at a time for a KPI.
 */
export async function recordFigures(bucket: Bucket, input: RecordInput): Promise<RecordReport> {
  let month: DayFigures[] = [];
  let report = { days: 0, rows: 0 };
  const flush = async () => {
    const first = month[0];
    if (!first) return;
    const written = await recordMonth(bucket, input, first.asOf.slice(0, 7), month);
    report = { days: report.days + written.days, rows: report.rows + written.rows };
    month = [];
  };
  let rows = 0;
  for await (const day of input.days) {
    if (rows > MOST_ROWS || (month[0] && month[0].asOf.slice(0, 7) !== day.asOf.slice(0, 7))) {
      await flush();
      rows = 0;
    }
    month.push(day);
    rows += day.figures.period.length;
  }
  await flush();
  return report;
}

async function recordMonth(
  bucket: Bucket,
  input: RecordInput,
  month: string,
  days: readonly DayFigures[],
): Promise<RecordReport> {
  const known = await openMonth(bucket, input.kpi, month);
  const newest = new Map(newestOf(known.recordings).map((recording) => [recording.asOf, recording]));
  const fresh = days
    .map((day) => ({ day, hash: figuresHash(day.figures, day.quality, input.unit) }))
    .filter(({ day, hash }) => !isRecorded(known, newest.get(day.asOf), hash));
  if (fresh.length === 0) return { days: 0, rows: 0 };
  const base = `${monthPrefix(input.kpi, month)}${input.recordedAt.replaceAll(/[-:.]/g, '')}-${input.run}`;
  const parts = await writeMembers(bucket, input.kpi, base, partsOf(input, fresh, newest));
  const totals = parts.map((part) => ({ recording: part.recording, figures: part.totals }));
  const body = encodeFigures(input.kpi, totals, 'one');
  await bucket.write(nameWithHash(base, body, TOTALS), body);
  if (known.keys.length + 1 >= MERGE_FROM) await mergeTotals(bucket, input.kpi, month, base);
  return { days: fresh.length, rows: fresh.reduce((sum, { day }) => sum + day.figures.period.length, 0) };
}

interface Part {
  readonly recording: Recording;
  readonly totals: GrowingColumns;
  readonly members: GrowingColumns;
}

/** A recording whose members are gone is none: the day is recorded anew. */
const isRecorded = (month: SnapshotMonth, recording: Recording | undefined, hash: string): boolean =>
  recording !== undefined &&
  recording.hash === hash &&
  (recording.members === null || month.members.has(recording.members.file));

function partsOf(
  { unit, run, recordedAt }: RecordInput,
  fresh: readonly { day: DayFigures; hash: string }[],
  newest: ReadonlyMap<string, Recording>,
): Part[] {
  return fresh.map(({ day, hash }) => {
    const { totals, members } = splitTotals(day.figures);
    const version = (newest.get(day.asOf)?.version ?? 0) + 1;
    const recording: Recording = {
      asOf: day.asOf,
      version,
      recordedAt,
      run,
      unit,
      quality: day.quality,
      hash,
      members: null,
    };
    return { recording, totals, members };
  });
}

/** Writes the members of all parts into one file; gives the parts with their places in it. */
async function writeMembers(
  bucket: Bucket,
  kpi: string,
  base: string,
  parts: readonly Part[],
): Promise<readonly Part[]> {
  const withMembers = parts.filter(({ members }) => members.period.length > 0);
  if (withMembers.length === 0) return parts;
  const figures = withMembers.map(({ recording, members }) => ({ recording, figures: members }));
  const body = encodeFigures(kpi, figures, 'a few recordings each');
  const key = nameWithHash(base, body, MEMBERS);
  await bucket.write(key, body);
  const file = key.split('/').at(-1) as string;
  let start = 0;
  return parts.map((part) => {
    const rows = part.members.period.length;
    if (rows === 0) return part;
    const place = { file, start, rows };
    start += rows;
    return { ...part, recording: { ...part.recording, members: place } };
  });
}

/**
 * Puts the totals of a month into one file. Nothing is lost: every recording is kept. The merged file is there before
 * the merged ones go; a death between leaves some recordings twice, which readers and the next merge see through.
 */
async function mergeTotals(bucket: Bucket, kpi: string, month: string, base: string): Promise<void> {
  const { keys, recordings }: SnapshotMonth = await openMonth(bucket, kpi, month);
  const distinct = new Map(
    recordings.map((recording) => [`${recording.asOf} ${recording.version} ${recording.hash}`, recording]),
  );
  const parts: RecordedFigures[] = [];
  for (const { file, start, rows, ...recording } of distinct.values()) {
    parts.push({ recording, figures: await file.read(start, rows) });
  }
  const body = encodeFigures(kpi, parts, 'one');
  const merged = nameWithHash(`${base}.merged`, body, TOTALS);
  await bucket.write(merged, body);
  for (const key of keys) if (key !== merged) await bucket.remove(key);
}
