import pLimit from 'p-limit';
import { readEvents } from '../../lake/alerts/events.ts';
import { readAlertHistory, readAlertReport } from '../../lake/alerts/store.ts';
import type { AlertReport } from '../../lake/catalogue/alert.ts';
import type { Catalogue } from '../../lake/catalogue/catalogue.ts';
import type { Kpi, PeriodName } from '../../lake/catalogue/kpi.ts';
import { unfedTables } from '../../lake/catalogue/kpi-needs.ts';
import { noLabels, readLabels } from '../../lake/catalogue/labels.ts';
import { type BoundRule, rulesInForce } from '../../lake/company/alert-rules.ts';
import { kpisOn, whyOff } from '../../lake/company/chosen-kpis.ts';
import { listsOn } from '../../lake/company/chosen-lists.ts';
import type { Company } from '../../lake/company/company.ts';
import { allFedTables, fedTables } from '../../lake/company/fed-tables.ts';
import type { LoadedState } from '../../lake/landing/batch.ts';
import { redefinedBy } from '../../lake/run/definitions.ts';
import { uncheckedFindings } from '../../lake/run/findings.ts';
import { type BrokenPart, type KpiRun, type Manifest, manifestKey } from '../../lake/run/manifest.ts';
import { type CheckReport, checkReportKey, type Finding } from '../../lake/snapshot/finding.ts';
import { readList } from '../../lake/snapshot/list-entries.ts';
import { readState, readStateIfSound } from '../../lake/state/file.ts';
import { addDays } from '../../lake/values/day.ts';
import type { Bucket } from '../../platform/bucket.ts';
import { type AlertSpan, alertSpans } from './alert-spans.ts';
import { alertsOf } from './alerts.ts';
import type { Day, DayList, KpiDay, SourceFreshness, UnreliableKpi } from './day.ts';
import { withMemberSketches } from './followed.ts';
import { themeByTheme } from './headlines.ts';
import { TREND_DAYS } from './kpi-day.ts';
import { readAlertPasts } from './read-alerts.ts';
import { type KpiDayInput, readKpiDay, unreadKpiDay } from './read-kpi-day.ts';
import { partsOf, type ReadPart } from './read-part.ts';

export interface DayInput {
  readonly company: Company;
  readonly catalogue: Pick<Catalogue, 'kpis' | 'tables' | 'lists'>;
  readonly asOf: string;
  /** The run whose manifest tells which KPIs failed; absent for a look at a day. */
  readonly run?: string;
  /** Figures as they were known at this instant (ISO UTC). Alerts and findings are those of the day's last run. */
  readonly knownAt?: string | undefined;
  /** The window to show first, for every KPI. */
  readonly period?: PeriodName | undefined;
  /** The window to show first, of KPIs that have it. */
  readonly prefer?: PeriodName | undefined;
  /** For a terminal: figures, alerts and findings, without trends, causes and what is usual. */
  readonly brief?: true;
}

/** KPIs read side by side. */
const AT_ONCE = 4;

/**
 * Reads everything that is told of a day: once for all readers, languages and forms. Figures are read KPI by KPI. What
 * cannot be read is left out and named under `broken`: the rest of the morning is told all the same.
 */
