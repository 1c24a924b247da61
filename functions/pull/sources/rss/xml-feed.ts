import { SaxesParser } from 'saxes';
import { messageOf, VigieError } from '../../../platform/errors.ts';
import { own } from '../../api/own.ts';
import { shapeError } from '../../api/record-reader.ts';
import { type Entry, plain } from './entry.ts';

type Attributes = Readonly<Record<string, string>>;

/** What an entry is called, by the element that is around all: RSS 2.0, RSS 1.0, Atom. */
const ENTRIES = { rss: 'item', 'rdf:RDF': 'item', feed: 'entry' } as const;

/** What an entry’s own elements say. Those with another prefix (`media:title`) are of extensions. */
const FIELDS = {
  ...{ title: 'title', link: 'link', category: 'category', guid: 'id', id: 'id' },
  ...{ pubDate: 'published', 'dc:date': 'published', published: 'published', updated: 'updated' },
} as const;
type Field = (typeof FIELDS)[keyof typeof FIELDS];

/**
 * The entries of a feed in XML. https://www.rssboard.org/rss-specification, https://www.rfc-editor.org/rfc/rfc4287. Entities
 * of the document's own are not expanded. Throws `VENDOR_INCOMPLETE` where it was cut on its way, `VENDOR_SHAPE` where it
 * is no feed.
 */
export function entriesInXml(what: string, text: string): Entry[] {
  const gathered = new Gathered();
  const parser = new SaxesParser({});
  parser.on('opentag', ({ name, attributes }) => gathered.open(name, attributes as Attributes));
  parser.on('text', (piece) => gathered.text(piece));
  parser.on('cdata', (piece) => gathered.text(piece));
  parser.on('closetag', () => gathered.close());
  try {
    // Where no handler of errors is set the parser throws.
    parser.write(text.replace(/^\uFEFF?\s*/, '')).close();
  } catch (error) {
    throw noFeed(what, text, messageOf(error));
  }
  if (own(ENTRIES, gathered.root) === undefined) throw shapeError(what, 'the feed', text);
  return gathered.entries;
}

function noFeed(what: string, text: string, why: string): VigieError {
  if (/>\s*$/.test(text)) return shapeError(what, `the feed, which is no XML (${why}),`, text);
  return new VigieError(`${what}: the feed was cut: it ends with ${text.slice(-40)}`, {
    code: 'VENDOR_INCOMPLETE',
    retryable: true,
    hint: 'Nothing of it was taken. The next run asks again.',
  });
}

class Gathered {
  readonly entries: Entry[] = [];
  root = '';
  private depth = 0;
  /** Depth of the entry that is open; 0: none. */
  private entryAt = 0;
  private said: Partial<Record<Field, string[]>> = {};
  private field: Field | undefined;

  open(name: string, attributes: Attributes): void {
    this.depth += 1;
    if (this.depth === 1) this.root = name;
    if (this.entryAt === 0 && name === own(ENTRIES, this.root)) this.begin(attributes);
    else if (this.depth === this.entryAt + 1 && this.entryAt > 0) this.child(name, attributes);
  }

  text(piece: string): void {
    const texts = this.field === undefined ? undefined : this.said[this.field];
    if (texts !== undefined) texts.push(`${texts.pop() ?? ''}${piece}`);
  }

  close(): void {
    if (this.depth === this.entryAt + 1) this.field = undefined;
    if (this.depth === this.entryAt) this.end();
    this.depth -= 1;
  }

  private begin(attributes: Attributes): void {
    this.entryAt = this.depth;
    // RSS 1.0 has its number there.
    this.said = attributes['rdf:about'] === undefined ? {} : { id: [attributes['rdf:about']] };
  }

  private child(name: string, attributes: Attributes): void {
    const field = own<Field>(FIELDS, name);
    if (field === undefined) return;
    // Atom has several links of an entry, one of which leads to it.
    if (field === 'link' && (attributes['rel'] ?? 'alternate') !== 'alternate') return;
    this.field = field;
    this.said[field] = [...(this.said[field] ?? []), attributes['href'] ?? attributes['term'] ?? ''];
  }

  private end(): void {
    const first = (field: Field): string | null => {
      const found = (this.said[field] ?? []).map(plain).find((text) => text !== null);
      return found ?? null;
    };
    const link = first('link');
    this.entries.push({
      ...{ id: first('id') ?? link, title: first('title'), link },
      at: first('published') ?? first('updated'),
      categories: (this.said['category'] ?? []).flatMap((text) => plain(text) ?? []),
    });
    this.entryAt = 0;
    this.field = undefined;
  }
}
