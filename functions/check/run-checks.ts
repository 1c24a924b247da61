import type { BrokenPart } from '../lake/catalogue/broken.ts';
import type { Check } from '../lake/catalogue/check.ts';
import type { Kpi } from '../lake/catalogue/kpi.ts';
import type { Company } from '../lake/company/company.ts';
import { failedFor, type LoadedState, loadedStateKey, type PullReport } from '../lake/landing/batch.ts';
import { refusedBy } from '../lake/run/live-company.ts';
import { readDamages } from '../lake/run/mend-state.ts';
import { type CheckReport, checkReportKey, type Finding } from '../lake/snapshot/finding.ts';
import { readFigures } from '../lake/snapshot/store.ts';
import { readStateIfSound } from '../lake/state/file.ts';
import type { Tables } from '../lake/tables/tables.ts';
import { addDays } from '../lake/values/day.ts';
import { businessDate } from '../lake/values/zone.ts';
import { writeJson } from '../platform/bucket.ts';
import { understood } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { openRedactor } from '../platform/redact/redactor.ts';
import { askChecks } from './ask-checks.ts';
import { brokenFindings } from './broken-findings.ts';
import type { CheckContext } from './context.ts';
import { damageFindings } from './damage-findings.ts';
import { deliveryFindings } from './delivery-findings.ts';
import { feedExpectations } from './expectations.ts';
import { liveFindings } from './live-findings.ts';
import { pullFindings, sunsetFindings } from './pull-findings.ts';
import { reachesOf } from './reaches.ts';

export interface CheckInput {
  readonly company: Company;
  readonly tables: Tables;
  readonly asOf: string;
  readonly run: string;
  readonly pulls: readonly PullReport[];
  /** KPIs that are on: checks that compare others rest. */
  readonly kpis: readonly Pick<Kpi, 'id'>[];
  /** Every KPI there is, on or off: what targets may be set for. Absent: targets are not compared with it. */
  readonly catalogue?: readonly Pick<Kpi, 'id' | 'dimensions'>[];
  readonly checks: readonly Check[];
  /** What of the catalogue cannot be used. A KPI tells of itself, by failing. */
  readonly broken?: readonly BrokenPart[];
}

type Needed = Pick<Platform, 'engine' | 'bucket' | 'clock' | 'log'> & Partial<Pick<Platform, 'redactor'>>;

/** Days of recorded figures that are compared with the lake. */
const RECORDED_DAYS = 8;

/**
 * Runs every check and writes the report to `checks/<as_of>.json`. A check that cannot run becomes a finding; the
 * others go on. Findings come in the order of checks, errors first.
 */
export async function runChecks(platform: Needed, input: CheckInput): Promise<CheckReport> {
  const { checks } = input;
  const context = await contextOf(platform, input, checks);
  const found = await askChecks(platform, checks, context);
  // Samples are cells of the lake, and messages hold an engine's words.
  const { redactor = openRedactor() } = platform;
  const findings = redactor.value([
    ...damageFindings(await readDamages(platform.bucket, input)),
    ...liveFindings(await refusedBy(platform.bucket, input)),
    ...context.unread,
    ...brokenFindings(input.broken ?? []),
    ...pullFindings(context),
    ...sunsetFindings(context),
    ...deliveryFindings(context),
    ...found,
  ]);
  const report = {
    asOf: input.asOf,
    run: input.run,
    findings: [...bySeverity(findings, 'error'), ...bySeverity(findings, 'warning')],
  };
  await writeJson(platform.bucket, checkReportKey(input.asOf), report);
  return report;
}

const bySeverity = (findings: readonly Finding[], severity: Finding['severity']): Finding[] =>
  findings.filter((finding) => finding.severity === severity);

export async function contextOf(
  platform: Needed,
  input: CheckInput,
  checks: readonly Check[],
): Promise<CheckContext> {
  const { company, tables, asOf, run, pulls } = input;
  const { feeds, unread } = await feedExpectations(platform, company, tables, asOf);
  const states = await Promise.all(
    feeds.map(({ source, table }) =>
      readStateIfSound<LoadedState>(platform.bucket, loadedStateKey(source, table)),
    ),
  );
  const batches = pulls.flatMap((pull) => pull.batches.filter(({ table }) => !failedFor(pull, table)));
  const looked = checks.some((check) => check.for_each === 'batch') ? batches : [];
  return {
    dialect: platform.engine.dialect,
    company,
    tables,
    asOf,
    run,
    today: businessDate(platform.clock.now(), company.company.time_zone),
    feeds,
    states: states.filter((state) => state !== undefined),
    pulls,
    batches,
    reaches: await reachesOf(platform, tables, looked),
    fed: new Set<string>(feeds.map((feed) => feed.table)),
    recorded: await recordedTotals(platform, input, checks),
    unread,
    catalogue: input.catalogue ?? [],
  };
}

async function recordedTotals({ bucket, log }: Needed, { asOf, kpis }: CheckInput, checks: readonly Check[]) {
  const on = new Set(kpis.map((kpi) => kpi.id));
  const compared = checks
    .map((check) => check.compares_kpi)
    .filter((kpi) => kpi !== undefined && on.has(kpi));
  if (compared.length === 0) return [];
  const query = {
    from: addDays(asOf, -RECORDED_DAYS),
    to: asOf,
    periods: ['day'],
    comparisons: ['current'],
    dimension: null,
  } as const;
  try {
    return await readFigures(bucket, { ...query, kpis: compared as string[] });
  } catch (error) {
    // Without recorded totals there is nothing to compare; the figures themselves are told of where they are read.
    log.error('recorded totals cannot be read', { problem: understood(error).message });
    return [];
  }
}
