import { isDay } from '../../../lake/values/day.ts';
import { roundDecimal } from '../../api/decimals.ts';
import { csvRecords } from '../../api/kit/csv.ts';
import { askedDay, windowOf } from '../../api/kit/days.ts';
import { each, guardLeftOut } from '../../api/kit/left-out.ts';
import { askedAccount, currencyCode, digits } from '../../api/kit/values.ts';
import { FieldError, type RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RawPage, RowSink } from '../../api/source.ts';
import { putCampaignDay } from '../ad-spend/campaigns.ts';
import { CONVERSIONS, columnsOf } from './report.ts';
import type { Settings } from './settings.ts';

/** Title lines and the copyright are there where Microsoft writes them in spite of the request's flags. */
export const records = (page: RawPage): readonly unknown[] =>
  csvRecords(page.text, { what: 'Microsoft Advertising report', column: 'TimePeriod', isFooter });

/** `©2026 Microsoft Corporation. All rights reserved.`, alone on its line. */
const isFooter = (row: readonly string[]): boolean =>
  /^\s*(©|\(c\)|@)\s*\d{4}.*microsoft/i.test(row[0] ?? '') &&
  row.slice(1).every((cell) => cell.trim() === '');

/** A campaign's day. All cells are text; larger numbers come in groups, `1,234.56`. */
export function map(record: RecordReader, out: RowSink, context: MapContext<Settings>): void {
  const { settings, slice } = context;
  const { qualified, plain, value } = CONVERSIONS[settings.conversions];
  guardLeftOut(record, each([qualified, plain, value], 'a number'), known);
  putCampaignDay(out, 'microsoft', settings.channel, {
    account_id: record.as('AccountId', askedAccount(slice)),
    spent_on: record.as('TimePeriod', wholeDay(askedDay(windowOf(slice)))),
    campaign_id: campaignId(record),
    campaign_name: record.textOrNull('CampaignName'),
    impressions: record.as('Impressions', count),
    clicks: record.as('Clicks', count),
    cost: record.as('Spend', amount),
    conversions: record.asOrNull(qualified, amount) ?? record.as(plain, amount),
    conversion_value: record.asOrNull(value, amount),
    currency: record.as('CurrencyCode', currencyCode),
  });
}

/** A deleted campaign may have lost its number; its spend counts all the same. */
function campaignId(record: RecordReader): string {
  const name = record.textOrNull('CampaignName');
  const id = record.asOrNull('CampaignId', digits);
  if (id === null && name === null) throw record.error('CampaignId', 'is empty, and CampaignName too');
  return id ?? `deleted: ${name}`;
}

/** `2026-11-21`; `2026-11-21|09` is an hour, and would replace a day by an hour of it. */
const wholeDay =
  (day: (text: string) => string) =>
  (text: string): string => {
    if (!isDay(text)) throw new FieldError('', text, 'is not a day such as 2026-11-21');
    return day(text);
  };

const GROUPED = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/;

/** A number whose thousands may be separated by commas. Other commas are no number. */
const amount = (text: string): string => roundDecimal(GROUPED.test(text) ? text.replaceAll(',', '') : text);

function count(text: string): number {
  const number = Number(amount(text));
  if (!Number.isInteger(number) || Math.abs(number) >= 2 ** 31)
    throw new FieldError('', text, 'is not a whole number within ±2,147,483,647');
  return number;
}

export const known: readonly string[] = [
  ...new Set(
    (['conversions', 'all_conversions'] as const).flatMap((conversions) => columnsOf({ conversions })),
  ),
];
