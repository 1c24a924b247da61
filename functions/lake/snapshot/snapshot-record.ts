import type { Bucket } from '../../platform/bucket.ts';
import type { Quality } from '../finding.ts';
import { type FigureColumns, figuresHash, type GrowingColumns, splitTotals } from './snapshot-columns.ts';
import { encodeFigures, type RecordedFigures, type Recording } from './snapshot-file.ts';
import { MEMBERS, monthPrefix, newestOf, openMonth, type SnapshotMonth, TOTALS } from './snapshot-month.ts';

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
    .filter(({ day, hash }) => newest.get(day.asOf)?.hash !== hash);
  if (fresh.length === 0) return { days: 0, rows: 0 };
  const file = await freeName(bucket, monthPrefix(input.kpi, month), input);
  const parts = placed(input, fresh, newest, file);
  const members = parts.filter(({ recording }) => recording.members !== null);
  if (members.length > 0) {
    const body = encodeFigures(
      input.kpi,
      members.map((part) => ({ recording: part.recording, figures: part.members })),
      'a few recordings each',
    );
    await bucket.write(`${file}${MEMBERS}`, body);
  }
  const totals = parts.map((part) => ({ recording: part.recording, figures: part.totals }));
  await bucket.write(`${file}${TOTALS}`, encodeFigures(input.kpi, totals, 'one'));
  if (known.keys.length + 1 >= MERGE_FROM) await mergeTotals(bucket, input.kpi, month, file);
  return { days: fresh.length, rows: fresh.reduce((sum, { day }) => sum + day.figures.period.length, 0) };
}

/** Two recordings of one run in the same instant (a frozen clock) must not overwrite one another. */
async function freeName(bucket: Bucket, prefix: string, { recordedAt, run }: RecordInput): Promise<string> {
  const base = `${prefix}${recordedAt.replaceAll(/[-:.]/g, '')}-${run}`;
  for (let attempt = 1; ; attempt += 1) {
    const name = attempt === 1 ? base : `${base}.${attempt}`;
    if (!(await bucket.exists(`${name}${TOTALS}`))) return name;
  }
}

interface Part {
  readonly recording: Recording;
  readonly totals: GrowingColumns;
  readonly members: GrowingColumns;
}

function placed(
  { unit, run, recordedAt }: RecordInput,
  fresh: readonly { day: DayFigures; hash: string }[],
  newest: ReadonlyMap<string, Recording>,
  file: string,
): Part[] {
  let start = 0;
  return fresh.map(({ day, hash }) => {
    const { totals, members } = splitTotals(day.figures);
    const rows = members.period.length;
    const place = rows === 0 ? null : { file: `${file.split('/').at(-1)}${MEMBERS}`, start, rows };
    start += rows;
    const version = (newest.get(day.asOf)?.version ?? 0) + 1;
    const recording: Recording = {
      asOf: day.asOf,
      version,
      recordedAt,
      run,
      unit,
      quality: day.quality,
      hash,
      members: place,
    };
    return { recording, totals, members };
  });
}

/**
 * Puts the totals of a month into one file. Nothing is lost: every recording is kept. The merged file is there before
 * the merged ones go; a death between leaves some recordings twice, which readers and the next merge see through.
 */
async function mergeTotals(bucket: Bucket, kpi: string, month: string, newestFile: string): Promise<void> {
  const { keys, recordings }: SnapshotMonth = await openMonth(bucket, kpi, month);
  const distinct = new Map(
    recordings.map((recording) => [`${recording.asOf} ${recording.version} ${recording.hash}`, recording]),
  );
  const parts: RecordedFigures[] = [];
  for (const { file, start, rows, ...recording } of distinct.values()) {
    parts.push({ recording, figures: await file.read(start, rows) });
  }
  await bucket.write(`${newestFile}.merged${TOTALS}`, encodeFigures(kpi, parts, 'one'));
  for (const key of keys) await bucket.remove(key);
}
