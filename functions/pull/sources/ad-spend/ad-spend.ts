import { datesBetween } from '../../../lake/company/calendar.ts';
import type { CanonicalRow } from '../../../lake/landing/writer.ts';
import { sumDecimals } from '../../api/decimals.ts';
import { FieldError, type RecordReader } from '../../api/record-reader.ts';
import type { EmptyScope, RawPage, RowSink, Slice } from '../../api/source.ts';
import { isoDay } from '../../api/values.ts';
import type { VendorAnswer } from '../../api/vendor.ts';

/** What the four ad platforms have in common: one canonical table, one row a campaign and day. */

/** What a platform reports of a campaign on a day, canonical. */
export interface CampaignDay {
  readonly account_id: string;
  /** The account's day. */
  readonly spent_on: string;
  readonly campaign_id: string;
  readonly campaign_name: string | null;
  readonly impressions: number;
  readonly clicks: number;
  /** Decimals in the account's currency. */
  readonly cost: string;
  readonly conversions: string;
  readonly conversion_value: string | null;
  readonly currency: string;
}

export type AdPlatform = 'google' | 'microsoft' | 'linkedin' | 'meta';

/** Hands a campaign's day over. */
export const putCampaignDay = (
  out: RowSink,
  platform: AdPlatform,
  channel: string,
  figures: CampaignDay,
): void => out.row('ad_spend', { platform, channel, ...figures });

/** Every day of a slice, each to be replaced as a whole: a day of which the platform reports nothing is emptied. */
export function dayScopes(platform: AdPlatform, slice: Slice): readonly EmptyScope[] {
  const { from, to } = windowOf(slice);
  return datesBetween(from, to).map((day) => {
    const scope: CanonicalRow = { platform, account_id: slice.partition, spent_on: day };
    return { table: 'ad_spend', scope };
  });
}

/** First and last day, both included. */
export interface DayWindow {
  readonly from: string;
  readonly to: string;
}

/** The days a slice stands for. */
export function windowOf({ from, to, entity }: Slice): DayWindow {
  if (from === null || to === null) throw new Error(`the slice of ${entity} has no days`);
  return { from, to };
}

/** A day that was asked for. One outside would replace a day of which the rest was not read. */
export const askedDay =
  ({ from, to }: DayWindow) =>
  (text: string): string => {
    const day = isoDay(text);
    if (day < from || day > to)
      throw new FieldError('', text, `is not within the days asked for, ${from} to ${to}`);
    return day;
  };

/** The account that was asked for. */
export const askedAccount =
  ({ partition }: Slice) =>
  (text: string): string => {
    if (text !== partition) throw new FieldError('', text, `is not the account asked for, ${partition}`);
    return text;
  };

/** ISO 4217. */
export function currencyCode(text: string): string {
  if (!/^[A-Z]{3}$/.test(text)) throw new FieldError('', text, 'is not an ISO 4217 code such as EUR');
  return text;
}

/** An id: digits. Platforms count in 64 bits, so it stays text. */
export function digits(text: string): string {
  if (!/^\d{1,20}$/.test(text)) throw new FieldError('', text, 'is not an id of digits');
  return text;
}

/** An exact sum of decimals; what is wrong with it is told of the field. */
export function sumOf(record: RecordReader, field: string, texts: readonly string[]): string {
  try {
    return sumDecimals(texts);
  } catch (error) {
    if (error instanceof FieldError) throw record.error(field, error.reason);
    throw error;
  }
}

/** An answer in JSON as the page to be archived and mapped. */
export function jsonPage(answer: VendorAnswer, facts: Readonly<Record<string, string>> = {}): RawPage {
  return { request: answer.request, format: 'json', text: answer.text, json: () => answer.json(), facts };
}
