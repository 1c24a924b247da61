import type { AlertReport } from '../lake/alerts/alert.ts';
import { type BoundRule, rulesInForce } from '../lake/alerts/alert-rules.ts';
import { latestAlertReport, readCommands, writeAlertReport } from '../lake/alerts/alert-store.ts';
import { addDays } from '../lake/calendar.ts';
import type { Company } from '../lake/company/company.ts';
import type { FigureKind, Kpi } from '../lake/kpis/kpi.ts';
import type { SnapshotRow } from '../lake/snapshot/snapshot.ts';
import { readFigures } from '../lake/snapshot/snapshot-store.ts';
import type { Bucket } from '../platform/bucket.ts';
import type { Platform } from '../platform/platform.ts';
import { indexFigures } from './figures.ts';
import { decide } from './policy.ts';

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

/** Judges a day: `judgeDays` for one. */
export async function judge(platform: Needed, { asOf, ...input }: JudgeInput): Promise<AlertReport> {
  const [report] = await judgeDays(platform, { ...input, asOfs: [asOf] });
  return report as AlertReport;
}

/**
 * Judges days in order, each from the states that the newest day before it left, and keeps a report of each at
 * `alerts/state/<as_of>.json`. Judging a day again starts from the same states and so gives the same report. The
 * snapshot is read once for all days.
 */
export async function judgeDays(platform: Needed, input: JudgeDaysInput): Promise<AlertReport[]> {
  const { bucket, log } = platform;
  const asOfs = [...new Set(input.asOfs)].sort();
  const [first, last] = [asOfs[0], asOfs.at(-1)];
  if (first === undefined || last === undefined) return [];
  const rules = rulesInForce(input.company, input.catalogue.kpis);
  const figures = indexFigures(await figuresOf(bucket, rules, first, last));
  const commands = await readCommands(bucket);
  let earlier = (await latestAlertReport(bucket, first))?.states ?? [];
  const reports: AlertReport[] = [];
  for (const asOf of asOfs) {
    const { closed } = input.company.company;
    const decision = decide({ rules, figures, earlier, commands, asOf, closed });
    const report: AlertReport = { asOf, run: input.run, ...decision };
    await writeAlertReport(bucket, report);
    reports.push(report);
    earlier = decision.states;
  }
  const told = reports.flatMap((report) => report.events);
  log.info('alerts judged', { days: reports.length, rules: rules.length, events: told.length });
  return reports;
}

/** What the rules look at: totals of their KPIs, and the dimensions they name, back to the first day of any history. */
async function figuresOf(
  bucket: Bucket,
  rules: readonly BoundRule[],
  first: string,
  last: string,
): Promise<SnapshotRow[]> {
  const places = new Map<string, { kpi: string; dimension: string | null; rules: BoundRule[] }>();
  for (const bound of rules) {
    for (const dimension of new Set([null, bound.rule.dimension ?? null])) {
      const key = `${bound.kpi.id} ${dimension}`;
      const place = places.get(key) ?? { kpi: bound.kpi.id, dimension, rules: [] };
      place.rules.push(bound);
      places.set(key, place);
    }
  }
  const parts = await Promise.all(
    [...places.values()].map(({ kpi, dimension, rules: ofPlace }) =>
      readFigures(bucket, {
        kpis: [kpi],
        dimension,
        from: addDays(first, -7 * Math.max(...ofPlace.map(weeksBack))),
        to: last,
        periods: [...new Set(ofPlace.map((bound) => bound.period))],
        comparisons: [...new Set(ofPlace.flatMap(comparisonsOf))],
      }),
    ),
  );
  return parts.flat();
}

const weeksBack = ({ rule }: BoundRule): number => (rule.kind === 'anomaly' ? rule.weeks : 0);

function comparisonsOf({ rule }: BoundRule): FigureKind[] {
  if (rule.kind === 'change') return ['current', rule.against];
  return rule.kind === 'target_gap' ? ['current', 'target'] : ['current'];
}
