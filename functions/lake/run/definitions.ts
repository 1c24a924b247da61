import type { Bucket } from '../../platform/bucket.ts';
import { readStateIfSound } from '../state/file.ts';
import { addDays } from '../values/day.ts';
import { type KpiRun, type Manifest, manifestKey } from './manifest.ts';

/** By which definitions the figures of a day were computed last. */
export interface Definitions {
  /** Version of Vigie of the newest run that measured the day. */
  readonly vigie: string;
  /** Versions of the KPIs that have figures of the day, by id (`Kpi.version`). */
  readonly kpis: ReadonlyMap<string, string>;
}

/**
 * The definitions by which a day was measured: those of the runs for that day, and of other runs (a back-fill, whose
 * record lies at its last day), the newest one of each KPI. Undefined where no record of them is left.
 */
export async function definitionsOf(
  bucket: Bucket,
  asOf: string,
  recordedBy: readonly string[] = [],
): Promise<Definitions | undefined> {
  const keys = new Set(recordedBy.map((run) => manifestKey(run.slice(0, asOf.length), run)));
  for await (const { key } of bucket.list(`runs/${asOf}/`)) keys.add(key);
  const read = await Promise.all([...keys].map((key) => readStateIfSound<Manifest>(bucket, key)));
  const manifests = read
    .filter((manifest) => manifest !== undefined)
    .filter(({ kpis }) => kpis.some(hasMeasured))
    .toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  const newest = manifests.at(-1);
  if (newest === undefined) return undefined;
  const versions = manifests.flatMap(({ kpis }) =>
    kpis.filter(hasMeasured).map(({ kpi, kpiVersion }) => [kpi, kpiVersion] as const),
  );
  return { vigie: newest.version, kpis: new Map(versions) };
}

const hasMeasured = ({ status }: KpiRun): boolean => status === 'ok' || status === 'unchanged';

/** KPIs that a run measured by other definitions than the day before it. */
export interface Redefined {
  /** Ids, ascending; at least one. */
  readonly kpis: readonly string[];
  /** The day that was measured by the definitions of before, and by which Vigie. */
  readonly before: { readonly asOf: string; readonly vigie: string };
  /** The Vigie of this run. */
  readonly vigie: string;
}

/** How far back a day before is looked for: as far as a daily run measures anew. */
const LOOK_BACK_DAYS = 35;

/**
 * What a run measured otherwise than the last day before it was measured. Null where nothing changed, or where no day of
 * the weeks before is known. The day after, nothing has changed: so it is told once.
 */
export async function redefinedBy(
  bucket: Bucket,
  { from, version: vigie, kpis }: Pick<Manifest, 'from' | 'version' | 'kpis'>,
): Promise<Redefined | null> {
  for (let back = 1; back <= LOOK_BACK_DAYS; back += 1) {
    const asOf = addDays(from, -back);
    const known = await definitionsOf(bucket, asOf);
    if (known === undefined) continue;
    const changed = kpis
      .filter(hasMeasured)
      .filter(({ kpi, kpiVersion }) => (known.kpis.get(kpi) ?? kpiVersion) !== kpiVersion)
      .map(({ kpi }) => kpi);
    if (changed.length === 0) return null;
    return { kpis: changed.toSorted(), before: { asOf, vigie: known.vigie }, vigie };
  }
  return null;
}
