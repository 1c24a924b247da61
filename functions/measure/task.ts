import type { Catalogue } from '../lake/catalogue/catalogue.ts';
import type { Kpi } from '../lake/catalogue/kpi.ts';
import { kpisOn } from '../lake/company/chosen-kpis.ts';
import type { Company } from '../lake/company/company.ts';
import { problemOf } from '../lake/landing/batch.ts';
import { findingsOfRun } from '../lake/run/findings.ts';
import type { Damage } from '../lake/run/look-at-state.ts';
import type { KpiRun } from '../lake/run/manifest.ts';
import { daysToMeasureAgain, readDamages } from '../lake/run/mend-state.ts';
import { AUDIENCES_ITEM } from '../lake/run/record.ts';
import { asOfsToMeasure, type RunRef } from '../lake/run/run.ts';
import { VigieError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { type Performed, problemLine, type Task } from '../task.ts';
import { hasAudiences, recordAudiences } from './audiences.ts';
import { renewFiguresTable } from './figures-table/renew-table.ts';
import { measureKpi } from './measure-kpi.ts';
import { type OpenList, pushAudiences } from './push/pushes.ts';
import { keepRunFacts, readRunFacts } from './run-facts.ts';
import { SharedCounts } from './shared/shared-counts.ts';
import type { Together } from './together.ts';

export interface MeasureContext {
  readonly platform: Pick<Platform, 'bucket' | 'engine' | 'clock' | 'log'>;
  readonly company: Company;
  readonly catalogue: Catalogue;
  /** Whether the stack has a table of figures for BI tools; on one machine these read the snapshots. */
  readonly hasFiguresTable?: boolean;
  /** Opens the list of a push at its vendor. */
  readonly audienceList: OpenList;
  /** Made by whoever has all KPIs of a run measured in one process. */
  readonly together?: Together;
}

/** One item a KPI that is on; the last are the audiences, where there are any, or were. */
export const measureTask: Task<MeasureContext, KpiRun | null> = {
  step: 'measure',
  async items(context, run) {
    const kpis = measured(context);
    await keepRunFacts(context.platform, run, kpis);
    const audiences = await hasAudiences(context.platform.bucket, context.company);
    return [...kpis.map((kpi) => kpi.id), ...(audiences ? [AUDIENCES_ITEM] : [])];
  },
  async perform(context, run, item) {
    if (item === AUDIENCES_ITEM) return audiencesItem(context, run);
    const shared = context.together?.sharedCounts(() => sharedOf(context, run));
    try {
      return await measureItem(context, run, item, shared);
    } finally {
      await shared?.done(item);
    }
  },
};

const measured = ({ company, catalogue }: MeasureContext): Kpi[] => kpisOn(company, catalogue.kpis);

/** What the KPIs of a run have in common; undefined where the engine keeps nothing between statements. */
function sharedOf(context: MeasureContext, run: RunRef): SharedCounts | undefined {
  const { platform, company, catalogue } = context;
  const { scratch } = platform.engine;
  if (scratch === undefined) return undefined;
  const input = { company, catalogue, kpis: measured(context), asOfs: asOfsToMeasure(run) };
  return new SharedCounts(platform, scratch, input);
}

/** They are of no figure, so they have no report of their own: what goes wrong is told among what broke off. */
async function audiencesItem(
  { platform, company, catalogue, audienceList }: MeasureContext,
  run: RunRef,
): Promise<Performed<null>> {
  const findings = await findingsOfRun(platform.bucket, run, company);
  const damages = await readDamages(platform.bucket, run);
  const lost = damages.flatMap(({ lost: table }) => (table === undefined ? [] : [table]));
  const about = { company, catalogue, run, findings, lost };
  const problems = [
    ...(await recordAudiences(platform, about)),
    ...(await pushAudiences(platform, about, audienceList)),
  ];
  const [problem] = problems;
  if (problem === undefined) return { status: 'ok', detail: 'ok', report: null };
  const detail = problems.map(problemLine).join('\n');
  return {
    status: 'failed',
    detail,
    report: null,
    problem: { ...problem, message: problems.map(({ message }) => message).join('; ') },
  };
}

async function measureItem(
  context: MeasureContext,
  run: RunRef,
  item: string,
  shared: SharedCounts | undefined,
): Promise<Performed<KpiRun>> {
  const { platform, company, catalogue } = context;
  const findings = await findingsOfRun(platform.bucket, run, company);
  const damages = await readDamages(platform.bucket, run);
  const again = daysToMeasureAgain(damages, item, run.asOf);
  const lost = damages.find(
    ({ lost: table }) => table !== undefined && catalogue.kpi(item).dependsOn.includes(table),
  );
  if (lost) throw notFromHalf(item, lost);
  const kpi = catalogue.kpi(item);
  const asOfs = [...again, ...asOfsToMeasure(run)];
  const report = await measureKpi(platform, {
    company,
    catalogue,
    ...{ kpi, asOfs },
    run: run.run,
    findings,
    shared,
    facts: await readRunFacts(platform.bucket, run),
  });
  if (report.status !== 'failed') {
    const missed = context.hasFiguresTable ? await whyNoTable(context, kpi, asOfs) : null;
    if (missed !== null) return { status: 'warning', detail: missed, report };
    return { status: 'ok', detail: report.status, report };
  }
  return { status: 'failed', detail: report.problem ? problemLine(report.problem) : 'failed', report };
}

/** Why the table for BI tools is not as new as what was recorded, which stands all the same; null where it is. Throws what may go well when it is tried again. */
async function whyNoTable(
  context: MeasureContext,
  kpi: Kpi,
  days: readonly string[],
): Promise<string | null> {
  try {
    await renewFiguresTable(context, kpi, days);
    return null;
  } catch (error) {
    if (error instanceof VigieError && error.retryable) throw error;
    return `recorded, but the table \`figures\` is not renewed: ${problemLine(problemOf(error))}`;
  }
}

/** What is left of a table that lost its rows would pass for figures that fell, and take the place of those recorded. */
const notFromHalf = (kpi: string, { message, remedy }: Damage): VigieError =>
  new VigieError(`${kpi} was not computed: ${message}`, { code: 'LAKE_LOST', hint: remedy });
