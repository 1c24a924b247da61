import type { DayWindow } from '../../api/kit/days.ts';
import type { Settings } from './settings.ts';

/** Columns of counts and value by setting. `…Qualified` are decimals, and empty where there was nothing to qualify: then the plain column holds. */
export const CONVERSIONS = {
  conversions: { qualified: 'ConversionsQualified', plain: 'Conversions', value: 'Revenue' },
  all_conversions: { qualified: 'AllConversionsQualified', plain: 'AllConversions', value: 'AllRevenue' },
} as const;

/** Columns of the report. Whatever is not a figure here splits the rows, so there are none but these. */
export function columnsOf({ conversions }: Pick<Settings, 'conversions'>): readonly string[] {
  const { qualified, plain, value } = CONVERSIONS[conversions];
  return [
    ...['TimePeriod', 'AccountId', 'CurrencyCode', 'CampaignId', 'CampaignName'],
    ...['Impressions', 'Clicks', 'Spend', plain, qualified, value],
  ];
}

/**
 * The report's description. Title and footer are left out by its flags, and so is every filter: campaigns that were
 * deleted keep their past. `ReturnOnlyCompleteData` would refuse today's and sometimes yesterday's figures altogether.
 * https://learn.microsoft.com/advertising/reporting-service/campaignperformancereportrequest
 */
export const reportRequest = (settings: Settings, account: string, days: DayWindow | 'Yesterday') => ({
  ReportRequest: {
    Type: 'CampaignPerformanceReportRequest',
    ReportName: 'Vigie',
    Format: 'Csv',
    FormatVersion: '2.0',
    ExcludeColumnHeaders: false,
    ExcludeReportHeader: true,
    ExcludeReportFooter: true,
    ReturnOnlyCompleteData: false,
    Aggregation: 'Daily',
    Columns: columnsOf(settings),
    Scope: { AccountIds: [account] },
    Time: {
      ...(days === 'Yesterday' ? { PredefinedTime: days } : rangeOf(days)),
      ...(settings.report_time_zone === undefined ? {} : { ReportTimeZone: settings.report_time_zone }),
    },
  },
});

const rangeOf = ({ from, to }: DayWindow) => ({
  CustomDateRangeStart: dateOf(from),
  CustomDateRangeEnd: dateOf(to),
});

const dateOf = (day: string) => ({
  Day: Number(day.slice(8, 10)),
  Month: Number(day.slice(5, 7)),
  Year: Number(day.slice(0, 4)),
});
