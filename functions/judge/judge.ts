import { readCommands } from '../lake/alerts/commands.ts';
import { latestAlertReport, writeAlertReport } from '../lake/alerts/store.ts';
import type { AlertReport } from '../lake/catalogue/alert.ts';
import { kindOf } from '../lake/catalogue/alert-kinds/kinds.ts';
import type { FigureKind, Kpi, PeriodName } from '../lake/catalogue/kpi.ts';
import { type BoundRule, rulesInForce } from '../lake/company/alert-rules.ts';
import type { Company } from '../lake/company/company.ts';
import { problemOf, type ReportedProblem } from '../lake/landing/batch.ts';
import type { SnapshotRow } from '../lake/snapshot/snapshot.ts';
import { readFigures } from '../lake/snapshot/store.ts';
import { addDays } from '../lake/values/day.ts';
import type { Bucket } from '../platform/bucket.ts';
import type { Platform } from '../platform/platform.ts';
import { asksUsual } from './budget.ts';
import { indexFigures } from './figures.ts';
import { decide, type RuleFailure } from './policy.ts';
import { asksDays } from './usual.ts';

type Needed = Pick<Platform, 'bucket' | 'log'>;

export interface JudgeInput {
  readonly company: Company;
  readonly catalogue: { readonly kpis: readonly Kpi[] };
  readonly asOf: string;
  readonly run: string;
}

export interface JudgeDaysInput extends Omit<JudgeInput, 'asOf'> {
  readonly asOfs: readonly string[];
}

/** What judging some days gave. */
export interface Judged {
  readonly reports: readonly AlertReport[];
  /** Rules that could not be judged, once each. */
  readonly failures: readonly RuleFailure[];
}

/** Judges a day: `judgeDays` for one. */
export async function judge(platform: Needed, { asOf, ...input }: JudgeInput): Promise<AlertReport> {
  const { reports } = await judgeDays(platform, { ...input, asOfs: [asOf] });
  return reports[0] as AlertReport;
}

/**
 * Judges days in order, each from the states that the newest day before it left, and keeps a report of each at
 * `alerts/state/<as_of>.json`. Judging a day again starts from the same states and so gives the same report. The
 * snapshot is read once for all days. A rule that cannot be judged keeps the states it had.
 */
export async function judgeDays(platform: Needed, input: JudgeDaysInput): Promise<Judged> {
  const { bucket, log } = platform;
  const asOfs = [...new Set(input.asOfs)].sort();
  const [first, last] = [asOfs[0], asOfs.at(-1)];
  if (first === undefined || last === undefined) return { reports: [], failures: [] };
  const rules = rulesInForce(input.company, input.catalogue.kpis);
  const read = await figuresOf(bucket, rules, first, last);
  const figures = indexFigures(read.rows);
  const judgeable = rules.filter(({ rule }) => !read.failures.has(rule.id));
  const failures = new Map(read.failures);
  const commands = await readCommands(bucket);
  let earlier = (await latestAlertReport(bucket, first))?.states ?? [];
  const reports: AlertReport[] = [];
  for (const [index, asOf] of asOfs.entries()) {
    const { closed, fiscal_year_starts: fiscalYearStarts } = input.company.company;
    if (index > 0 && asOfs[index - 1] !== addDays(asOf, -1))
      earlier = (await latestAlertReport(bucket, asOf))?.states ?? [];
    const decision = decide({
      ...{ rules: judgeable, figures, earlier, commands, asOf, closed, fiscalYearStarts },
      mostUnusual: input.company.alerts.unusual_a_day,
    });
    for (const { rule, problem } of decision.failures) failures.set(rule, problem);
    const kept = earlier.filter(({ rule }) => read.failures.has(rule));
    const { events, heldBack } = decision;
    const states = [...decision.states, ...kept];
    const held = heldBack.length > 0 ? { heldBack } : {};
    const report: AlertReport = { asOf, run: input.run, states, events, ...held };
    await writeAlertReport(bucket, report);
    reports.push(report);
    earlier = report.states;
  }
  const told = reports.flatMap((report) => report.events);
  const held = reports.flatMap((report) => report.heldBack ?? []).length;
  log.info('alerts judged', { days: reports.length, rules: rules.length, events: told.length, held });
  return { reports, failures: [...failures].map(([rule, problem]) => ({ rule, problem })) };
}

interface FiguresRead {
  readonly rows: readonly SnapshotRow[];
  /** Rules whose figures cannot be read. */
  readonly failures: ReadonlyMap<string, ReportedProblem>;
}

/** What the rules look at: totals of their KPIs, and the dimensions they name, back to the first day of any history. */
async function figuresOf(
  bucket: Bucket,
  rules: readonly BoundRule[],
  first: string,
  last: string,
): Promise<FiguresRead> {
  const failures = new Map<string, ReportedProblem>();
  const parts = await Promise.all(
    placesOf(rules).map(async ({ kpi, dimension, rules: ofPlace }) => {
      try {
        return await readFigures(bucket, {
          kpis: [kpi],
          dimension,
          from: addDays(first, -Math.max(...ofPlace.map(historyOf))),
          to: last,
          periods: [...new Set(ofPlace.flatMap(periodsOf))],
          comparisons: [...new Set(ofPlace.flatMap(comparisonsOf))],
        });
      } catch (error) {
        for (const { rule } of ofPlace) failures.set(rule.id, problemOf(error));
        return [];
      }
    }),
  );
  return { rows: parts.flat(), failures };
}

interface Place {
  readonly kpi: string;
  readonly dimension: string | null;
  readonly rules: BoundRule[];
}

function placesOf(rules: readonly BoundRule[]): Place[] {
  const places = new Map<string, Place>();
  for (const bound of rules) {
    for (const dimension of new Set([null, bound.rule.dimension ?? null])) {
      const key = `${bound.kpi.id} ${dimension}`;
      const place = places.get(key) ?? { kpi: bound.kpi.id, dimension, rules: [] };
      place.rules.push(bound);
      places.set(key, place);
    }
  }
  return [...places.values()];
}

const historyOf = ({ rule }: BoundRule): number => kindOf(rule).history(rule);

const periodsOf = (bound: BoundRule): PeriodName[] =>
  asksUsual(bound) && asksDays(bound) ? [bound.period, 'day'] : [bound.period];

const comparisonsOf = ({ rule }: BoundRule): FigureKind[] => ['current', ...kindOf(rule).figures(rule)];
