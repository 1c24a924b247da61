import type { Bucket } from '../../platform/bucket.ts';
import { VigieError } from '../../platform/errors.ts';
import type { Company } from '../company/company.ts';
import { readStateIfSound } from '../state/file.ts';
import type { Words } from '../values/language.ts';
import { nearest } from '../values/nearest.ts';
import type { EventKind } from '../values/vocabulary.ts';

/** Something that happened, or is planned, which figures do not say themselves. */
export interface BusinessEvent {
  /** By which it is removed; null of one that stands in vigie.yaml. */
  readonly id: string | null;
  /** First and last day. */
  readonly from: string;
  readonly to: string;
  readonly text: string | Words;
  readonly kind: EventKind;
  /** The one KPI that it concerns; null: all. */
  readonly kpi: string | null;
  /** The one member that it concerns; null: everybody. */
  readonly dimension: string | null;
  readonly member: string | null;
}

/** An event as it is kept: by whom, and when (ISO UTC). */
export interface KeptEvent extends BusinessEvent {
  readonly id: string;
  readonly at: string;
  readonly by: string;
}

export const EVENTS = 'state/events/';
const keyOf = (id: string): string => `${EVENTS}${id}.json`;

/**
 * Keeps an event under an id of its own: its first day and a number (`2026-11-23.1`). Two at once get two numbers: a file is
 * created, never replaced.
 */
export async function addEvent(bucket: Bucket, event: Omit<KeptEvent, 'id'>): Promise<KeptEvent> {
  for (let number = 1; ; number += 1) {
    const kept: KeptEvent = { id: `${event.from}.${number}`, ...event };
    if (await bucket.create(keyOf(kept.id), `${JSON.stringify(kept, null, 2)}\n`)) return kept;
  }
}

/** Takes an event back. Throws EVENT_UNKNOWN. */
export async function removeEvent(bucket: Bucket, id: string): Promise<KeptEvent> {
  const all = await keptEvents(bucket);
  const found = all.find((event) => event.id === id);
  if (found === undefined) throw unknown(id, all);
  await bucket.remove(keyOf(id));
  return found;
}

function unknown(id: string, all: readonly KeptEvent[]): VigieError {
  const ids = all.map((event) => event.id);
  const near = nearest(id, ids);
  return new VigieError(`There is no event ${id}.${near ? ` Did you mean ${near}?` : ''}`, {
    code: 'EVENT_UNKNOWN',
    hint:
      ids.length === 0
        ? 'None is noted. Those under `events` of vigie.yaml are taken out there.'
        : `Noted: ${ids.slice(-20).join(', ')}. Those under \`events\` of vigie.yaml are taken out there.`,
  });
}

async function keptEvents(bucket: Bucket): Promise<KeptEvent[]> {
  const kept: KeptEvent[] = [];
  for await (const { key } of bucket.list(EVENTS)) {
    // A damaged one is named by the run that finds it (lake/run/mend-state.ts).
    const event = await readStateIfSound<KeptEvent>(bucket, key);
    if (event) kept.push(event);
  }
  return kept;
}

/** A span of days, both included. */
export interface DaysSpan {
  readonly from: string;
  readonly to: string;
}

/** Whether days have one in common. */
export const touches = (one: DaysSpan, other: DaysSpan): boolean =>
  one.from <= other.to && one.to >= other.from;

/** All events that touch a span of days, vigie.yaml's and those that people noted, in the order of their days. */
export async function readEvents(
  bucket: Bucket,
  { events }: Pick<Company, 'events'>,
  { from = '0000-01-01', to = '9999-12-31' }: Partial<DaysSpan> = {},
): Promise<BusinessEvent[]> {
  const planned = events.map(
    ({ from, to = from, text, kind, kpi = null, dimension = null, member = null }): BusinessEvent => ({
      ...{ id: null, from, to, text, kind, kpi, dimension, member },
    }),
  );
  return [...planned, ...(await keptEvents(bucket))]
    .filter((event) => touches(event, { from, to }))
    .toSorted((a, b) => compare(a.from, b.from) || compare(a.to, b.to));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
