import type { StepName } from '../../pipeline.ts';
import { type Bucket, writeJson } from '../../platform/bucket.ts';
import { type AlertReport, isOver } from '../catalogue/alert.ts';
import { type LoadReport, type PullReport, problemOf, type ReportedProblem } from '../landing/batch.ts';
import type { CheckReport } from '../snapshot/finding.ts';
import { isDamage, readState } from '../state/file.ts';
import { type BrokenPart, type KpiRun, type MailRun, type Manifest, manifestKey } from './manifest.ts';
import type { RunRef } from './run.ts';
import { version } from './version.ts';

/**
 * What each step of a run has done, item by item:
 *
 *     work/<run>/<step>/_items.json      the stage's items, in order
 *     work/<run>/<step>/<item>.json      what came of one
 *
 * The manifest (`runs/<as_of>/<run>.json`) is made from them. They are for the run itself and can go after some weeks.
 */
export interface ItemOutcome {
  /** `unfinished`: the same item has to be done once more, it goes on where it stopped. */
  readonly status: 'ok' | 'warning' | 'failed' | 'unfinished';
  /** One line for each thing to tell. */
  readonly detail: string;
  /** Why there is no report, where there is none. */
  readonly problem?: ReportedProblem;
}

export interface ItemRecord extends ItemOutcome {
  readonly item: string;
  /** What the step reports of it: a `PullReport`, `LoadReport` … by step. Null where it broke off. */
  readonly report: unknown;
}

/** The item of the stage that measures that is no KPI: no KPI is called so. */
export const AUDIENCES_ITEM = 'company/audiences';

const folder = (run: RunRef, step: StepName): string => `work/${run.run}/${step}/`;
const recordKey = (run: RunRef, step: StepName, item: string): string =>
  `${folder(run, step)}${encodeURIComponent(item)}.json`;
const itemsKey = (run: RunRef, step: StepName): string => `${folder(run, step)}_items.json`;

export const writeItems = (
  bucket: Bucket,
  run: RunRef,
  step: StepName,
  items: readonly string[],
): Promise<void> => writeJson(bucket, itemsKey(run, step), items);

/** The items of a stage, in order; undefined while the stage has not begun. */
export const readItems = (
  bucket: Bucket,
  run: RunRef,
  step: StepName,
): Promise<readonly string[] | undefined> =>
  readState<readonly string[]>(bucket, itemsKey(run, step)).catch((error: unknown) => {
    if (isDamage(error)) return itemsByRecords(bucket, run, step);
    throw error;
  });

/** The items of which there is a record. */
async function itemsByRecords(bucket: Bucket, run: RunRef, step: StepName): Promise<readonly string[]> {
  const items: string[] = [];
  for await (const { key } of bucket.list(folder(run, step))) {
    const name = key.slice(folder(run, step).length, -'.json'.length);
    if (!name.startsWith('_')) items.push(decodeURIComponent(name));
  }
  return items;
}

export const writeRecord = (bucket: Bucket, run: RunRef, step: StepName, record: ItemRecord): Promise<void> =>
  writeJson(bucket, recordKey(run, step, record.item), record);

/** What came of an item; one whose record is damaged counts as broken off. */
export const readRecord = (
  bucket: Bucket,
  run: RunRef,
  step: StepName,
  item: string,
): Promise<ItemRecord | undefined> =>
  readState<ItemRecord>(bucket, recordKey(run, step, item)).catch((error: unknown) => {
    if (!isDamage(error)) throw error;
    return {
      item,
      status: 'failed',
      detail: error.message,
      report: null,
      problem: problemOf(error),
    } as const;
  });

/** The records of a stage, in the order of its items; undefined while the stage has not begun. */
export async function readStage(
  bucket: Bucket,
  run: RunRef,
  step: StepName,
): Promise<readonly ItemRecord[] | undefined> {
  const items = await readItems(bucket, run, step);
  if (!items) return undefined;
  const records = await Promise.all(items.map((item) => readRecord(bucket, run, step, item)));
  return records.filter((record) => record !== undefined);
}

/** What was pulled of each source. A source that broke off is there too, as failed. */
export async function readPulls(bucket: Bucket, run: RunRef): Promise<PullReport[]> {
  const [pulls, loads] = await Promise.all([readStage(bucket, run, 'pull'), readStage(bucket, run, 'load')]);
  return afterLoading((pulls ?? []).map(pullOf), loads ?? []);
}