export async function readDay(bucket: Bucket, input: DayInput): Promise<Day> {
  const { company, catalogue, asOf } = input;
  const on = kpisOn(company, catalogue.kpis);
  const rules = rulesInForce(company, catalogue.kpis);
  const { part, broken } = partsOf();
  const around = await readAround(bucket, input, part);
  const report = around.alerts ?? null;
  const spansOf = spansByKpi(around.history, rules);
  const limit = pLimit(AT_ONCE);
  const [kpis, pasts, redefined = null] = await Promise.all([
    Promise.all(
      on.map((kpi) =>
        limit(() => kpiDay(bucket, input, kpi, spansOf(kpi), alertingPeriods(report, rules, kpi), part)),
      ),
    ),
    part('figures before alerts', () => readAlertPasts(bucket, report, rules), new Map()),
    part('definitions', async () => around.manifest && redefinedBy(bucket, around.manifest), null),
  ]);
  const lists = input.brief ? [] : await listsOf(bucket, input, on, part);
  const told = {
    ...{ company, asOf, knownAt: input.knownAt ?? null },
    ...themeByTheme(company, concerning(company, kpis)),
  };
  const sketched = input.brief ? told.kpis : await withMemberSketches(bucket, told, part);
  const all = [...(around.manifest?.broken ?? []), ...broken];
  return {
    ...{ ...told, rules, kpis: sketched, of: null },
    lists,
    unreliable: unreliableOf(company, catalogue.kpis),
    computed:
      kpis.flatMap(({ recorded }) => recorded ?? []).toSorted((a, b) => (a.at < b.at ? 1 : -1))[0] ?? null,
    ...alertsOf(report, rules, pasts),
    history: around.history,
    events: around.events,
    findings: findingsOf(company, around.checks, all),
    runs: runsOf(on, around.manifest, broken),
    redefined,
    sources: around.sources,
    labels: around.labels,
    tables: catalogue.tables,
    broken: all,
  };
}

/**
 * The KPIs that concern the company: not those of systems that it does not have, which no source feeds, of which nothing was
 * recorded and which its digest does not list.
 */
function concerning({ sources, kpis: { digest = [] } }: Company, kpis: readonly KpiDay[]): KpiDay[] {
  const fed = allFedTables(sources);
  return kpis.filter(
    ({ kpi, isMeasured }) => isMeasured || digest.includes(kpi.id) || unfedTables(kpi, fed).length === 0,
  );
}

/** One that cannot be read is told of, and keeps nothing else back. */
async function listsOf(
  bucket: Bucket,
  { company, catalogue, asOf }: DayInput,
  on: readonly Kpi[],
  part: ReadPart,
): Promise<DayList[]> {
  const wanted = listsOn(company, catalogue.lists, on);
  const read = await Promise.all(
    wanted.map(async (list) => {
      const made = await part(`list ${list.id}`, () => readList(bucket, list, asOf), undefined);
      return { list, entries: made?.entries ?? [] };
    }),
  );
  return read.filter(({ entries }) => entries.length > 0);
}

/** Those that are off for a reason, in the order of the catalogue. */
const unreliableOf = (company: Company, kpis: readonly Kpi[]): UnreliableKpi[] =>
  kpis.flatMap((kpi) => {
    const why = whyOff(company, kpi);
    return why?.kind === 'unreliable' ? [{ kpi, reason: why.reason }] : [];
  });

/** What is told beside figures. */
async function readAround(bucket: Bucket, { company, asOf, run, brief }: DayInput, part: ReadPart) {
  const from = addDays(asOf, 1 - TREND_DAYS);
  const [alerts, checks, manifest, sources, labels, history, events] = await Promise.all([
    part('alerts', () => readAlertReport(bucket, asOf), undefined),
    part('checks', () => readState<CheckReport>(bucket, checkReportKey(asOf)), undefined),
    part('run', async () => run && readState<Manifest>(bucket, manifestKey(asOf, run)), undefined),
    part('freshness', () => readFreshness(bucket, company, asOf), []),
    part('names', () => readLabels(bucket), noLabels),
    brief ? [] : part('history of alerts', () => readAlertHistory(bucket, from, asOf), []),
    part('events', () => readEvents(bucket, company, eventSpan(asOf)), []),
  ]);
  return { labels, alerts, checks, manifest: manifest || undefined, sources, history, events };
}

/** A window a year before is compared with, and a month’s chart goes to its last day. */
const eventSpan = (asOf: string) => ({ from: addDays(asOf, -2 * 366), to: addDays(asOf, 92) });

