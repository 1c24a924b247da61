import { roundDecimal } from '../../api/decimals.ts';
import { digits } from '../../api/kit/values.ts';
import { own } from '../../api/own.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { dayIn, isoInstant } from '../../api/values.ts';
import { checkAsked, historyOf, type Since } from './history.ts';
import { contactWanted } from './properties.ts';
import type { Settings } from './settings.ts';

/** Stages of the lifecycle and of losing have names of their own beside those of deals. */
export const lifecycleStage = (value: string): string => `lifecycle:${value}`;
export const lostStage = (status: string): string => `lead_status:${status}`;

/**
 * A contact as a lead. It is one from the first lifecycle stage on that is not listed under `lifecycle.no_lead`: who only has the newsletter is none. It
 * is in its lifecycle stage, or, while its lead status is one of `lost_statuses`, in that; so a lead that is taken up again comes back.
 */
export function mapContact(record: RecordReader, out: RowSink, context: MapContext<Settings>): void {
  const { settings, timeZone } = context;
  const id = record.as('id', digits);
  checkAsked(record, contactWanted(settings));
  mergedAway(record, id, out);
  const life = lifeOf(record, settings);
  const [first] = life;
  if (first === undefined) {
    out.skip('no lead: no lifecycle stage that is one');
    return;
  }
  const statuses = historyOf(record, 'hs_lead_status');
  const basis = historyOf(record, 'lifecyclestage').length > 0 ? 'history' : 'seen';
  const stays = staysOf(life, statuses, settings);
  const day = (at: string | undefined): string | null => (at === undefined ? null : dayIn(at, timeZone));
  const firstIn = (stages: readonly string[]): string | null =>
    day(life.find(({ value }) => value !== null && stages.includes(value))?.at);
  const last = stays.at(-1);
  const isLost = last?.lost === true;
  const current = life.at(-1)?.value ?? '';
  const isWon = settings.lifecycle.won.includes(current);
  out.row('leads', {
    ...{ lead_id: id, created_at: first.at, created_on: day(first.at) },
    status: isLost ? 'lost' : isWon ? 'won' : 'open',
    ...placeOf(record, settings),
    mql_on: firstIn([settings.lifecycle.mql]),
    sql_on: firstIn([settings.lifecycle.sql]),
    won_on: firstIn(settings.lifecycle.won),
    lost_on: isLost ? day(last?.at) : null,
    lost_reason: isLost ? propertyText(record, settings.contact.lost_reason) : null,
    ...knownOf(record, settings),
  });
  for (const { stage, at } of stays)
    out.row('stage_history', {
      kind: 'lead',
      record_id: id,
      stage_id: stage,
      entered_at: at,
      entered_on: day(at),
      basis,
    });
}

/** Contacts that were merged into this one: they count nowhere. https://knowledge.hubspot.com/records/merge-records */
export function mergedAway(record: RecordReader, id: string, out: RowSink): void {
  const created = record.as('properties.createdate', isoInstant);
  for (const merged of record.textOrNull('properties.hs_merged_object_ids')?.split(';') ?? [])
    if (/^\d+$/.test(merged) && merged !== id)
      out.row('leads', {
        lead_id: merged,
        created_at: created,
        created_on: created.slice(0, 10),
        status: 'merged',
      });
}

/** The lifecycle from the first stage on that is one of a lead. Without any history, since it was created. */
function lifeOf(record: RecordReader, { lifecycle }: Settings): Since[] {
  const history = historyOf(record, 'lifecyclestage');
  const now = record.textOrNull('properties.lifecyclestage');
  const known =
    history.length > 0 || now === null
      ? history
      : [{ value: now, at: record.as('properties.createdate', isoInstant) }];
  const isLead = ({ value }: Since): boolean => value !== null && !lifecycle.no_lead.includes(value);
  const begins = known.findIndex(isLead);
  return begins < 0 ? [] : known.slice(begins).filter(isLead);
}

interface Stay {
  readonly stage: string;
  readonly at: string;
  readonly lost: boolean;
}

/** Where it stood, one stay after the other. */
function staysOf(
  life: readonly Since[],
  statuses: readonly Since[],
  { lost_statuses: lost }: Settings,
): Stay[] {
  const events = [
    ...life.map(({ value, at }) => ({ at, stage: value, status: undefined })),
    ...statuses.map(({ value, at }) => ({ at, stage: undefined, status: value })),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const stays: Stay[] = [];
  let stage: string | null = null;
  let status: string | null = null;
  for (const event of events) {
    if (event.stage !== undefined) stage = event.stage;
    else status = event.status;
    if (stage === null) continue;
    const isLost = status !== null && lost.includes(status);
    const place = isLost ? lostStage(status as string) : lifecycleStage(stage);
    if (stays.at(-1)?.stage !== place) stays.push({ stage: place, at: event.at, lost: isLost });
  }
  return stays;
}

function placeOf(
  record: RecordReader,
  { channels, company, contact }: Settings,
): Record<string, string | number | null> {
  const source = propertyText(record, contact.channel);
  const its = record.recordOrNull('company');
  const text = (name: string | null | undefined): string | null =>
    name === null || name === undefined ? null : (its?.textOrNull(name) ?? null);
  return {
    channel: source === null ? null : (own(channels, source) ?? source),
    ...{ industry: text(company.industry), region: text(company.region) },
    ...{ customer_id: text(company.customer_id), owner_id: record.textOrNull('properties.hubspot_owner_id') },
    employee_count:
      company.employee_count === null ? null : (its?.integerOrNull(company.employee_count) ?? null),
  };
}

const propertyText = (record: RecordReader, name: string | null | undefined): string | null =>
  name === undefined || name === null ? null : record.textOrNull(`properties.${name}`);

/** What the company’s own properties say. */
function knownOf(
  record: RecordReader,
  { contact, seniorities }: Settings,
): Record<string, string | number | boolean | null> {
  const at = (name: string | undefined): string => `properties.${name ?? ''}`;
  const integer = (name: string | undefined) => (name === undefined ? null : record.integerOrNull(at(name)));
  const flag = (name: string | undefined) => (name === undefined ? null : record.booleanOrNull(at(name)));
  const { contact_seniority: seniority, yearly_potential: potential } = contact;
  return {
    campaign: propertyText(record, contact.campaign),
    contact_role: propertyText(record, contact.contact_role),
    contact_seniority:
      propertyText(record, seniority) === null ? null : record.oneOf(at(seniority), seniorities),
    engagement_count: integer(contact.engagement_count),
    yearly_potential: potential === undefined ? null : record.asOrNull(at(potential), roundDecimal),
    buys_within_days: integer(contact.buys_within_days),
    ...{ has_budget: flag(contact.has_budget), has_authority: flag(contact.has_authority) },
    ...{ has_need: flag(contact.has_need), has_timing: flag(contact.has_timing) },
  };
}
