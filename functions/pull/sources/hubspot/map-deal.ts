import type { CanonicalRow } from '../../../lake/landing/writer.ts';
import { roundDecimal } from '../../api/decimals.ts';
import { requireThere } from '../../api/kit/there.ts';
import { currencyCode, digits } from '../../api/kit/values.ts';
import { own } from '../../api/own.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { dayIn, isoInstant } from '../../api/values.ts';
import { checkAsked, historyOf } from './history.ts';
import { dealWanted } from './properties.ts';
import type { Settings } from './settings.ts';

/** A deal with the stages it was in, what it was worth and who competes for it. */
export function mapDeal(record: RecordReader, out: RowSink, context: MapContext<Settings>): void {
  const { settings, timeZone } = context;
  const id = record.as('id', digits);
  checkAsked(record, dealWanted(settings));
  const status = statusOf(record);
  const created = record.as('properties.createdate', isoInstant);
  const currency = currencyOf(record, context);
  const reason = status === 'lost' ? textAt(record, settings.deal.lost_reason) : null;
  mergedAway(record, id, created, currency, out);
  const closes = record.asOrNull('properties.closedate', (text) => dayIn(isoInstant(text), timeZone));
  out.row('deals', {
    ...{ deal_id: id, created_at: created, created_on: dayIn(created, timeZone), status },
    // HubSpot has one date for both: when it should close, and when it did.
    closed_on: status === 'open' ? null : closes,
    expected_on: status === 'open' ? closes : null,
    pipeline: record.textOrNull('properties.pipeline'),
    owner_id: record.textOrNull('properties.hubspot_owner_id'),
    ...{ lead_id: leadOf(record), lost_reason: reason, ...placeOf(record, settings) },
    amount: record.asOrNull('properties.amount', roundDecimal),
    contribution:
      settings.deal.contribution === undefined
        ? null
        : record.asOrNull(`properties.${settings.deal.contribution}`, roundDecimal),
    currency,
  });
  stays(record, id, created, reason, out, timeZone);
  for (const { value, at } of historyOf(record, 'amount'))
    out.row('deal_amounts', {
      ...{ deal_id: id, changed_at: at, changed_on: dayIn(at, timeZone), basis: 'history', currency },
      amount: value === null ? null : roundDecimal(value),
    });
  competitors(record, id, settings, out);
}

/** `hs_is_closed` is of the stage the deal is in: whatever the stages are called. */
function statusOf(record: RecordReader): 'open' | 'won' | 'lost' {
  if (record.booleanOrNull('properties.hs_is_closed_won') === true) return 'won';
  const isClosed = record.booleanOrNull('properties.hs_is_closed');
  if (isClosed === null) throw record.error('properties.hs_is_closed', 'is empty, but required');
  return isClosed ? 'lost' : 'open';
}

/** A deal that names no currency is in the company currency of the account. */
const currencyOf = (record: RecordReader, { settings, currency }: MapContext<Settings>): string =>
  record.asOrNull('properties.deal_currency_code', currencyCode) ?? settings.currency ?? currency;

const textAt = (record: RecordReader, name: string | null | undefined): string | null =>
  name === null || name === undefined ? null : record.textOrNull(`properties.${name}`);

/** A deal may have several contacts: the one that HubSpot has had the longest is the lead it came from. */
function leadOf(record: RecordReader): string | null {
  const ids = record.value('contact_ids');
  if (!Array.isArray(ids)) throw record.error('contact_ids', 'is not a list');
  const numbers = ids.filter((id) => typeof id === 'string' && /^\d+$/.test(id)) as string[];
  return numbers.sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))[0] ?? null;
}

function placeOf(record: RecordReader, { deal, company, channels }: Settings): CanonicalRow {
  const its = record.recordOrNull('company');
  const text = (name: string | null | undefined): string | null =>
    name === null || name === undefined ? null : (its?.textOrNull(name) ?? null);
  const source = textAt(record, deal.channel);
  return {
    channel: source === null ? null : (own(channels, source) ?? source),
    ...{
      industry: text(company.industry),
      region: text(company.region),
      customer_id: text(company.customer_id),
    },
  };
}

/** Its stages, from its history; without one, the stage it is in, as seen from its creation on. */
function stays(
  record: RecordReader,
  id: string,
  created: string,
  reason: string | null,
  out: RowSink,
  timeZone: string,
): void {
  const history = historyOf(record, 'dealstage').filter(({ value }) => value !== null);
  const now = record.textOrNull('properties.dealstage');
  const basis = history.length > 0 ? 'history' : 'seen';
  const all = history.length > 0 || now === null ? history : [{ value: now, at: created }];
  for (const [index, { value, at }] of all.entries())
    out.row('stage_history', {
      ...{
        kind: 'deal',
        record_id: id,
        stage_id: value,
        entered_at: at,
        entered_on: dayIn(at, timeZone),
        basis,
      },
      reason: index === all.length - 1 ? reason : null,
    });
}

function competitors(record: RecordReader, id: string, { deal }: Settings, out: RowSink): void {
  if (deal.competitor === undefined) return;
  const names = (textAt(record, deal.competitor) ?? '').split(';').map((name) => name.trim());
  const distinct = [...new Set(names.filter((name) => name !== ''))];
  for (const competitor of distinct) out.row('deal_competitors', { deal_id: id, competitor });
  // One that was taken off again: what an earlier reading found would stay.
  if (distinct.length === 0 && historyOf(record, deal.competitor).length > 0)
    out.empty('deal_competitors', { deal_id: id });
}

function mergedAway(record: RecordReader, id: string, created: string, currency: string, out: RowSink): void {
  for (const merged of record.textOrNull('properties.hs_merged_object_ids')?.split(';') ?? [])
    if (/^\d+$/.test(merged) && merged !== id)
      out.row('deals', {
        deal_id: merged,
        created_at: created,
        created_on: created.slice(0, 10),
        status: 'merged',
        currency,
      });
}

/** A deal in the recycling bin. */
export function mapArchivedDeal(record: RecordReader, out: RowSink, context: MapContext<Settings>): void {
  const created = record.as('properties.createdate', isoInstant);
  requireThere(record, ['properties.deal_currency_code']);
  out.row('deals', {
    ...{
      deal_id: record.as('id', digits),
      created_at: created,
      created_on: dayIn(created, context.timeZone),
    },
    ...{ status: 'deleted', currency: currencyOf(record, context) },
  });
}
