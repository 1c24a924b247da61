import pLimit from 'p-limit';
import { type AlertReport, alertReportKey } from '../../lake/alert.ts';
import { rulesInForce } from '../../lake/alert-rules.ts';
import { addDays } from '../../lake/calendar.ts';
import type { Catalogue } from '../../lake/catalogue.ts';
import type { Company } from '../../lake/company.ts';
import { type CheckReport, checkReportKey } from '../../lake/finding.ts';
import type { Kpi } from '../../lake/kpi.ts';
import { readFigures } from '../../lake/snapshot-store.ts';
import { type Bucket, readJson } from '../../platform/bucket.ts';
import { chooseKpis, shownPeriod } from '../content/choose-kpis.ts';
import type { MailData } from '../content/mail-data.ts';
import { type AlertSpan, alertSpans } from './alert-spans.ts';
import { buildSheet, TREND_DAYS } from './build-sheet.ts';
import type { ReportData } from './edition.ts';
import type { Sheet } from './sheet.ts';

export interface ReportInput {
  readonly company: Company;
  readonly catalogue: Catalogue;
  readonly asOf: string;
}

/** Reads everything the report shows. Figures are read KPI by KPI, so that memory does not grow with their number. */
export async function readReport(bucket: Bucket, input: ReportInput): Promise<ReportData> {
  const { company, catalogue, asOf } = input;
  const kpis = catalogue.kpis.filter((kpi) => !company.kpis.off.includes(kpi.id));
  const history = await readAlertHistory(bucket, addDays(asOf, 1 - TREND_DAYS), asOf);
  const rules = rulesInForce(company, kpis);
  const kpiOf = kpiOfRules(history, rules);
  const spans = alertSpans(history);
  const totals: MailData['totals'][number][] = [];
  const sheets: Sheet[] = [];
  for (const kpi of kpis) {
    const mine = spans.filter((span) => kpiOf.get(span.rule) === kpi.id);
    const { sheet, today } = await readSheet(bucket, input, kpi, mine);
    sheets.push(sheet);
    totals.push(...today);
  }
  const checks = await readJson<CheckReport>(bucket, checkReportKey(asOf));
  const mail: MailData = {
    ...{ company, asOf, kpis, totals, rules, runs: [], freshness: [], causes: new Map() },
    alerts: history.find((report) => report.asOf === asOf) ?? null,
    findings: checks?.findings ?? [],
  };
  return { mail, ...headlinesFirst(mail, sheets) };
}

async function readSheet(
  bucket: Bucket,
  { company, asOf }: ReportInput,
  kpi: Kpi,
  spans: readonly AlertSpan[],
) {
  const figures = await readFigures(bucket, { kpis: [kpi.id], from: asOf, to: asOf });
  const history = await readFigures(bucket, {
    kpis: [kpi.id],
    from: addDays(asOf, 1 - TREND_DAYS),
    to: asOf,
    comparisons: ['current', 'last_year', 'target'],
    dimension: null,
  });
  const windows = kpi.windows.filter((window) => !company.kpis.windows_off.includes(window));
  const sheet = buildSheet({
    kpi,
    asOf,
    windows,
    period: shownPeriod(kpi, company),
    figures,
    history,
    spans,
  });
  return { sheet, today: figures.filter((row) => row.dimension === null) };
}

/** The alert reports of a span of days, ascending. */
async function readAlertHistory(bucket: Bucket, from: string, to: string): Promise<AlertReport[]> {
  const keys: string[] = [];
  for await (const { key } of bucket.list(alertReportKey('').replace('.json', ''))) {
    if (key >= alertReportKey(from) && key <= alertReportKey(to)) keys.push(key);
  }
  const limit = pLimit(8);
  const reports = await Promise.all(keys.map((key) => limit(() => readJson<AlertReport>(bucket, key))));
  return reports.filter((report) => report !== undefined);
}

/** A rule that vigie.yaml no longer has is still known from what it told. */
function kpiOfRules(history: readonly AlertReport[], rules: MailData['rules']): Map<string, string> {
  const told = history.flatMap((report) => report.events.map((event) => [event.rule, event.kpi] as const));
  return new Map([...told, ...rules.map(({ rule, kpi }) => [rule.id, kpi.id] as const)]);
}

/** Headline figures in the order of the digest, then the others by name as the catalogue has them. */
function headlinesFirst(mail: MailData, sheets: readonly Sheet[]): Pick<ReportData, 'sheets' | 'headlines'> {
  const chosen = chooseKpis(mail).map((kpi) => kpi.id);
  const headlines = chosen.flatMap((id) => sheets.find((sheet) => sheet.kpi.id === id) ?? []);
  const others = sheets.filter((sheet) => !chosen.includes(sheet.kpi.id));
  return { sheets: [...headlines, ...others], headlines: headlines.length };
}
