import { shapeError } from '../record-reader.ts';
import type { RawPage } from '../source.ts';
import type { Vendor, VendorAnswer } from '../vendor.ts';
import { keyAt, WholeList } from '../whole-list.ts';
import { type Envelope, odataEnvelope } from './envelope.ts';
import { type ODataQuery, odataAddress } from './query.ts';

/**
 * In V4, SAP writes decimals as JSON numbers unless asked otherwise, and a number cannot hold them: with
 * `IEEE754Compatible` they come as text (OData JSON 4.0, section 3.2).
 */
const ACCEPT = {
  v2: { accept: 'application/json' },
  v4: { accept: 'application/json;IEEE754Compatible=true' },
} as const;

/** How often a page that begins as the one before is asked for again. */
const MOST_REPEATS = 3;

/**
 * All pages of a question: next links are followed; where there are none, `$skip` moves on until a page is not full.
 * Different records are counted, and held against what the service counts: a gateway that cuts a list short, and a list
 * that shifts while it is read, say so nowhere else.
 */
export async function* odataPages(vendor: Vendor, query: ODataQuery, what: string): AsyncGenerator<RawPage> {
  const asking = asker(vendor, query, what);
  const list = new WholeList(what);
  for (let skip = 0; ; skip += query.pageSize) {
    let given = 0;
    let address: string | null = odataAddress(query, skip);
    while (address !== null) {
      const { answer, envelope } = await asking(address);
      given += envelope.records.length;
      list.counted(envelope.count);
      for (const record of envelope.records) list.see(identityOf(record, query));
      yield pageOf(answer, envelope);
      address = envelope.next === null ? null : resolved(envelope.next, query.path);
    }
    // Fewer than asked for: the end. More: the service knows no $top and gave everything.
    if (given === query.pageSize) continue;
    list.end(CUT_SHORT);
    return;
  }
}

const CUT_SHORT =
  'The list changed while it was read, or a gateway cuts lists short without a next link. Try a smaller page_size; where the count itself is wrong, set check_count: false.';

/**
 * What a record is known by: its key where the question names it, else the address that the service gives it, else all
 * of it. A deletion is not the same as the document it is about.
 */
function identityOf(record: unknown, { key }: ODataQuery): string {
  const own = key === undefined ? undefined : keyAt(record, key);
  const { __metadata, ...rest } = record as Readonly<Record<string, unknown>>;
  const { uri, id } = (__metadata ?? {}) as Readonly<Record<string, unknown>>;
  const address = [uri, id, rest['@odata.id'], rest['@id']].find((each) => typeof each === 'string');
  const removed = ['@removed', '@odata.removed'].some((mark) => mark in rest) ? 'removed ' : '';
  return `${removed}${own ?? address ?? JSON.stringify(record)}`;
}

interface Asked {
  readonly answer: VendorAnswer;
  readonly envelope: Envelope;
}

/** Asks for pages one after the other. A page that came a second time is asked for again: a proxy may have mixed them up. */
function asker(vendor: Vendor, query: ODataQuery, what: string): (address: string) => Promise<Asked> {
  let before: string | undefined;
  return async (address) => {
    for (let repeats = 0; ; repeats += 1) {
      const answer = await vendor.ask({ url: address, headers: ACCEPT[query.protocol] });
      const envelope = odataEnvelope(answer.json(), what);
      const first = envelope.records.length === 0 ? undefined : JSON.stringify(envelope.records[0]);
      if (first === undefined || first !== before) {
        before = first ?? before;
        return { answer, envelope };
      }
      // A service that ignores `$skip` would give its first page for ever.
      if (repeats === MOST_REPEATS)
        throw shapeError(`${what}: a page begins as the one before, again and again`, 'the answer', first);
    }
  };
}

const pageOf = (answer: VendorAnswer, { deltaLink }: Envelope): RawPage => ({
  request: answer.request,
  format: 'json',
  text: answer.text,
  json: () => answer.json(),
  facts: {
    // The clock of the vendor: stock is of that moment.
    ...(answer.headers.get('date') === null ? {} : { date: answer.headers.get('date') as string }),
    ...(deltaLink === null ? {} : { delta_link: deltaLink }),
  },
});

/** A relative link stands below the service, not below the base address. */
function resolved(link: string, path: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(link) || link.startsWith('/')) return link;
  return `${path.slice(0, path.lastIndexOf('/') + 1)}${link}`;
}
