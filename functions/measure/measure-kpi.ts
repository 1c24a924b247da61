import type { Catalogue } from '../lake/catalogue/catalogue.ts';
import type { Kpi, PeriodName } from '../lake/catalogue/kpi.ts';
import type { Company } from '../lake/company/company.ts';
import { problemOf, type ReportedProblem } from '../lake/landing/batch.ts';
import type { KpiRun } from '../lake/run/manifest.ts';
import { type FigureColumns, noFigures } from '../lake/snapshot/columns.ts';
import type { Finding } from '../lake/snapshot/finding.ts';
import { type DayFigures, recordFigures } from '../lake/snapshot/store.ts';
import { type ColumnChunk, columnChunks } from '../platform/engine.ts';
import { VigieError } from '../platform/errors.ts';
import { meteredEngine, type Spent } from '../platform/metered-engine.ts';
import type { Platform } from '../platform/platform.ts';
import { emptyTables } from './availability.ts';
import { firstDayOf } from './coverage.ts';
import { dayQualities } from './day-quality.ts';
import { type KpiResult, type MeasuredDay, readDays } from './figures.ts';
import { addForecasts, type KpiForecasts, readForecasts } from './forecast/forecast-figures.ts';
import { MembersSeen, recordMemberNames } from './labels.ts';
import { recordLists } from './lists.ts';
import type { RunFacts } from './run-facts.ts';
import type { SharedCounts } from './shared/shared-counts.ts';
import { isOutOfMemory } from './shared/slices.ts';
import { explainSqlProblem } from './sql-problem.ts';
import { type KpiStatement, kpiStatements, windowsOf } from './statement.ts';
import { addTargets, readTargets } from './targets.ts';

type Needed = Pick<Platform, 'bucket' | 'engine' | 'clock' | 'log'>;

export interface MeasureInput {
  readonly company: Company;
  readonly catalogue: Catalogue;
  readonly kpi: Kpi;
  /** As-of dates to measure, in any order; the findings are those of the latest. */
  readonly asOfs: readonly string[];
  readonly run: string;
  readonly findings: readonly Finding[];
  /** What it has in common with the other KPIs of the run, on engines that keep it. */
  readonly shared?: SharedCounts | undefined;
  /** What was asked once for all KPIs of the run. */
  readonly facts?: RunFacts | undefined;
}

/**
 * Measures one KPI for any number of days by one query, and records its figures. Never throws for what is wrong with
 * the KPI or its data: the other KPIs must go on. `unchanged`: every figure was recorded before; `unavailable`: a
 * table it counts holds nothing yet.
 */
export async function measureKpi(world: Needed, input: MeasureInput): Promise<KpiRun> {
  const { kpi } = input;
  const { engine, spent } = meteredEngine(world.engine);
  const platform: Needed = { bucket: world.bucket, engine, clock: world.clock, log: world.log };
  const run = (status: KpiRun['status'], rows: number, problem?: ReportedProblem): KpiRun => ({
    kpi: kpi.id,
    status,
    rows,
    ...costOf(spent()),
    kpiVersion: kpi.version,
    ...(problem && { problem }),
  });
  try {
    if (kpi.problem) throw kpi.problem;
    const hindrance = await whyUnavailable(platform, input);
    if (hindrance) return run('unavailable', 0, hindrance);
    const members = new MembersSeen(kpi);
    const days = measuredDays(platform, input, members);
    const facts = {
      kpi: kpi.id,
      unit: kpi.unit,
      run: input.run,
      recordedAt: platform.clock.now().toISOString(),
    };
    const report = await recordFigures(platform.bucket, { ...facts, days });
    await recordMemberNames(platform, kpi, members);
    await recordLists(platform, { ...input, kpi: kpi.id, asOf: newestOf(input.asOfs) });
    return run(report.days === 0 ? 'unchanged' : 'ok', report.rows);
  } catch (error) {
    const problem = problemOf(error);
    platform.log.error('kpi failed', { kpi: kpi.id, code: problem.code, message: problem.message });
    return run('failed', 0, problem);
  }
}

/** Lists are to be acted on today: earlier days need none. */
const newestOf = (asOfs: readonly string[]): string => asOfs.toSorted().at(-1) as string;

/** The figures of one day as they would be recorded now, or why there are none. Nothing is recorded. Throws what is wrong with the KPI. */
export async function figuresOfDay(
  platform: Needed,
  input: Omit<MeasureInput, 'asOfs' | 'run'> & { readonly asOf: string },
): Promise<{ readonly figures: FigureColumns } | { readonly unavailable: ReportedProblem }> {
  const all = { ...input, asOfs: [input.asOf], run: '' };
  const unavailable = await whyUnavailable(platform, all);
  if (unavailable) return { unavailable };
  for await (const { figures } of measuredDays(platform, all, new MembersSeen(input.kpi))) return { figures };
  return { figures: noFigures() };
}

/**
 * What the lake has of one day now: current, previous and last year, without targets and forecasts. For a KPI that was cut
 * (`cutKpi`), whose figures nobody recorded. Throws what is wrong with the KPI, and TABLE_EMPTY.
 */
export async function countedNow(
  platform: Needed,
  input: Pick<MeasureInput, 'company' | 'catalogue' | 'kpi'> & { readonly asOf: string },
): Promise<FigureColumns> {
  const all = { ...input, asOfs: [input.asOf], run: '', findings: [] };
  const unavailable = await whyUnavailable(platform, all);
  if (unavailable) throw new VigieError(unavailable.message, unavailable);
  for await (const { figures } of queriedDays(platform, all, all.asOfs)) return figures;
  return noFigures();
}