function pullOf({ item, report, problem }: ItemRecord): PullReport {
  const pulled = report as PullReport | null;
  if (problem === undefined && pulled !== null) return pulled;
  return {
    source: item,
    status: 'failed',
    batches: pulled?.batches ?? [],
    problem: problem ?? { code: 'BROKEN_OFF', message: 'it broke off before it could report' },
  };
}

/** A source of which a batch could not be loaded counts as failed for that table, which keeps what it had. */
function afterLoading(pulls: readonly PullReport[], loads: readonly ItemRecord[]): PullReport[] {
  const broken = loads.flatMap(({ item, problem }) => {
    const [source, table] = item.split('/');
    return problem && table !== undefined ? [{ source, table, problem }] : [];
  });
  // The stage as a whole: no batch was loaded.
  const all = loads.find(({ item }) => item === 'load')?.problem;
  return pulls.map((pull) => {
    const lost = all ? pull.batches.map(({ table }) => ({ table, problem: all })) : [];
    const own = [...broken.filter(({ source }) => source === pull.source), ...lost];
    const [first] = own;
    if (first === undefined) return pull;
    const earlier = pull.status === 'failed' ? pull.failed : [];
    const failed = earlier && [...earlier, ...own.map(({ table, problem }) => ({ table, problem }))];
    return { ...pull, status: 'failed', problem: pull.problem ?? first.problem, ...(failed && { failed }) };
  });
}

const reportsOf = <Report>(records: readonly ItemRecord[] | undefined): Report[] =>
  (records ?? []).flatMap(({ report }) => (report === null ? [] : [report as Report]));

/** The record of the run so far. Written before each stage and at the end, so that a dead run can be read. */
export async function saveManifest(
  bucket: Bucket,
  run: RunRef,
  finishedAt: string | null,
): Promise<Manifest> {
  const [pulls, loads, checks, kpis, alerts, mails] = await Promise.all([
    readPulls(bucket, run),
    readStage(bucket, run, 'load'),
    readStage(bucket, run, 'check'),
    readStage(bucket, run, 'measure'),
    readStage(bucket, run, 'judge'),
    readStage(bucket, run, 'report'),
  ]);
  const manifest: Manifest = {
    run: run.run,
    asOf: run.asOf,
    from: run.from,
    startedAt: run.startedAt,
    finishedAt,
    version,
    pulls,
    loads: reportsOf<LoadReport>(loads),
    checks: reportsOf<CheckReport>(checks).map(countFindings).at(-1) ?? null,
    kpis: (kpis ?? []).filter(({ item }) => item !== AUDIENCES_ITEM).map(kpiOf),
    alerts: reportsOf<AlertReport>(alerts).map(countAlerts).at(-1) ?? null,
    mails: reportsOf<readonly MailRun[]>(mails).flat(),
    broken: [
      ...brokenIn(
        'load',
        (loads ?? []).filter(({ item }) => item === 'load'),
      ),
      ...brokenIn('check', checks),
      ...brokenIn(
        'measure',
        (kpis ?? []).filter(({ item }) => item === AUDIENCES_ITEM),
      ),
      ...brokenIn('judge', alerts),
      ...brokenIn('report', mails),
    ],
  };
  await writeJson(bucket, manifestKey(run.asOf, run.run), manifest);
  return manifest;
}

/** What has no report of its own to tell of it. */
const brokenIn = (step: StepName, records: readonly ItemRecord[] | undefined): BrokenPart[] =>
  (records ?? []).flatMap(({ item, problem }) => (problem === undefined ? [] : [{ step, item, problem }]));

/** A KPI whose measuring broke off has no report of its own: it is told as failed. */
const kpiOf = ({ item, report, problem }: ItemRecord): KpiRun =>
  problem === undefined && report !== null
    ? (report as KpiRun)
    : {
        kpi: item,
        status: 'failed',
        rows: 0,
        seconds: 0,
        bytesScanned: null,
        kpiVersion: '',
        problem: problem ?? { code: 'BROKEN_OFF', message: 'it broke off before it could report' },
      };

function countFindings({ findings }: CheckReport): { readonly errors: number; readonly warnings: number } {
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  return { errors, warnings: findings.length - errors };
}

function countAlerts({ states, events }: AlertReport): NonNullable<Manifest['alerts']> {
  return {
    firing: states.filter((alert) => alert.firedOn !== null).length,
    opened: events.filter((event) => event.kind === 'opened').length,
    resolved: events.filter((event) => isOver(event.kind)).length,
  };
}
