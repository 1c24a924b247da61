import { requireThere } from '../../api/kit/there.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { dayIn, isoDay, isoInstant } from '../../api/values.ts';
import { leadStage } from './history.ts';
import { id } from './map-lead.ts';
import type { Settings } from './settings.ts';

/** A lead status. One in which leads are converted ends the journey of a lead well: it goes on as an opportunity. */
export function mapStatus(record: RecordReader, out: RowSink, { settings }: MapContext<Settings>): void {
  requireThere(record, ['SortOrder', 'IsConverted']);
  const status = record.text('ApiName');
  const isLost = settings.statuses.lost.includes(status);
  out.row('stages', {
    ...{ stage_id: leadStage(status), pipeline: 'lead', name: record.text('MasterLabel') },
    step: record.integerOrNull('SortOrder'),
    outcome: record.booleanOrNull('IsConverted') === true ? 'won' : isLost ? 'lost' : 'open',
  });
}

/** A stage of opportunities. Salesforce counts a probability in percent. */
export function mapStage(record: RecordReader, out: RowSink): void {
  requireThere(record, ['SortOrder', 'IsClosed', 'IsWon', 'DefaultProbability']);
  const isClosed = record.booleanOrNull('IsClosed') ?? false;
  const percent = record.decimalOrNull('DefaultProbability');
  out.row('stages', {
    ...{
      stage_id: record.text('ApiName'),
      name: record.text('MasterLabel'),
      step: record.integerOrNull('SortOrder'),
    },
    probability: percent === null ? null : String(Number(percent) / 100),
    outcome: record.booleanOrNull('IsWon') === true ? 'won' : isClosed ? 'lost' : 'open',
  });
}

/** A user of a licence; no name. Salesforce does not say since when somebody is inactive: it is the last change of the user. */
export function mapUser(record: RecordReader, out: RowSink, { timeZone }: MapContext<Settings>): void {
  const day = (field: string): string => record.as(field, (text) => dayIn(isoInstant(text), timeZone));
  requireThere(record, ['UserRole.Name']);
  const isActive = record.booleanOrNull('IsActive');
  if (isActive === null) throw record.error('IsActive', 'is empty, but required');
  out.row('crm_users', {
    ...{ user_id: record.as('Id', id), team: record.recordOrNull('UserRole')?.textOrNull('Name') ?? null },
    ...{ licensed_from: day('CreatedDate'), licensed_until: isActive ? null : day('LastModifiedDate') },
  });
}

export const mapPerson = (record: RecordReader, out: RowSink, { source }: MapContext): void =>
  out.row('crm_people', { list: `${source}/leads`, person_id: record.as('Id', id) });

/** Somebody who answered a campaign: a contact of that day. Who only was on its list had none. */
export function mapMember(record: RecordReader, out: RowSink, { settings }: MapContext<Settings>): void {
  const member = record.as('Id', id);
  requireThere(record, ['IsDeleted', 'HasResponded', 'FirstRespondedDate', 'Campaign.Name', 'Campaign.Type']);
  const isThere = record.booleanOrNull('HasResponded') === true && record.booleanOrNull('IsDeleted') !== true;
  const day = record.asOrNull('FirstRespondedDate', isoDay);
  if (!isThere || day === null) {
    out.empty('touchpoints', { touchpoint_id: member });
    return;
  }
  const type = record.textOrNull('Campaign.Type');
  out.row('touchpoints', {
    ...{ touchpoint_id: member, touched_on: day, lead_id: record.as('LeadId', id) },
    kind: type !== null && settings.offline_campaigns.includes(type) ? 'offline' : 'online',
    ...{ channel: type, campaign: record.textOrNull('Campaign.Name') },
  });
}
