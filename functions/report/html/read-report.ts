import pLimit from 'p-limit';
import { type AlertReport, alertReportKey } from '../../lake/catalogue/alert.ts';
import type { Catalogue } from '../../lake/catalogue/catalogue.ts';
import type { Kpi, PeriodName } from '../../lake/catalogue/kpi.ts';
import { addDays } from '../../lake/company/calendar.ts';
import type { Company } from '../../lake/company/company.ts';
import { readChange } from '../../lake/drivers/read-change.ts';
import type { BrokenPart } from '../../lake/run/manifest.ts';
import type { SnapshotRow } from '../../lake/snapshot/snapshot.ts';
import { readFigures } from '../../lake/snapshot/store.ts';
import { readStateIfSound } from '../../lake/state/file.ts';
import type { Bucket } from '../../platform/bucket.ts';
import { type Causes, causesKey, explainedFirst } from '../content/causes.ts';
import { chooseKpis, shownPeriod } from '../content/choose-kpis.ts';
import type { MailData } from '../content/mail-data.ts';
import { partsOf, readMailData } from '../read-mail-data.ts';
import { NOISE_DAYS } from '../read-noise.ts';
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
export async function readReport(
  bucket: Bucket,
  input: ReportInput,
): Promise<{ readonly data: ReportData; readonly broken: readonly BrokenPart[] }> {
  const mail = await readMailData(bucket, input);
  const { part, broken } = partsOf();
  const from = addDays(input.asOf, 1 - TREND_DAYS);
  const history = await part('history of alerts', () => readAlertHistory(bucket, from, input.asOf), []);
  const kpiOf = kpiOfRules(history, mail.rules);
  const spans = alertSpans(history);
  const causes = new Map(mail.causes);
  const sheets: Sheet[] = [];
  for (const kpi of mail.kpis) {
    const mine = spans.filter((span) => kpiOf.get(span.rule) === kpi.id);
    const read = await part(`figures of ${kpi.id}`, () => readSheet(bucket, input, kpi, mine), null);
    const { sheet, cause } = read ?? emptySheet(input, kpi);
    sheets.push(sheet);
    if (cause) causes.set(causesKey(kpi.id, sheet.period), cause);
  }
  const all = [...mail.broken, ...broken];
  return { data: { mail: { ...mail, causes, broken: all }, ...headlinesFirst(mail, sheets) }, broken };
}

/** Of a KPI whose figures cannot be read: its definition. */
function emptySheet({ company, asOf }: ReportInput, kpi: Kpi): SheetAndCause {
  const windows = kpi.windows.filter((window) => !company.kpis.windows_off.includes(window));
  const period = shownPeriod(kpi, company);
  const facts = { kpi, asOf, windows, period, figures: [], history: [], spans: [] };
  return { sheet: buildSheet(facts), cause: null };
}

interface SheetAndCause {
  readonly sheet: Sheet;
  readonly cause: Causes | null;
}

async function readSheet(
  bucket: Bucket,
  { company, asOf }: ReportInput,
  kpi: Kpi,
  spans: readonly AlertSpan[],
): Promise<SheetAndCause> {
  const figures = await readFigures(bucket, { kpis: [kpi.id], from: asOf, to: asOf });
  const history = await readFigures(bucket, {
    kpis: [kpi.id],
    from: addDays(asOf, 1 - TREND_DAYS),
    to: asOf,
    comparisons: ['current', 'last_year', 'target'],
    dimension: null,
  });
  const before = await readFigures(bucket, {
    kpis: [kpi.id],
    from: addDays(asOf, -NOISE_DAYS),
    to: addDays(asOf, -1),
    comparisons: ['previous'],
    dimension: null,
  });
  const windows = kpi.windows.filter((window) => !company.kpis.windows_off.includes(window));
  const period = shownPeriod(kpi, company);
  const sheet = buildSheet({ kpi, asOf, windows, period, figures, history: [...history, ...before], spans });
  return { sheet, cause: await causeOf(bucket, { company, asOf, kpi, period, figures }) };
}

interface Shown {
  readonly company: Company;
  readonly asOf: string;
  readonly kpi: Kpi;
  readonly period: PeriodName;
  readonly figures: readonly SnapshotRow[];
}

/** What moved a figure in the window shown first, against the comparison that says most; null for a late one. */
async function causeOf(
  bucket: Bucket,
  { company, asOf, kpi, period, figures }: Shown,
): Promise<Causes | null> {
  if (figures[0]?.quality === 'stale') return null;
  const totals = figures.filter((row) => row.period === period && row.dimension === null);
  const against = explainedFirst(period).find((kind) =>
    totals.some((row) => row.comparison === kind && row.numerator !== null),
  );
  if (against === undefined) return null;
  return { against, explanation: await readChange(bucket, company.company, kpi, { asOf, period, against }) };
}

/** The alert reports of a span of days, ascending. */
async function readAlertHistory(bucket: Bucket, from: string, to: string): Promise<AlertReport[]> {
  const keys: string[] = [];
  for await (const { key } of bucket.list(alertReportKey('').replace('.json', ''))) {
    if (key >= alertReportKey(from) && key <= alertReportKey(to)) keys.push(key);
  }
  const limit = pLimit(8);
  const reports = await Promise.all(
    keys.map((key) => limit(() => readStateIfSound<AlertReport>(bucket, key))),
  );
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
