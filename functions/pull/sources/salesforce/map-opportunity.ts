import { roundDecimal } from '../../api/decimals.ts';
import { requireThere } from '../../api/kit/there.ts';
import { currencyCode } from '../../api/kit/values.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { dayIn, isoDay, isoInstant } from '../../api/values.ts';
import { COMPETITORS, fieldsWanted } from './fields.ts';
import { stagesOf } from './history.ts';
import { id } from './map-lead.ts';
import type { Settings } from './settings.ts';

/** An opportunity with the stages it was in, what it was worth and who competes for it. */
export function mapOpportunity(record: RecordReader, out: RowSink, context: MapContext<Settings>): void {
  const { settings, timeZone } = context;
  const deal = record.as('Id', id);
  const created = record.as('CreatedDate', isoInstant);
  requireThere(record, opportunityAsked(context.settings));
  const status = statusOf(record);
  const currency = record.asOrNull('CurrencyIsoCode', currencyCode) ?? settings.currency ?? context.currency;
  const closes = record.asOrNull('CloseDate', isoDay);
  const isOver = status === 'won' || status === 'lost';
  const reason = status === 'lost' ? text(record, settings.deal.lost_reason) : null;
  const { amount, contribution } = settings.deal;
  out.row('deals', {
    ...{
      deal_id: deal,
      created_at: created,
      created_on: dayIn(created, timeZone),
      status,
      currency,
      lost_reason: reason,
    },
    // Salesforce has one date for both: when it should close, and when it did.
    closed_on: isOver ? closes : null,
    expected_on: status === 'open' ? closes : null,
    ...{ lead_id: record.asOrNull('LeadId', id), owner_id: record.textOrNull('OwnerId') },
    channel: text(record, settings.deal.channel),
    ...accountOf(record, settings),
    amount: record.asOrNull(amount, roundDecimal),
    contribution: contribution === undefined ? null : record.asOrNull(contribution, roundDecimal),
  });
  const stages = stagesOf(record, settings);
  for (const [index, { stage, at, basis }] of stages.entries())
    out.row('stage_history', {
      ...{
        kind: 'deal',
        record_id: deal,
        stage_id: stage,
        entered_at: at,
        entered_on: dayIn(at, timeZone),
        basis,
      },
      reason: index === stages.length - 1 ? reason : null,
    });
  amounts(record, deal, currency, out, timeZone);
  competitors(record, deal, context, out);
}

/** What was asked for of an opportunity itself and of its account. */
const opportunityAsked = (settings: Settings): string[] => [
  ...fieldsWanted('Opportunity', settings),
  ...fieldsWanted('Account', settings).map((name) => `Account.${name}`),
];

/** Whatever its stages are called: `IsClosed` and `IsWon` are of the stage it is in. */
function statusOf(record: RecordReader): 'open' | 'won' | 'lost' | 'deleted' {
  if (record.booleanOrNull('IsDeleted') === true) return 'deleted';
  if (record.booleanOrNull('IsWon') === true) return 'won';
  const isClosed = record.booleanOrNull('IsClosed');
  if (isClosed === null) throw record.error('IsClosed', 'is empty, but required');
  return isClosed ? 'lost' : 'open';
}

const text = (record: RecordReader, name: string | null | undefined): string | null =>
  name === null || name === undefined ? null : record.textOrNull(name);

function accountOf(record: RecordReader, { account }: Settings): Record<string, string | null> {
  const its = record.recordOrNull('Account');
  const of = (name: string | null | undefined): string | null => (its === null ? null : text(its, name));
  return { industry: of(account.industry), region: of(account.region), customer_id: of(account.customer_id) };
}

/** A row for each change of what it is worth; the history has one for changes of stage and date as well. */
function amounts(record: RecordReader, deal: string, currency: string, out: RowSink, timeZone: string): void {
  const rows = record
    .records('OpportunityHistories')
    .map((row) => {
      requireThere(row, ['Amount']);
      return { amount: row.asOrNull('Amount', roundDecimal), at: row.as('CreatedDate', isoInstant) };
    })
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  for (const [index, { amount, at }] of rows.entries())
    if (index === 0 || amount !== rows[index - 1]?.amount)
      out.row('deal_amounts', {
        deal_id: deal,
        changed_at: at,
        changed_on: dayIn(at, timeZone),
        basis: 'history',
        amount,
        currency,
      });
}

function competitors(
  record: RecordReader,
  deal: string,
  { settings, slice }: MapContext<Settings>,
  out: RowSink,
): void {
  const { competitor: field } = settings.deal;
  if (field === undefined) return;
  const named =
    field === COMPETITORS
      ? record.records(COMPETITORS).map((each) => each.text('CompetitorName'))
      : (record.textOrNull(field) ?? '').split(';');
  const names = new Set(named.map((name) => name.trim()).filter((name) => name !== ''));
  for (const competitor of names) out.row('deal_competitors', { deal_id: deal, competitor });
  // What an earlier reading found would stay.
  if (names.size === 0 && slice.since !== null) out.empty('deal_competitors', { deal_id: deal });
}
