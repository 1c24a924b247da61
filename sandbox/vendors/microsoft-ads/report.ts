import { ACCOUNTS, type Spend } from '../../companies/wholesale/business/campaigns.ts';

/** The order for a report, as far as it is understood here. */
export interface ReportOrder {
  readonly Type?: string;
  readonly Format?: string;
  readonly Aggregation?: string;
  readonly ExcludeReportHeader?: boolean;
  readonly ExcludeReportFooter?: boolean;
  readonly ExcludeColumnHeaders?: boolean;
  readonly ReportName?: string;
  readonly Columns?: readonly string[];
  readonly Scope?: { readonly AccountIds?: readonly (string | number)[] };
  readonly Time?: {
    readonly PredefinedTime?: string;
    readonly CustomDateRangeStart?: ReportDate;
    readonly CustomDateRangeEnd?: ReportDate;
  };
}

interface ReportDate {
  readonly Day: number;
  readonly Month: number;
  readonly Year: number;
}

/**
 * Cells of a campaign's day. `Conversions` counts whole ones, `ConversionsQualified` fractions.
 * @see https://learn.microsoft.com/advertising/reporting-service/campaignperformancereportcolumn
 */
const COLUMNS: Readonly<Record<string, (spend: Spend) => string>> = {
  TimePeriod: ({ day }) => day.date,
  AccountId: () => ACCOUNTS.microsoft,
  AccountName: () => 'Marelune',
  CurrencyCode: () => 'EUR',
  CampaignId: ({ campaign }) => campaign.id,
  CampaignName: ({ campaign }) => campaign.name,
  CampaignStatus: () => 'Active',
  Impressions: ({ impressions }) => String(impressions),
  Clicks: ({ clicks }) => String(clicks),
  Spend: ({ cost }) => grouped(cost),
  Conversions: ({ conversions }) => String(Math.round(conversions / 100)),
  ConversionsQualified: ({ conversions }) => grouped(conversions),
  Revenue: ({ value }) => grouped(value),
  AllConversions: ({ conversions }) => String(Math.round(conversions / 100)),
  AllConversionsQualified: ({ conversions }) => grouped(conversions),
  AllRevenue: ({ value }) => grouped(value),
};

/** Decimals of a report: two places, thousands in groups. `1,234.50`. */
function grouped(hundredths: number): string {
  const whole = String(Math.floor(hundredths / 100)).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${whole}.${String(hundredths % 100).padStart(2, '0')}`;
}

export const dateOf = ({ Day, Month, Year }: ReportDate): string =>
  `${Year}-${String(Month).padStart(2, '0')}-${String(Day).padStart(2, '0')}`;

/** Why an order is refused: code, name and message of an operation error. */
export type Refusal = readonly [code: number, name: string, message: string];

/** @see https://learn.microsoft.com/advertising/guides/operation-error-codes */
export function refusalOf(order: ReportOrder, today: string): Refusal | undefined {
  const { CustomDateRangeStart: start, CustomDateRangeEnd: end, PredefinedTime } = order.Time ?? {};
  if (order.Type !== 'CampaignPerformanceReportRequest')
    return [2001, 'ReportingServiceInvalidReportType', 'The report type is not valid.'];
  const [unknown] = (order.Columns ?? []).filter((column) => COLUMNS[column] === undefined);
  if (unknown !== undefined || order.Columns === undefined)
    return [
      2009,
      'ReportingServiceInvalidColumn',
      `The column ${unknown ?? ''} is not valid for this report.`,
    ];
  if (PredefinedTime === 'Yesterday') return undefined;
  if (!start || !end || dateOf(start) > dateOf(end))
    return [2010, 'ReportingServiceInvalidCustomDateRange', 'The custom date range is not valid.'];
  // "Daily: 36 months" @see https://learn.microsoft.com/advertising/guides/report-data-retention-time-periods
  const oldest = `${Number(today.slice(0, 4)) - 3}${today.slice(4)}`;
  if (dateOf(start) < oldest)
    return [
      2015,
      'ReportingServiceInvalidTimePeriod',
      'The start of the date range is before the data that is kept.',
    ];
  return undefined;
}

/** The file: title, header, rows, an empty line and a footer, as far as they are not excluded. */
export function csvOf(order: ReportOrder, spends: readonly Spend[]): string {
  const columns = order.Columns ?? [];
  const line = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
  const title = [
    line([`Report Name: ${order.ReportName ?? ''}`]),
    line([`Report Aggregation: ${order.Aggregation ?? 'Summary'}`]),
    line(['Report Filter: ']),
    line([`Rows: ${spends.length}`]),
    '',
  ];
  return [
    ...(order.ExcludeReportHeader ? [] : title),
    ...(order.ExcludeColumnHeaders ? [] : [line(columns)]),
    ...spends.map((spend) => line(columns.map((column) => COLUMNS[column]?.(spend) ?? ''))),
    ...(order.ExcludeReportFooter ? [] : ['', line(['©2026 Microsoft Corporation. All rights reserved. '])]),
    '',
  ].join('\r\n');
}