const figuresPart = (kpi: string): string => `figures of ${kpi}`;

function kpiDay(
  bucket: Bucket,
  { company, asOf, knownAt, period: asked, prefer, brief }: DayInput,
  kpi: Kpi,
  spans: readonly AlertSpan[],
  alerting: readonly PeriodName[],
  part: ReadPart,
): Promise<KpiDay> {
  const preferred = prefer && kpi.windows.includes(prefer) && !company.kpis.windows_off.includes(prefer);
  const period = asked ?? (preferred ? prefer : undefined);
  const input: KpiDayInput = { company, asOf, kpi, knownAt, period, brief, spans, alerting };
  return part(figuresPart(kpi.id), () => readKpiDay(bucket, input, part), unreadKpiDay(input));
}

/** Windows of the KPI's open alerts on a total. */
function alertingPeriods(report: AlertReport | null, rules: readonly BoundRule[], kpi: Kpi): PeriodName[] {
  const open = new Set(
    (report?.states ?? []).flatMap(({ firedOn, member, rule }) =>
      firedOn !== null && member === null ? [rule] : [],
    ),
  );
  return rules.flatMap((bound) => (bound.kpi.id === kpi.id && open.has(bound.rule.id) ? [bound.period] : []));
}

/** A rule that vigie.yaml no longer has is still known from what it told. */
function spansByKpi(
  history: readonly AlertReport[],
  rules: readonly BoundRule[],
): (kpi: Kpi) => readonly AlertSpan[] {
  const told = history.flatMap((report) => report.events.map((event) => [event.rule, event.kpi] as const));
  const kpiOf = new Map([...told, ...rules.map(({ rule, kpi }) => [rule.id, kpi.id] as const)]);
  const spans = alertSpans(history);
  return ({ id }) => spans.filter((span) => kpiOf.get(span.rule) === id);
}

/** Where the checks broke off, or what they found cannot be read, no figure passes for checked. */
function findingsOf(
  company: Company,
  checks: CheckReport | undefined,
  broken: readonly BrokenPart[],
): readonly Finding[] {
  const unchecked = broken.find(({ step, item }) => step === 'check' || item === 'checks');
  return unchecked ? uncheckedFindings(company, unchecked.problem) : (checks?.findings ?? []);
}

/** A KPI whose figures cannot be read failed, whatever became of its measuring. */
function runsOf(
  kpis: readonly Kpi[],
  manifest: Manifest | undefined,
  broken: readonly BrokenPart[],
): readonly KpiRun[] {
  const unread = new Map(broken.map(({ item, problem }) => [item, problem]));
  const failed = kpis.flatMap(({ id, version }): KpiRun[] => {
    const problem = unread.get(figuresPart(id));
    const nothing = { rows: 0, seconds: 0, bytesScanned: null, kpiVersion: version };
    return problem ? [{ kpi: id, status: 'failed', ...nothing, problem }] : [];
  });
  const ids = new Set(failed.map(({ kpi }) => kpi));
  return [...(manifest?.kpis ?? []).filter(({ kpi }) => !ids.has(kpi)), ...failed];
}

/** What is loaded, source by source, in the order of vigie.yaml. Budgets lie ahead: nothing is later than the day. */
async function readFreshness(bucket: Bucket, company: Company, asOf: string): Promise<SourceFreshness[]> {
  const states: LoadedState[] = [];
  for await (const { key } of bucket.list('state/loaded/')) {
    const state = await readStateIfSound<LoadedState>(bucket, key);
    if (state) states.push(state);
  }
  return company.sources.map((source) => {
    const dates = states
      .filter((state) => state.source === source.name)
      .flatMap((state) => state.lastDate ?? []);
    const latest = dates.toSorted().at(-1) ?? null;
    return {
      source: source.name,
      lastDate: latest !== null && latest > asOf ? asOf : latest,
      tables: fedTables(source).map(({ table }) => table),
    };
  });
}
