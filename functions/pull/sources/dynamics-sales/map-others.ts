import { requireThere } from '../../api/kit/there.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { dayIn, isoInstant } from '../../api/values.ts';
import { guid, guidOrNull, labelOf } from './columns.ts';
import { stageFacts } from './map-opportunity.ts';
import type { Settings } from './settings.ts';

/** A stage of a business process flow. Dataverse has no order of them; the category (0 qualify, 1 develop, 2 propose, 3 close) is one. */
export function mapStage(record: RecordReader, out: RowSink, { settings }: MapContext<Settings>): void {
  requireThere(record, ['stagecategory']);
  const category = record.integerOrNull('stagecategory');
  const place = category !== null && category >= 0 && category <= LAST_OF_SALES ? category + 1 : null;
  const name = record.text('stagename');
  out.row('stages', {
    stage_id: guid(record, 'processstageid'),
    pipeline: labelOf(record, '_processid_value'),
    ...stageFacts(name, settings, place),
    outcome: 'open',
  });
}

const LAST_OF_SALES = 3;

/** Where an opportunity stands in its process: the stage, and the instant at which it came into it. */
export function mapProcess(record: RecordReader, out: RowSink): void {
  const id = guidOrNull(record, '_opportunityid_value');
  const stage = guidOrNull(record, '_activestageid_value');
  if (id === null || stage === null) {
    out.skip(id === null ? 'a process without an opportunity' : 'a process without a stage');
    return;
  }
  requireThere(record, ['activestagestartedon']);
  const since = record.asOrNull('activestagestartedon', isoInstant);
  out.row('stage_history', {
    ...{ kind: 'deal', record_id: id, stage_id: stage, reason: null },
    entered_at: since ?? record.as('modifiedon', isoInstant),
    // The process knows the stage that is active, and none before it.
    basis: since === null ? 'seen' : 'since',
  });
}

/** `accessmode` 0: people. Others are administrators without a licence, applications, support. */
const PEOPLE = '0';

/** Who may work in the CRM. No name is asked for. Since when somebody is disabled nobody says: the last change stands. */
export function mapUser(record: RecordReader, out: RowSink, { timeZone }: MapContext<Settings>): void {
  requireThere(record, ['isdisabled', 'islicensed']);
  const isDisabled = record.booleanOrNull('isdisabled') === true;
  if (record.text('accessmode') !== PEOPLE || (!isDisabled && record.booleanOrNull('islicensed') !== true)) {
    out.skip('a user without a licence, or no person');
    return;
  }
  const day = (at: string): string => dayIn(isoInstant(at), timeZone);
  out.row('crm_users', {
    user_id: guid(record, 'systemuserid'),
    team: labelOf(record, '_businessunitid_value'),
    licensed_from: record.as('createdon', day),
    licensed_until: isDisabled ? record.as('modifiedon', day) : null,
  });
}

/** Somebody whom the CRM still has. */
export const mapPerson = (record: RecordReader, out: RowSink, { source }: MapContext): void =>
  out.row('crm_people', { list: `${source}/leads`, person_id: guid(record, 'leadid') });

/** An opportunity that was deleted counts nowhere. Of it the audit log keeps the number and the day. */
export function mapDeleted(record: RecordReader, out: RowSink, { timeZone, currency }: MapContext): void {
  const at = record.as('createdon', isoInstant);
  const id = guid(record, '_objectid_value');
  out.row('deals', {
    ...{ deal_id: id, created_at: at, created_on: dayIn(at, timeZone), status: 'deleted', currency },
  });
}
