import { fromMicros, roundDecimal } from '../../api/decimals.ts';
import { askedDay, windowOf } from '../../api/kit/days.ts';
import { askedAccount, currencyCode, digits } from '../../api/kit/values.ts';
import { type RecordReader, shapeError } from '../../api/record-reader.ts';
import type { MapContext, RawPage, RowSink } from '../../api/source.ts';
import { putCampaignDay } from '../ad-spend/campaigns.ts';
import { asJson, CONVERSIONS, fieldsOf } from './query.ts';
import type { Settings } from './settings.ts';

/** What a chunk may hold beside its rows. */
const AROUND_ROWS = [
  ...['fieldMask', 'requestId', 'queryResourceConsumption', 'summaryRow', 'metricAttributes'],
  ...['nextPageToken', 'totalResultsCount'],
];

/** A stream is a list of chunks, a page of a search one chunk; one without rows has no `results`. */
export function records(page: RawPage): readonly unknown[] {
  const body = page.json();
  const chunks: readonly unknown[] = Array.isArray(body) ? body : [body];
  return chunks.flatMap((chunk, index) => rowsOf(chunk, `[${index}]`));
}

function rowsOf(chunk: unknown, place: string): readonly unknown[] {
  if (typeof chunk !== 'object' || chunk === null || Array.isArray(chunk))
    throw shapeError('Google Ads', place, chunk);
  if ('error' in chunk) throw shapeError('Google Ads', `${place}.error`, chunk.error);
  const { results } = chunk as { readonly results?: unknown };
  if (Array.isArray(results)) return results as readonly unknown[];
  // An answer without rows holds what surrounds them; with anything else in it, it may be the rows under a new name.
  const isEmpty = results === undefined && Object.keys(chunk).every((key) => AROUND_ROWS.includes(key));
  if (!isEmpty) throw shapeError('Google Ads', `${place}.results`, results ?? chunk);
  return [];
}

/** A campaign's day. 64-bit numbers come as text, conversions as JSON numbers; what is asked for is there, zeros included. */
export function map(record: RecordReader, out: RowSink, context: MapContext<Settings>): void {
  const { settings, slice } = context;
  const conversions = CONVERSIONS[settings.conversions];
  putCampaignDay(out, 'google', settings.channel, {
    account_id: record.as('customer.id', askedAccount(slice)),
    spent_on: record.as('segments.date', askedDay(windowOf(slice))),
    campaign_id: record.as('campaign.id', digits),
    campaign_name: record.text('campaign.name'),
    impressions: record.integer('metrics.impressions'),
    clicks: record.integer('metrics.clicks'),
    cost: record.as('metrics.costMicros', fromMicros),
    conversions: record.as(conversions.count, roundDecimal),
    conversion_value: record.as(conversions.value, roundDecimal),
    currency: record.as('customer.currencyCode', currencyCode),
  });
}

/** Fields of a record that the mapping knows, or has no use for. */
export const known: readonly string[] = [
  ...new Set(
    (['conversions', 'all_conversions'] as const).flatMap((conversions) =>
      fieldsOf({ conversions }).map(asJson),
    ),
  ),
  'customer.resourceName',
  'campaign.resourceName',
];
