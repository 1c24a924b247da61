import { fromMicros, roundDecimal } from '../../api/decimals.ts';
import { type RecordReader, shapeError } from '../../api/record-reader.ts';
import type { MapContext, RawPage, RowSink } from '../../api/source.ts';
import {
  askedAccount,
  askedDay,
  currencyCode,
  digits,
  putCampaignDay,
  windowOf,
} from '../ad-spend/ad-spend.ts';
import { asJson, CONVERSIONS, fieldsOf } from './query.ts';
import type { GoogleAdsSettings } from './settings.ts';

/** A chunk of a stream, or a page of a search: the same form. */
interface Chunk {
  readonly results?: unknown;
  readonly fieldMask?: unknown;
}

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
  const { results, fieldMask } = chunk as Chunk;
  if (results === undefined) {
    // An answer without rows still says what was asked; anything else is not a search's answer.
    if (!('fieldMask' in chunk || 'requestId' in chunk || Object.keys(chunk).length === 0))
      throw shapeError('Google Ads', `${place}.results`, chunk);
    return [];
  }
  if (!Array.isArray(results)) throw shapeError('Google Ads', `${place}.results`, results);
  if (typeof fieldMask !== 'string') throw shapeError('Google Ads', `${place}.fieldMask`, fieldMask);
  checkMask(fieldMask, `${place}.fieldMask`);
  return results;
}

/** Metrics that are asked for and not answered would be read as nothing. */
function checkMask(mask: string, place: string): void {
  const answered = new Set(mask.split(',').map((field) => asJson(field.trim())));
  const wanted = (conversions: GoogleAdsSettings['conversions']) => fieldsOf({ conversions }).map(asJson);
  const complete = (['conversions', 'all_conversions'] as const).some((each) =>
    wanted(each).every((field) => answered.has(field)),
  );
  if (!complete) throw shapeError('Google Ads', place, mask);
}

/**
 * A campaign's day. 64-bit numbers come as text, conversions as JSON numbers. A metric that the field mask names and
 * the row lacks is zero: that is how protobuf writes a zero (the mask is checked in `records`).
 */
export function map(record: RecordReader, out: RowSink, context: MapContext<GoogleAdsSettings>): void {
  const { settings, slice } = context;
  const conversions = CONVERSIONS[settings.conversions];
  putCampaignDay(out, 'google', settings.channel, {
    account_id: record.as('customer.id', askedAccount(slice)),
    spent_on: record.as('segments.date', askedDay(windowOf(slice))),
    campaign_id: record.as('campaign.id', digits),
    campaign_name: record.textOrNull('campaign.name'),
    impressions: record.integerOrNull('metrics.impressions') ?? 0,
    clicks: record.integerOrNull('metrics.clicks') ?? 0,
    cost: record.asOrNull('metrics.costMicros', fromMicros) ?? '0',
    conversions: record.asOrNull(conversions.count, roundDecimal) ?? '0',
    conversion_value: record.asOrNull(conversions.value, roundDecimal) ?? '0',
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