async function whyUnavailable(
  platform: Needed,
  { kpi, company, facts }: MeasureInput,
): Promise<ReportedProblem | undefined> {
  if (windowsOf(kpi, company.kpis.windows_off).length === 0) {
    return {
      code: 'NO_WINDOW',
      message: `every window of ${kpi.id} is switched off`,
      hint: 'See kpis.windows_off in vigie.yaml.',
    };
  }
  const empty = await emptyTables(platform.engine, kpi, facts);
  if (empty.length === 0) return undefined;
  const hint = `Add a feed for ${empty.join(' and ')}, or list ${kpi.id} under kpis.off.`;
  return {
    code: 'TABLE_EMPTY',
    message: `${kpi.id} needs ${empty.join(', ')}, of which nothing was ever loaded`,
    hint,
  };
}

async function* measuredDays(
  platform: Needed,
  input: MeasureInput,
  members: MembersSeen,
): AsyncGenerator<DayFigures> {
  const { company, kpi } = input;
  const asOfs = [...new Set(input.asOfs)].sort();
  const windows: PeriodName[] = windowsOf(kpi, company.kpis.windows_off);
  const qualities = await dayQualities(platform.bucket, kpi, asOfs, input.findings, input.facts?.checks);
  const targets = await readTargets(platform.engine, kpi, input.facts?.targets);
  const forecasts = await forecastsOf(platform, input, asOfs, windows);
  for await (const { asOf, figures } of queriedDays(platform, input, asOfs)) {
    const quality = qualities.get(asOf) ?? 'ok';
    addTargets(kpi, windows, company.company, asOf, targets, figures);
    // A day whose data is late would pass for one on which nothing was done.
    if (quality !== 'stale') addForecasts(forecasts, asOf, figures);
    members.add(figures);
    yield { asOf, quality, figures };
  }
}

/** A figure that is known is not lost to a forecast that could not be made: the log says why there is none. */
async function forecastsOf(
  { engine, log }: Needed,
  { kpi, catalogue, company, shared }: MeasureInput,
  asOfs: readonly string[],
  windows: readonly PeriodName[],
): Promise<KpiForecasts | null> {
  try {
    const own = { kpi, catalogue, company: company.company };
    const facts = {
      ...own,
      sharedViews: shared?.views,
      countedDays: shared && ((each: Kpi) => shared.days(each)),
    };
    return await readForecasts(engine, facts, asOfs, windows);
  } catch (error) {
    log.warn('forecast left out', { kpi: kpi.id, ...problemOf(error) });
    return null;
  }
}

/** The days' figures; by a query for each of the parts in which all that the KPI counts is kept. */
async function* queriedDays(
  platform: Needed,
  input: MeasureInput,
  days: readonly string[],
): AsyncGenerator<MeasuredDay> {
  const parts = (await input.shared?.partsOf(input.kpi, days)) ?? [days];
  for (const part of parts) yield* queriedPart(platform, input, part);
}

/**
 * The days' figures by one query; by one for each half of the days where the engine’s memory does not hold them all:
 * a back-fill then takes longer instead of failing.
 */
async function* queriedPart(
  platform: Needed,
  input: MeasureInput,
  days: readonly string[],
): AsyncGenerator<MeasuredDay> {
  const { company, catalogue, kpi } = input;
  const windowsOff = company.kpis.windows_off;
  const dataFrom = await firstDayOf(platform.bucket, company, kpi, catalogue.tables);
  const { dialect } = platform.engine;
  const counted = await input.shared?.of(kpi, days);
  const own = { dialect, catalogue, kpi, company: company.company, windowsOff, dataFrom };
  const keptViews = await input.shared?.views.of({ ...own, asOfs: days });
  const facts = { ...own, ...(counted && { counted }), ...(keptViews && { keptViews }) };
  const statements = kpiStatements({ ...facts, asOfs: days });
  if (statements.length === 0) for (const asOf of days) yield { asOf, figures: noFigures() };
  for (const statement of statements) {
    const { asOfs } = statement;
    let begun = false;
    try {
      const result = await runStatement(platform, statement, input);
      for await (const day of readDays(kpi, windowsOf(kpi, windowsOff), asOfs, result)) {
        begun = true;
        yield day;
      }
    } catch (error) {
      if (begun || asOfs.length === 1 || !isOutOfMemory(error)) throw error;
      const half = Math.ceil(asOfs.length / 2);
      platform.log.warn('kpi out of memory: asked in halves', { kpi: kpi.id, days: asOfs.length });
      for (const part of [asOfs.slice(0, half), asOfs.slice(half)]) yield* queriedPart(platform, input, part);
    }
  }
}

/** Runs a statement; what the engine complains of, at once or while rows come, is told in the author's lines. */
async function runStatement(
  platform: Needed,
  statement: KpiStatement,
  { kpi, catalogue }: MeasureInput,
): Promise<KpiResult> {
  const explained = (error: unknown): unknown => {
    if (error instanceof VigieError && error.code !== 'SQL_FAILED') return error;
    return explainSqlProblem(error, statement, kpi, catalogue);
  };
  const failing = (error: unknown): never => {
    throw explained(error);
  };
  const result = await platform.engine.query(statement.sql, { label: `kpi ${kpi.id}` }).catch(failing);
  async function* chunks(): AsyncGenerator<ColumnChunk> {
    const source = columnChunks(result);
    try {
      for (;;) {
        const next = await source.next().catch(failing);
        if (next.done) return;
        yield next.value;
      }
    } finally {
      await source.return(undefined);
    }
  }
  return { columns: result.columns, chunks: chunks() };
}

const costOf = ({ usd, ...spent }: Spent): Pick<KpiRun, 'seconds' | 'bytesScanned' | 'usd'> => ({
  ...spent,
  ...(usd === null ? {} : { usd }),
});
