import { guardLeftOut } from '../../api/kit/left-out.ts';
import { requireThere } from '../../api/kit/there.ts';
import { digits } from '../../api/kit/values.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { dayIn, isoInstant } from '../../api/values.ts';
import { lifecycleStage, lostStage } from './map-contact.ts';
import type { Settings } from './settings.ts';

/** A pipeline with its stages. One whose order is not told has none: nobody can tell what comes next in it. */
export function mapPipeline(record: RecordReader, out: RowSink): void {
  const pipeline = record.text('id');
  requireThere(record, ['stages']);
  for (const stage of record.records('stages')) {
    requireThere(stage, ['metadata.isClosed', 'metadata.probability']);
    const probability = stage.textOrNull('metadata.probability');
    const isClosed = stage.booleanOrNull('metadata.isClosed') ?? false;
    out.row('stages', {
      ...{
        stage_id: stage.text('id'),
        pipeline,
        name: stage.text('label'),
        step: stepOf(stage),
        probability,
      },
      // HubSpot: a closed stage whose probability is 1 is won. https://developers.hubspot.com/docs/api-reference/latest/crm/pipelines
      outcome: isClosed ? (Number(probability) === 1 ? 'won' : 'lost') : 'open',
    });
  }
}

/** Places count from 0; -1 stands for none. */
function stepOf(record: RecordReader): number | null {
  requireThere(record, ['displayOrder']);
  const order = record.integerOrNull('displayOrder');
  return order === null || order < 0 ? null : order + 1;
}

/** Lifecycle stages and the lead statuses that mean lost: the options of both properties, as one record. */
export function mapLifecycle(record: RecordReader, out: RowSink, { settings }: MapContext<Settings>): void {
  const { won, no_lead: noLead } = settings.lifecycle;
  const pipeline = 'lifecycle';
  for (const option of record.records('lifecyclestage')) {
    const value = option.text('value');
    if (noLead.includes(value)) continue;
    const outcome = won.includes(value) ? 'won' : 'open';
    const about = { pipeline, name: option.text('label'), step: stepOf(option), outcome };
    out.row('stages', { stage_id: lifecycleStage(value), ...about });
  }
  for (const option of record.records('hs_lead_status'))
    if (settings.lost_statuses.includes(option.text('value'))) {
      const about = { pipeline, name: option.text('label'), step: null, outcome: 'lost' };
      out.row('stages', { stage_id: lostStage(option.text('value')), ...about });
    }
}

const OWNER = [
  'id',
  'email',
  'type',
  'firstName',
  'lastName',
  'userId',
  'createdAt',
  'updatedAt',
  'archived',
];

/** An owner: no name is kept. Who was removed has its last day. */
export function mapOwner(record: RecordReader, out: RowSink, { timeZone }: MapContext<Settings>): void {
  requireThere(record, ['archived']);
  // Who belongs to no team has no list of them.
  guardLeftOut(record, { teams: 'a list' }, OWNER);
  if (record.text('type') === 'QUEUE') {
    out.skip('a queue, nobody');
    return;
  }
  const day = (field: string): string => record.as(field, (text) => dayIn(isoInstant(text), timeZone));
  const teams = record.records('teams');
  for (const each of teams) requireThere(each, ['name', 'primary']);
  const team = teams.find((each) => each.booleanOrNull('primary') === true) ?? teams[0];
  out.row('crm_users', {
    ...{
      user_id: record.as('id', digits),
      team: team?.textOrNull('name') ?? null,
      licensed_from: day('createdAt'),
    },
    licensed_until: record.booleanOrNull('archived') === true ? day('updatedAt') : null,
  });
}

/** A contact in the recycling bin. */
export function mapArchivedContact(
  record: RecordReader,
  out: RowSink,
  { timeZone }: MapContext<Settings>,
): void {
  const created = record.as('properties.createdate', isoInstant);
  out.row('leads', {
    ...{ lead_id: record.as('id', digits), created_at: created, created_on: dayIn(created, timeZone) },
    status: 'deleted',
  });
}

export const mapPerson = (record: RecordReader, out: RowSink, { source }: MapContext): void =>
  out.row('crm_people', { list: `${source}/contacts`, person_id: record.as('id', digits) });
