import { roundDecimal } from '../../api/decimals.ts';
import { requireThere } from '../../api/kit/there.ts';
import { currencyCode } from '../../api/kit/values.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { dayIn, isoDay, isoInstant } from '../../api/values.ts';
import { cell, guid, guidOrNull, labelOf } from './columns.ts';
import { OPPORTUNITY_STATES } from './map-lead.ts';
import type { Settings } from './settings.ts';

type Status = 'open' | 'won' | 'lost';

/** An opportunity: what it is worth in its own currency, how it ended, and who competed. */
export function mapOpportunity(record: RecordReader, out: RowSink, context: MapContext<Settings>): void {
  const { settings, timeZone } = context;
  const id = guid(record, 'opportunityid');
  const status = record.oneOf('statecode', OPPORTUNITY_STATES);
  const created = record.as('createdon', isoInstant);
  const changed = record.as('modifiedon', isoInstant);
  // A day without a time and a zone; an opportunity that was imported closed may lack it.
  const closes = cell(record, 'actualclosedate', (name) => record.asOrNull(name, isoDay));
  const closedOn = status === 'open' ? null : closes;
  const currency = record.record('transactioncurrencyid').as('isocurrencycode', currencyCode);
  const amount = amountOf(record, status);
  const reason = status === 'lost' ? labelOf(record, settings.opportunity.lost_reason) : null;
  out.row('deals', {
    ...{ deal_id: id, lead_id: guidOrNull(record, '_originatingleadid_value') },
    ...placeOf(record, settings),
    ...{ created_at: created, created_on: dayIn(created, timeZone), status, closed_on: closedOn },
    expected_on: cell(record, 'estimatedclosedate', (name) => record.asOrNull(name, isoDay)),
    ...{ lost_reason: reason, amount },
    contribution: cell(record, settings.opportunity.contribution, (name) =>
      record.asOrNull(name, roundDecimal),
    ),
    currency,
  });
  // What nobody changed is as it was made. Earlier amounts are not kept.
  const basis = changed === created ? 'history' : 'seen';
  out.row('deal_amounts', { deal_id: id, changed_at: changed, basis, amount, currency });
  stages(record, out, context, { id, status, reason, changed, closedOn });
  competitors(record, id, out, settings);
}

/** What was sold, where that is written; what was hoped for otherwise. */
function amountOf(record: RecordReader, status: Status): string | null {
  const read = (name: string): string | null =>
    cell(record, name, (column) => record.asOrNull(column, roundDecimal));
  const [actual, estimated] = [read('actualvalue'), read('estimatedvalue')];
  return status === 'won' ? (actual ?? estimated) : estimated;
}

function placeOf(record: RecordReader, { opportunity, account }: Settings): Record<string, string | null> {
  requireThere(record, ['parentaccountid']);
  const its = record.recordOrNull('parentaccountid');
  const of = (name: string | null): string | null => (its === null ? null : labelOf(its, name));
  return {
    customer_id: of(account.customer_id),
    owner_id: guidOrNull(record, '_ownerid_value'),
    channel: labelOf(record, opportunity.channel),
    industry: of(account.industry),
    region: of(account.region),
  };
}

interface End {
  readonly id: string;
  readonly status: Status;
  readonly reason: string | null;
  readonly changed: string;
  readonly closedOn: string | null;
}

/** Its end; and, where no process says it, the stage it is in, as seen at its last change. */
function stages(
  record: RecordReader,
  out: RowSink,
  { settings, timeZone }: MapContext<Settings>,
  { id, status, reason, changed, closedOn }: End,
): void {
  if (status !== 'open') {
    // Dynamics has no stage for an end: the id is ours, and is no other CRM's in the same lake.
    const stageId = `opportunity:${status}`;
    out.row('stages', {
      ...{ stage_id: stageId, name: settings.names[status], outcome: status, step: null },
      probability: status === 'won' ? '1' : '0',
    });
    out.row('stage_history', {
      ...{ kind: 'deal', record_id: id, stage_id: stageId, reason },
      entered_at: closedOn === null ? changed : isoInstant(closedOn, timeZone),
      basis: closedOn === null ? 'seen' : 'history',
    });
  } else if (settings.process === null) {
    const name = labelOf(record, settings.stage);
    if (name === null) return;
    out.row('stages', { stage_id: name, ...stageFacts(name, settings), outcome: 'open' });
    out.row('stage_history', {
      ...{ kind: 'deal', record_id: id, stage_id: name, entered_at: changed, basis: 'seen', reason: null },
    });
  }
}

/** A stage by its name, as vigie.yaml describes it; `2-Develop` and its like say their place themselves. */
export function stageFacts(
  name: string,
  { stages: known }: Settings,
  place: number | null = null,
): { readonly name: string; readonly step: number | null; readonly probability: string | null } {
  const listed = Object.hasOwn(known, name) ? known[name] : undefined;
  const written = /^(\d{1,3})\s*-/.exec(name)?.[1];
  const step = listed?.step ?? place ?? (written === undefined ? null : Number(written));
  return { name, step, probability: listed?.probability === undefined ? null : String(listed.probability) };
}

function competitors(record: RecordReader, id: string, out: RowSink, { opportunity }: Settings): void {
  const found = record.value('competitors');
  if (!Array.isArray(found)) throw record.error('competitors', 'is not a list');
  const own = labelOf(record, opportunity.competitor);
  const names = new Set([
    ...found.filter((name) => typeof name === 'string'),
    ...(own === null ? [] : [own]),
  ]);
  for (const competitor of names) out.row('deal_competitors', { deal_id: id, competitor });
  if (names.size === 0) out.empty('deal_competitors', { deal_id: id });
}
