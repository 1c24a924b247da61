import type { Bucket } from '../../platform/bucket.ts';
import { readStateIfSound } from '../state/file.ts';
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
