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
 * A lead. Sales' yes is the day on which it was qualified into an opportunity, which Dynamics keeps with that. It keeps no day
 * of disqualifying: that of the last change stands.
 */
export function mapLead(record: RecordReader, out: RowSink, context: MapContext<Settings>): void {
  const { settings, timeZone } = context;
  const day = (at: string): string => dayIn(isoInstant(at), timeZone);
  const created = record.as('createdon', isoInstant);
  const state = record.oneOf('statecode', STATES);
  requireThere(record, ['qualifyingopportunityid.actualclosedate', 'parentaccountid']);
  const sale = record.recordOrNull('qualifyingopportunityid');
  const isWon = sale !== null && sale.oneOf('statecode', OPPORTUNITY_STATES) === 'won';
  const isLost = state === 'disqualified';
  out.row('leads', {
    ...{ lead_id: guid(record, 'leadid'), created_at: created, created_on: dayIn(created, timeZone) },
    status: isLost ? 'lost' : isWon ? 'won' : 'open',
    ...placeOf(record, settings),
    mql_on: cell(record, settings.lead.mql_on, (name) => record.asOrNull(name, day)),
    sql_on: sale === null ? null : sale.as('createdon', day),
    won_on: isWon && sale !== null ? sale.asOrNull('actualclosedate', isoDay) : null,
    lost_on: isLost ? record.as('modifiedon', day) : null,
    lost_reason: isLost ? labelOf(record, settings.lead.lost_reason) : null,
    ...knownOf(record, settings),
  });
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
