import { requireThere } from '../../api/kit/there.ts';
import { webAddress } from '../../api/kit/values.ts';
import { FieldError, type RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { dayIn, isoInstant } from '../../api/values.ts';
import { FIELDS } from './client.ts';
import type { Settings } from './settings.ts';

/** A card: something that a competitor did, on the day on which somebody wrote it down. */
export function map(
  record: RecordReader,
  out: RowSink,
  { settings, slice, timeZone }: MapContext<Settings>,
): void {
  requireThere(record, FIELDS);
  const made = record.as('createdAt', (at) => dayIn(isoInstant(at), timeZone));
  const topic = record.textOrNull('topic');
  const competitor = record.textOrNull('competitor');
  const row = {
    event_id: record.as('id', (id) => `klue-${cardId(id)}`),
    event_on: made,
    kind: topic === null ? null : (settings.kinds[topic] ?? topic),
    title: record.textOrNull('title'),
    url: record.asOrNull('cardUrl', webAddress),
  };
  if (made < slice.startsOn) out.skip('a card of before the first day that is wanted');
  else if (competitor === null) out.skip('a card of no competitor');
  else if (settings.topics !== undefined && !settings.topics.includes(topic ?? ''))
    out.skip('a card of another topic');
  else out.row('competitor_events', { ...row, competitor });
}

/** Numbers or short words: nothing else says which card it is. */
function cardId(text: string): string {
  if (!/^[\w-]{1,64}$/.test(text)) throw new FieldError('', text, 'is not the number of a card');
  return text;
}

export const known: readonly string[] = FIELDS;
