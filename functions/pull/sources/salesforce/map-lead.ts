import { roundDecimal } from '../../api/decimals.ts';
import { requireThere } from '../../api/kit/there.ts';
import { FieldError, type RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { dayIn, isoDay, isoInstant } from '../../api/values.ts';
import { fieldsWanted } from './fields.ts';
import { leadStage, type Stay, salesforceId, statusesOf } from './history.ts';
import type { Settings } from './settings.ts';

export function id(text: string): string {
  if (!salesforceId.test(text)) throw new FieldError('', text, 'is not an id of Salesforce');
  return text;
}

/**
 * A lead. One that was converted is contact, account and, mostly, opportunity from then on: it is qualified by sales that day, and won or lost as its
 * opportunity is.
 */
export function mapLead(record: RecordReader, out: RowSink, context: MapContext<Settings>): void {
  const { settings, timeZone } = context;
  const lead = record.as('Id', id);
  const created = record.as('CreatedDate', isoInstant);
  requireThere(record, ['IsDeleted', 'MasterRecordId']);
  const base = { lead_id: lead, created_at: created, created_on: dayIn(created, timeZone) };
  if (record.booleanOrNull('IsDeleted') === true) {
    // Of several that are merged the others are deleted, and name the one that stays.
    out.row('leads', {
      ...base,
      status: record.textOrNull('MasterRecordId') === null ? 'deleted' : 'merged',
    });
    return;
  }
  requireThere(record, [...fieldsWanted('Lead', settings), ...CONVERTED]);
  const stays = statusesOf(record, settings);
  out.row('leads', {
    ...base,
    ...qualified(record, stays, context),
    ...outcome(record, stays, context),
    ...knownOf(record, settings),
  });
  for (const { stage, at, basis } of stays)
    out.row('stage_history', {
      ...{
        kind: 'lead',
        record_id: lead,
        stage_id: leadStage(stage),
        entered_at: at,
        entered_on: dayIn(at, timeZone),
        basis,
      },
    });
}

/** Of the opportunity that a lead became. */
export const CONVERTED = ['IsClosed', 'IsWon', 'CloseDate'].map((name) => `ConvertedOpportunity.${name}`);

function qualified(
  record: RecordReader,
  stays: readonly Stay[],
  { settings, timeZone }: MapContext<Settings>,
) {
  const { lead, statuses } = settings;
  const entered = (among: readonly string[]): string | null => {
    // A status that is only seen has the day of the record's last change, and is gone with the next status.
    const at = stays.find(({ stage, basis }) => basis === 'history' && among.includes(stage))?.at;
    return at === undefined ? null : dayIn(at, timeZone);
  };
  const said = (name: string | undefined): string | null =>
    name === undefined ? null : record.asOrNull(name, isoDay);
  const bySales = [said(lead.sql_on), entered(statuses.sql), record.asOrNull('ConvertedDate', isoDay)];
  const [first = null] = bySales.filter((day) => day !== null).sort();
  return { mql_on: said(lead.mql_on) ?? entered(statuses.mql), sql_on: first };
}

function outcome(record: RecordReader, stays: readonly Stay[], { settings, timeZone }: MapContext<Settings>) {
  const { lost } = settings.statuses;
  const nothing = { status: 'open', won_on: null, lost_on: null, lost_reason: null };
  if (record.booleanOrNull('IsConverted') === true) {
    const opportunity = record.recordOrNull('ConvertedOpportunity');
    if (opportunity === null || opportunity.booleanOrNull('IsClosed') !== true) return nothing;
    const closed = opportunity.as('CloseDate', isoDay);
    if (opportunity.booleanOrNull('IsWon') === true) return { ...nothing, status: 'won', won_on: closed };
    return { ...nothing, status: 'lost', lost_on: closed };
  }
  const last = stays.at(-1);
  if (last === undefined || !lost.includes(last.stage)) return nothing;
  const { lost_reason: reason } = settings.lead;
  return {
    ...{ ...nothing, status: 'lost', lost_on: dayIn(last.at, timeZone) },
    lost_reason: reason === undefined ? null : record.textOrNull(reason),
  };
}

function knownOf(record: RecordReader, { lead }: Settings): Record<string, string | number | boolean | null> {
  const text = (name: string | null | undefined) =>
    name === null || name === undefined ? null : record.textOrNull(name);
  const integer = (name: string | null | undefined) =>
    name === null || name === undefined ? null : record.integerOrNull(name);
  const flag = (name: string | undefined) => (name === undefined ? null : record.booleanOrNull(name));
  return {
    ...{ channel: text(lead.channel), campaign: text(lead.campaign), industry: text(lead.industry) },
    ...{
      region: text(lead.region),
      owner_id: record.textOrNull('OwnerId'),
      contact_role: text(lead.contact_role),
    },
    ...{ employee_count: integer(lead.employee_count), engagement_count: integer(lead.engagement_count) },
    buys_within_days: integer(lead.buys_within_days),
    yearly_potential:
      lead.yearly_potential === undefined ? null : record.asOrNull(lead.yearly_potential, roundDecimal),
    ...{ has_budget: flag(lead.has_budget), has_authority: flag(lead.has_authority) },
    ...{ has_need: flag(lead.has_need), has_timing: flag(lead.has_timing) },
  };
}
