import { shapeError } from '../record-reader.ts';
import type { RawPage } from '../source.ts';
import type { Vendor, VendorAnswer } from '../vendor.ts';
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

/** All pages of a question: next links are followed; where there are none, `$skip` moves on until a page is not full. */
export async function* odataPages(vendor: Vendor, query: ODataQuery, what: string): AsyncGenerator<RawPage> {
  let skip = 0;
  let before: string | undefined;
  for (;;) {
    let given = 0;
    let address: string | null = odataAddress(query, skip);
    while (address !== null) {
      const answer: VendorAnswer = await vendor.ask({ url: address, headers: ACCEPT[query.protocol] });
      const envelope: Envelope = odataEnvelope(answer.json(), what);
      const first = JSON.stringify(envelope.records[0] ?? null);
      if (first !== 'null' && first === before) throw notMoving(what, first);
      before = first;
      given += envelope.records.length;
      yield pageOf(answer, envelope);
      address = envelope.next === null ? null : resolved(envelope.next, query.path);
    }
    // Fewer than asked for: the end. More: the service knows no $top and gave everything.
    if (given !== query.pageSize) return;
    skip += query.pageSize;
  }
}

/** A service that ignores `$skip` would give its first page for ever. */
const notMoving = (what: string, sample: string) =>
  shapeError(
    `${what}: the next page begins as the one before; the service does not take $skip`,
    'the answer',
    sample,
  );

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
