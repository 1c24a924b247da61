import { type Bucket, writeJson } from '../../platform/bucket.ts';
import { readStateIfSound } from '../state/file.ts';
import type { Kpi } from './kpi.ts';

/**
 * Names of members that are ids: customer 100001 is "Brückner Reifen". Keys, snapshots and commands stay with the id;
 * people are shown the name. A name is somebody's data: it may hold anything, and who shows it escapes it.
 */
export interface Labels {
  /** The name of a member; undefined where none is known. */
  name(dimension: string, member: string): string | undefined;
  /** Whether several members of the dimension have the member's name: it then needs its id beside it. */
  isShared(dimension: string, member: string): boolean;
}

/** A name and when it was first seen (ISO UTC): of two, the one seen later counts. */
interface Label {
  readonly name: string;
  readonly since: string;
}

/** dimension → member → label: the names of one KPI's members. */
type LabelFile = Readonly<Record<string, Readonly<Record<string, Label>>>>;

/** KPIs are measured side by side: each writes a file of its own. */
const labelsKey = (kpi: string): string => `labels/${kpi}.json`;

/** Dimensions and members may be called `__proto__`: their names are looked up in maps alone. */
export type MemberNames = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Adds names to those of a KPI (a damaged file is made anew); true when it wrote. A name that did not change is not written again. */
export async function recordLabels(
  bucket: Bucket,
  kpi: Pick<Kpi, 'id'>,
  names: MemberNames,
  seenAt: string,
): Promise<boolean> {
  const before = fileToMaps(await readStateIfSound<LabelFile>(bucket, labelsKey(kpi.id)));
  let changed = false;
  for (const [dimension, members] of names) {
    const known = before.get(dimension) ?? new Map<string, Label>();
    before.set(dimension, known);
    for (const [member, name] of members) {
      if (known.get(member)?.name === name) continue;
      known.set(member, { name, since: seenAt });
      changed = true;
    }
  }
  if (changed) await writeJson(bucket, labelsKey(kpi.id), mapsToFile(before));
  return changed;
}

/** All names known; of several KPIs' names of a member, the one seen last. */
export async function readLabels(bucket: Bucket): Promise<Labels> {
  const latest = new Map<string, Map<string, Label>>();
  for await (const { key } of bucket.list('labels/')) {
    for (const [dimension, members] of fileToMaps(await readStateIfSound<LabelFile>(bucket, key))) {
      const known = latest.get(dimension) ?? new Map<string, Label>();
      latest.set(dimension, known);
      for (const [member, label] of members) if (isLater(label, known.get(member))) known.set(member, label);
    }
  }
  return labelsOf(mapValues(latest, (members) => mapValues(members, (label) => label.name)));
}

/** These names as labels. */
export function labelsOf(names: MemberNames): Labels {
  const holders = mapValues(names, (members) => {
    const count = new Map<string, number>();
    for (const name of members.values()) count.set(name, (count.get(name) ?? 0) + 1);
    return count;
  });
  const name = (dimension: string, member: string): string | undefined => names.get(dimension)?.get(member);
  return {
    name,
    isShared: (dimension, member) => (holders.get(dimension)?.get(name(dimension, member) ?? '') ?? 0) > 1,
  };
}

/** For where nobody knows any. */
export const noLabels: Labels = labelsOf(new Map());

/** `Brückner Reifen (100001)`, for where the id is needed to go on; the member itself where it has no name. */
export function labelWithId(labels: Labels, dimension: string | null | undefined, member: string): string {
  const name = dimension == null ? undefined : labels.name(dimension, member);
  return name === undefined || name === member ? member : `${name} (${member})`;
}

const isLater = (one: Label, other: Label | undefined): boolean =>
  other === undefined || one.since > other.since || (one.since === other.since && one.name > other.name);

function mapValues<T, U>(map: ReadonlyMap<string, T>, change: (value: T) => U): Map<string, U> {
  return new Map([...map].map(([key, value]) => [key, change(value)]));
}

const fileToMaps = (file: LabelFile | undefined): Map<string, Map<string, Label>> =>
  new Map(
    Object.entries(file ?? {}).map(([dimension, members]) => [dimension, new Map(Object.entries(members))]),
  );

/** In order of name, so that the same labels are the same bytes. */
const mapsToFile = (maps: ReadonlyMap<string, ReadonlyMap<string, Label>>): LabelFile =>
  inOrder(mapValues(maps, inOrder));

const inOrder = <T>(map: ReadonlyMap<string, T>): Record<string, T> =>
  Object.fromEntries([...map].toSorted(([a], [b]) => (a < b ? -1 : 1)));
