import { guardLeftOut } from '../../api/kit/left-out.ts';
import { FieldError, RecordReader, shapeError } from '../../api/record-reader.ts';
import { type Entry, plain } from './entry.ts';

/** Fields of an item that JSON Feed knows. */
const KNOWN: readonly string[] = [
  ...[
    'id',
    'url',
    'external_url',
    'title',
    'content_html',
    'content_text',
    'summary',
    'image',
    'banner_image',
  ],
  ...['date_published', 'date_modified', 'author', 'authors', 'tags', 'language', 'attachments'],
];

/** The entries of a JSON Feed. https://www.jsonfeed.org/version/1.1/ */
export function entriesInJson(what: string, body: unknown): Entry[] {
  try {
    const feed = new RecordReader(body);
    if (!feed.text('version').startsWith('https://jsonfeed.org/version/'))
      throw feed.error('version', 'is not that of a JSON Feed');
    if (!Array.isArray(feed.value('items'))) throw feed.error('items', 'is not a list');
    return feed.records('items').map(entryOf);
  } catch (error) {
    if (error instanceof FieldError) throw shapeError(what, error.field, error.value);
    throw error;
  }
}

function entryOf(item: RecordReader): Entry {
  guardLeftOut(item, { tags: 'a list' }, KNOWN);
  const tags = item.value('tags') ?? [];
  if (!Array.isArray(tags)) throw item.error('tags', 'is not a list');
  return {
    ...{ id: item.text('id'), title: plain(item.text('title')), link: item.text('url') },
    at: item.text('date_published'),
    categories: tags.flatMap((tag) => (typeof tag === 'string' ? (plain(tag) ?? []) : [])),
  };
}
