import { roundDecimal, sumDecimals } from '../../api/decimals.ts';
import { askedDay, windowOf } from '../../api/kit/days.ts';
import { recordsIn } from '../../api/kit/envelope.ts';
import { each, guardLeftOut } from '../../api/kit/left-out.ts';
import { named } from '../../api/named.ts';
import { FieldError, type RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RawPage, RowSink } from '../../api/source.ts';
import { putCampaignDay } from '../ad-spend/campaigns.ts';
import { CAMPAIGNS, COST, fieldsOf } from './fields.ts';
import type { Settings } from './settings.ts';

export const records = (page: RawPage): readonly unknown[] =>
  recordsIn('LinkedIn adAnalytics', page.json(), 'elements');

/**
 * A campaign's day. The cost must be there; counts that LinkedIn leaves out are zero. Names and currency come as facts
 * of the page: the report has neither.
 */
export function map(record: RecordReader, out: RowSink, context: MapContext<Settings>): void {
  const { settings, slice, page } = context;
  const counts = ['impressions', 'clicks', ...settings.conversions, 'conversionValueInLocalCurrency'];
  guardLeftOut(record, each(counts, 'a number'), known);
  const id = campaignId(record, settings);
  putCampaignDay(out, 'linkedin', settings.channel, {
    account_id: slice.partition,
    spent_on: day(record, askedDay(windowOf(slice))),
    campaign_id: id,
    campaign_name: page.facts[`name:${id}`] ?? null,
    impressions: record.integerOrNull('impressions') ?? 0,
    clicks: record.integerOrNull('clicks') ?? 0,
    cost: record.as(COST[settings.cost], roundDecimal),
    conversions: named(record, settings.conversions.join(' + '), () =>
      sumDecimals(settings.conversions.map((field) => record.asOrNull(field, roundDecimal) ?? '0')),
    ),
    conversion_value:
      settings.cost === 'usd'
        ? null
        : (record.asOrNull('conversionValueInLocalCurrency', roundDecimal) ?? '0'),
    currency: settings.cost === 'usd' ? 'USD' : accountCurrency(page),
  });
}

/** From the account, which was asked for beside the report. */
function accountCurrency({ facts: { currency } }: RawPage): string {
  if (currency === undefined || !/^[A-Z]{3}$/.test(currency))
    throw new FieldError('currency of the account', currency, 'is not an ISO 4217 code such as EUR');
  return currency;
}

/** `urn:li:sponsoredCampaignGroup:628311904` of the one pivot. */
function campaignId(record: RecordReader, settings: Settings): string {
  const values = record.value('pivotValues');
  const [urn] = Array.isArray(values) && values.length === 1 ? (values as unknown[]) : [];
  const kind = CAMPAIGNS[settings.campaigns].urn;
  const id = typeof urn === 'string' ? new RegExp(`^urn:li:${kind}:(\\d+)$`).exec(urn)?.[1] : undefined;
  if (id === undefined) throw record.error('pivotValues', `is not one urn:li:${kind}:<number>`);
  return id;
}

/** The day (UTC) that begins and ends the range. */
function day(record: RecordReader, asked: (text: string) => string): string {
  const [start, end] = (['start', 'end'] as const).map((side) => dateOf(record.record(`dateRange.${side}`)));
  if (start !== end) throw record.error('dateRange', 'is not a single day');
  try {
    return asked(start ?? '');
  } catch (error) {
    if (error instanceof FieldError) throw record.error('dateRange.start', error.reason);
    throw error;
  }
}

const dateOf = (date: RecordReader): string =>
  [date.integer('year'), date.integer('month'), date.integer('day')]
    .map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0'))
    .join('-');

export const known: readonly string[] = [
  ...new Set(
    (['account', 'usd'] as const).flatMap((cost) =>
      fieldsOf({
        cost,
        conversions: [
          'externalWebsiteConversions',
          'externalWebsitePostClickConversions',
          'externalWebsitePostViewConversions',
          'oneClickLeads',
          'qualifiedLeads',
        ],
      }),
    ),
  ),
];
