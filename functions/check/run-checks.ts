import pLimit from 'p-limit';
import type { BrokenPart } from '../lake/catalogue/broken.ts';
import type { Check } from '../lake/catalogue/check.ts';
import type { Kpi } from '../lake/catalogue/kpi.ts';
import type { Company } from '../lake/company/company.ts';
import {
  type Batch,
  failedFor,
  type LoadedState,
  loadedStateKey,
  type PullReport,
} from '../lake/landing/batch.ts';
import { findReach } from '../lake/landing/find-reach.ts';
import type { Reach } from '../lake/landing/months.ts';
import { refusedBy } from '../lake/run/live-company.ts';
import { readDamages } from '../lake/run/mend-state.ts';
import { type CheckReport, checkReportKey, type Finding } from '../lake/snapshot/finding.ts';
import { readFigures } from '../lake/snapshot/store.ts';
import { readStateIfSound } from '../lake/state/file.ts';
import type { Tables } from '../lake/tables/tables.ts';
import { addDays } from '../lake/values/day.ts';
import { businessDate } from '../lake/values/zone.ts';
import { writeJson } from '../platform/bucket.ts';
import { queryRows } from '../platform/engine.ts';
import { understood, type VigieError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { openRedactor } from '../platform/redact/redactor.ts';
import { brokenFindings } from './broken-findings.ts';
import type { CheckContext } from './context.ts';
import { damageFindings } from './damage-findings.ts';
import { deliveryFindings } from './delivery-findings.ts';
import { feedExpectations } from './expectations.ts';
import { findingOf } from './finding-of.ts';
import { liveFindings } from './live-findings.ts';
import { pullFindings, sunsetFindings } from './pull-findings.ts';
import { checkStatement } from './statement.ts';
import { type Subject, subjectsOf } from './subjects.ts';

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
/** Statements under way at once: hides the time that an engine far away takes to answer. */
const AT_ONCE = 4;

/**
 * Runs every check and writes the report to `checks/<as_of>.json`. A check that cannot run becomes a finding; the
 * others go on. Findings come in the order of checks, errors first.
 */
export async function runChecks(platform: Needed, input: CheckInput): Promise<CheckReport> {
  const { checks } = input;
  const context = await contextOf(platform, input, checks);
  const limit = pLimit(AT_ONCE);
  const found = await Promise.all(checks.map((check) => subjectFindings(platform, check, context, limit)));
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
    ...found.flat(),
  ]);
  const report = {
    asOf: input.asOf,
    run: input.run,
    findings: [...bySeverity(findings, 'error'), ...bySeverity(findings, 'warning')],
  };
  await writeJson(platform.bucket, checkReportKey(input.asOf), report);
  return report;
}

/** All subjects of a check; where not even those can be told, that is the finding. */
async function subjectFindings(
  platform: Needed,
  check: Check,
  context: CheckContext,
  limit: <T>(work: () => Promise<T>) => Promise<T>,
): Promise<Finding[]> {
  try {
    const subjects = subjectsOf(check, context);
    const found = subjects.map((subject) => limit(() => runCheck(platform, check, subject, context)));
    return (await Promise.all(found)).flat();
  } catch (error) {
    return [cannotRun(check, { table: check.about ?? null, source: null }, understood(error))];
  }
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

/**
 * The months in which the lake has rows of each batch's keys and scopes, wherever they are: sums are added up there, and no other
 * file is opened. Where that cannot be asked, the whole table is added up, and the check itself says what is wrong.
 */
async function reachesOf(
  { engine, log }: Needed,
  tables: Tables,
  batches: readonly Batch[],
): Promise<Map<Batch, Reach>> {
  const everything = { scopes: true, keys: true, inherits: true };
  const reachOf = async (batch: Batch): Promise<[Batch, Reach][]> => {
    const merge = { dialect: engine.dialect, table: tables.table(batch.table), batch };
    const label = `months of ${batch.table} from ${batch.source}`;
    try {
      const reach = await findReach(engine, merge, everything, label);
      return reach === undefined ? [] : [[batch, reach]];
    } catch (error) {
      const problem = understood(error).message;
      log.warn('months of a batch cannot be looked up', { table: batch.table, problem });
      return [];
    }
  };
  const limit = pLimit(AT_ONCE);
  const landed = batches.filter(({ files }) => files.length > 0);
  return new Map((await Promise.all(landed.map((batch) => limit(() => reachOf(batch))))).flat());
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

async function runCheck(
  { engine, log }: Needed,
  check: Check,
  subject: Subject,
  context: CheckContext,
): Promise<Finding[]> {
  const label = `check ${check.id}${subject.table === null ? '' : ` of ${subject.table}`}`;
  try {
    const rows = await queryRows(engine, checkStatement(check, subject, context), { label });
    return rows.map((row) => findingOf(check, subject, row));
  } catch (error) {
    const problem = understood(error);
    log.error('check failed', { check: check.id, table: subject.table, problem: problem.message });
    return [cannotRun(check, subject, problem)];
  }
}

/** Nothing is known to be wrong with the data, so no figure is held back for it. */
const cannotRun = (check: Check, subject: Pick<Subject, 'table' | 'source'>, error: VigieError): Finding => ({
  check: check.id,
  ...(check.means && { means: check.means }),
  severity: 'warning',
  table: subject.table,
  source: subject.source,
  message: `The check ${check.id} could not be run: ${error.message.split('\n')[0]}`,
  lastDate: null,
  sample: null,
  hint: error.hint ?? `Look at ${check.file}; \`vigie doctor\` tells whether the engine works.`,
});
