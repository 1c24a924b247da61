import type { CanonicalRow } from '../../../lake/landing/writer.ts';
import { roundDecimal } from '../../api/decimals.ts';
import { requireThere } from '../../api/kit/there.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { dayIn, isoDay, isoInstant } from '../../api/values.ts';
import { cell, guid, guidOrNull, labelOf } from './columns.ts';
import type { Settings } from './settings.ts';

/** `statecode` of leads: 0 open, 1 qualified, 2 disqualified. */
const STATES = { 0: 'open', 1: 'qualified', 2: 'disqualified' } as const;

/**
 * A lead. One that was qualified into an opportunity has sales' yes that day, and is won or lost as the opportunity is. Dynamics keeps no day of
 * disqualifying: that of the last change stands. One that was merged into another is disqualified as well, and counts nowhere.
 */
export function mapLead(record: RecordReader, out: RowSink, context: MapContext<Settings>): void {
  const { settings, timeZone } = context;
  const created = record.as('createdon', isoInstant);
  requireThere(record, ['merged', 'qualifyingopportunityid.actualclosedate', 'parentaccountid']);
  const base = {
    ...{ lead_id: guid(record, 'leadid'), created_at: created, created_on: dayIn(created, timeZone) },
  };
  if (record.booleanOrNull('merged') === true) {
    out.row('leads', { ...base, status: 'merged' });
    return;
  }
  const day = (name: string | undefined): string | null =>
    cell(record, name, (column) => record.asOrNull(column, dayOf(timeZone)));
  out.row('leads', {
    ...{ ...base, mql_on: day(settings.lead.mql_on) },
    ...outcome(record, context, day(settings.lead.sql_on)),
    ...placeOf(record, settings),
    ...knownOf(record, settings),
  });
}

const dayOf =
  (timeZone: string) =>
  (at: string): string =>
    dayIn(isoInstant(at), timeZone);

/** How it stands, by itself or by its opportunity. `said`: the day of sales' yes that a column of the company's has. */
function outcome(
  record: RecordReader,
  { settings, timeZone }: MapContext<Settings>,
  said: string | null,
): CanonicalRow {
  const isDisqualified = record.oneOf('statecode', STATES) === 'disqualified';
  const sale = record.recordOrNull('qualifyingopportunityid');
  const end = sale?.oneOf('statecode', OPPORTUNITY_STATES) ?? 'open';
  const closed = sale === null || end === 'open' ? null : sale.asOrNull('actualclosedate', isoDay);
  const [sql_on = null] = [said, sale?.as('createdon', dayOf(timeZone)) ?? null]
    .filter((day) => day !== null)
    .sort();
  if (isDisqualified)
    return {
      ...{ status: 'lost', sql_on, won_on: null, lost_on: record.as('modifiedon', dayOf(timeZone)) },
      lost_reason: labelOf(record, settings.lead.lost_reason),
    };
  const [won_on, lost_on] = [end === 'won' ? closed : null, end === 'lost' ? closed : null];
  return { status: end, sql_on, won_on, lost_on, lost_reason: null };
}

/** `statecode` of opportunities. */
export const OPPORTUNITY_STATES = { 0: 'open', 1: 'won', 2: 'lost' } as const;

function placeOf(record: RecordReader, { lead, account }: Settings): Record<string, string | number | null> {
  const its = record.recordOrNull('parentaccountid');
  return {
    channel: labelOf(record, lead.channel),
    campaign: labelOf(record, lead.campaign),
    industry: labelOf(record, lead.industry),
    region: labelOf(record, lead.region),
    customer_id: its === null ? null : labelOf(its, account.customer_id),
    owner_id: guidOrNull(record, '_ownerid_value'),
    employee_count: cell(record, lead.employee_count, (name) => record.integerOrNull(name)),
  };
}

/** What the company’s own columns say. */
function knownOf(record: RecordReader, { lead }: Settings): Record<string, string | number | boolean | null> {
  const flag = (name: string | undefined) => cell(record, name, (column) => record.booleanOrNull(column));
  const integer = (name: string | undefined) => cell(record, name, (column) => record.integerOrNull(column));
  return {
    contact_role: labelOf(record, lead.contact_role),
    yearly_potential: cell(record, lead.yearly_potential, (name) => record.asOrNull(name, roundDecimal)),
    buys_within_days: integer(lead.buys_within_days),
    engagement_count: integer(lead.engagement_count),
    ...{ has_budget: flag(lead.has_budget), has_authority: flag(lead.has_authority) },
    ...{ has_need: flag(lead.has_need), has_timing: flag(lead.has_timing) },
  };
}
