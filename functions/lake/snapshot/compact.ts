import type { Bucket } from '../../platform/bucket.ts';
import type { GrowingColumns } from './columns.ts';
import { encodeFigures } from './encode.ts';
import type { RecordedFigures, Recording, SnapshotFile } from './file.ts';
import {
  MEMBERS,
  monthPrefix,
  nameWithHash,
  openMonth,
  openSnapshot,
  type PlacedRecording,
  type SnapshotMonth,
  TOTALS,
} from './month.ts';

/** What compacted files are called: they are not compacted again. */
const COMPACTED = 'compacted';
/** Rows of members in a file: memory stays the same however often a month was restated. */
const MOST_ROWS = 50_000;

/**
 * Puts what is recorded of a KPI and month into one file of totals, and as few of members as hold them; where no more than
 * `few` files were added since, it is left as it is. Every recording is kept, each with its instant: figures as they were known then stay known. The new files
 * are there before the old ones go, totals before members; killed anywhere, readers see each recording, and the next
 * call ends with the same files. Nobody may record figures of the month meanwhile.
 */
export async function compactMonth(bucket: Bucket, kpi: string, month: string, few = 0): Promise<boolean> {
  const prefix = monthPrefix(kpi, month);
  const names: string[] = [];
  for await (const { key } of bucket.list(prefix)) names.push(key.slice(prefix.length));
  if (names.filter((name) => !name.startsWith(COMPACTED)).length <= few) return false;
  const opened = await openMonth(bucket, kpi, month);
  const parts: RecordedFigures[] = [];
  const kept = new Set<string>();
  for (const some of portions(distinct(opened))) {
    for (const part of await writeMembers(bucket, kpi, opened, some)) {
      if (part.recording.members) kept.add(part.recording.members.file);
      parts.push(part);
    }
  }
  if (parts.length > 0) {
    const body = encodeFigures(kpi, parts, 'one');
    const totals = nameWithHash(`${prefix}${COMPACTED}`, body, TOTALS);
    await bucket.write(totals, body);
    kept.add(totals.slice(prefix.length));
  }
  for (const ending of [TOTALS, MEMBERS])
    for (const name of names)
      if (name.endsWith(ending) && !kept.has(name)) await bucket.remove(`${prefix}${name}`);
  return true;
}

/** A recording that a killed call left in two files is one. */
const distinct = ({ recordings }: SnapshotMonth): PlacedRecording[] =>
  [...new Map(recordings.map((each) => [`${each.asOf} ${each.version} ${each.hash}`, each])).entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, recording]) => recording);

function portions(recordings: readonly PlacedRecording[]): PlacedRecording[][] {
  const all: PlacedRecording[][] = [];
  let rows = Number.POSITIVE_INFINITY;
  for (const recording of recordings) {
    if (rows > MOST_ROWS) {
      all.push([]);
      rows = 0;
    }
    all.at(-1)?.push(recording);
    rows += recording.members?.rows ?? 0;
  }
  return all;
}

interface Members {
  readonly recording: Recording;
  readonly figures: GrowingColumns;
}

/** Writes the members of some recordings into one file; gives their totals, with the members' new places. */
async function writeMembers(
  bucket: Bucket,
  kpi: string,
  { prefix, members: there }: SnapshotMonth,
  recordings: readonly PlacedRecording[],
): Promise<RecordedFigures[]> {
  const files = new Map<string, SnapshotFile>();
  const members: Members[] = [];
  const totals: RecordedFigures[] = [];
  for (const { file, start, rows, ...recording } of recordings) {
    totals.push({ recording, figures: await file.read(start, rows) });
    const place = recording.members;
    // Members that are lost stay lost: a run that measures the day records it anew.
    if (place === null || !there.has(place.file)) continue;
    const opened = files.get(place.file) ?? (await openSnapshot(bucket, `${prefix}${place.file}`));
    files.set(place.file, opened);
    members.push({ recording, figures: await opened.read(place.start, place.rows) });
  }
  if (members.length === 0) return totals;
  const body = encodeFigures(kpi, members, 'a few recordings each');
  const key = nameWithHash(`${prefix}${COMPACTED}`, body, MEMBERS);
  await bucket.write(key, body);
  return placed(totals, members, key.slice(prefix.length));
}

function placed(
  totals: readonly RecordedFigures[],
  members: readonly Members[],
  file: string,
): RecordedFigures[] {
  const places = new Map<Recording, NonNullable<Recording['members']>>();
  let start = 0;
  for (const { recording, figures } of members) {
    const rows = figures.period.length;
    places.set(recording, { file, start, rows });
    start += rows;
  }
  return totals.map(({ recording, figures }) => ({
    recording: { ...recording, members: places.get(recording) ?? recording.members },
    figures,
  }));
}
