import { sha256 } from '../../../platform/hash.ts';
import { webAddress } from '../../api/kit/values.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { dayOf } from './date.ts';
import { type Feed, feedOf, isWanted, type Settings } from './settings.ts';

/** An entry: something that a competitor did, on the day on which it was told. */
export function map(record: RecordReader, out: RowSink, context: MapContext<Settings>): void {
  const { settings, slice, timeZone } = context;
  const feed = feedOf(settings, slice.partition);
  const title = record.text('title');
  const on = record.as('at', (at) => dayOf(at, timeZone));
  if (!isWanted(feed, title)) out.skip('an entry of which `only` does not want the title');
  else if (on < slice.startsOn) out.skip('an entry from before `starts_on`');
  else
    out.row('competitor_events', {
      event_id: record.as('id', (id) => `${feed.name}-${sha256(id, ID_LENGTH)}`),
      ...{ event_on: on, competitor: feed.competitor, kind: kindOf(record, feed), title },
      url: record.asOrNull('link', webAddress),
    });
}

const ID_LENGTH = 24;

/** By its categories, in their order; else that of the feed. */
function kindOf(record: RecordReader, { kinds, kind }: Feed): string | null {
  const categories = record.value('categories');
  if (!Array.isArray(categories)) throw record.error('categories', 'is not a list');
  const words = new Map(Object.entries(kinds).map(([category, word]) => [category.toLowerCase(), word]));
  const found = categories.map((category) => words.get(String(category).toLowerCase()));
  return found.find((word) => word !== undefined) ?? kind ?? null;
}

/** Fields of an entry that the mapping knows. */
export const known: readonly string[] = ['id', 'title', 'link', 'at', 'categories'];
