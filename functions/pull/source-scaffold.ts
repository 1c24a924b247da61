import { VigieError } from '../platform/errors.ts';

/** A file to write, its path relative to the clone. */
interface NewFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The files of a new source: one that works on a made-up API, to change, its page, and recorded answers whose rows are
 * wrong until they were worked out by hand. Throws SOURCE_KIND where the name cannot be a kind.
 */
export function newSourceFiles(kind: string): NewFile[] {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(kind) || kind === 'files')
    throw new VigieError(`\`${kind}\` cannot be the kind of a source`, {
      code: 'SOURCE_KIND',
      where: { field: kind },
      hint: 'Use lower case letters, digits and -, beginning with a letter: acme-crm.',
    });
  const folder = `functions/pull/sources/${kind}`;
  const name = { kind, title: titleOf(kind) };
  return [
    { path: `${folder}/settings.ts`, text: SETTINGS },
    { path: `${folder}/source.ts`, text: filled(SOURCE, name) },
    { path: `${folder}/map.ts`, text: filled(MAP, name) },
    { path: `${folder}/README.md`, text: filled(PAGE, name) },
    { path: `test/pull/sources/${kind}/recorded.json`, text: filled(RECORDED, name) },
  ];
}

const titleOf = (kind: string): string =>
  kind
    .split('-')
    .map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`)
    .join(' ');

const filled = (template: string, { kind, title }: { kind: string; title: string }): string =>
  template.replaceAll('KIND', kind).replaceAll('TITLE', title);

const SETTINGS = `import { z } from 'zod';
import { baseUrl, secretReference } from '../../api/settings-fields.ts';

/** The keys that a source of this kind has in vigie.yaml, beside those that all have. */
export const settings = z.strictObject({
  base_url: baseUrl().describe('Address of the API, without a path.'),
  secret: secretReference().describe('Where the credentials are: { "token": … }.'),
  page_size: z.int().min(1).max(1000).default(200).describe('Records a page.'),
});

export type Settings = z.output<typeof settings>;
`;

const SOURCE = `import { jsonPage, readEnvelope } from '../../api/kit/envelope.ts';
import { diagnosing, objectOf, textOf } from '../../api/kit/errors.ts';
import { pagesByNext } from '../../api/kit/paging.ts';
import { defineSource, type Entity, type RawPage, type Slice } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import { mapOrder, ordersOn } from './map.ts';
import { type Settings, settings } from './settings.ts';

const WHAT = 'orders of TITLE';

/** The orders that changed, page by page, until there is no next one. */
async function* pages(vendor: Vendor, chosen: Settings, slice: Slice): AsyncGenerator<RawPage> {
  const first = {
    url: '/orders',
    query: {
      changed_since: slice.since ?? \`\${slice.startsOn}T00:00:00Z\`,
      limit: chosen.page_size,
    },
  };
  const answers = pagesByNext({
    what: WHAT,
    ask: (next) => vendor.ask(next === null ? first : { url: next }),
    next: (answer) => readEnvelope(WHAT, answer, (body) => body.textOrNull('next')),
  });
  for await (const answer of answers) yield jsonPage(answer);
}

const orders: Entity<Settings> = {
  name: 'orders',
  tables: ['orders', 'order_lines'],
  reading: { by: 'change', overlapMinutes: 10 },
  pages,
  records: ordersOn,
  map: mapOrder,
};

/** TITLE. See README.md. */
export const source = defineSource<Settings>({
  kind: 'KIND',
  title: 'TITLE',
  settings,
  settingsWithoutRows: ['page_size'],
  api: (chosen) => ({
    version: null,
    sunset: null,
    baseUrl: chosen.base_url,
    limits: { concurrency: 4, perSecond: null },
  }),
  authorize: (chosen) => ({ kind: 'token', secret: chosen.secret }),
  entities: () => [orders],
  // What its errors mean: a table by code or status, where the status alone does not tell. Move it to diagnose.ts once it grows.
  diagnose: diagnosing({
    said(body) {
      const error = objectOf(body);
      return error?.['message'] === undefined
        ? undefined
        : { code: textOf(error['code']), message: textOf(error['message']) };
    },
    meanings: { 403: { hint: 'Ask for the role that the source’s page names.' } },
  }),
  async probe(vendor) {
    await vendor.ask({ url: '/orders', query: { limit: 1 } });
    return { status: 'ok', finding: 'orders can be read' };
  },
});
`;

const MAP = `import { roundDecimal } from '../../api/decimals.ts';
import { recordsIn } from '../../api/kit/envelope.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { RawPage, RowSink } from '../../api/source.ts';
import { dayIn, isoInstant } from '../../api/values.ts';

/** The records on a page. An envelope that is not as known must not be taken for an empty one. */
export const ordersOn = (page: RawPage): readonly unknown[] =>
  recordsIn('orders of TITLE', page.json(), 'orders');

/** One order with its lines, in canonical rows (docs/tables.md). A field that is missing or odd rejects the order. */
export function mapOrder(
  order: RecordReader,
  out: RowSink,
  { timeZone }: { readonly timeZone: string },
): void {
  const id = order.text('id');
  const at = order.as('placedAt', isoInstant);
  const day = dayIn(at, timeZone);
  out.row('orders', {
    order_id: id,
    kind: 'order',
    status: order.oneOf('state', { new: 'open', shipped: 'completed', void: 'cancelled' }),
    ordered_on: day,
    ordered_at: at,
    customer_id: order.textOrNull('buyer.id'),
  });
  for (const line of order.records('lines'))
    out.row('order_lines', {
      order_id: id,
      line_id: line.text('number'),
      ordered_on: day,
      product_id: line.textOrNull('sku'),
      quantity: line.as('quantity', roundDecimal),
      net_amount: line.as('net', roundDecimal),
      currency: order.text('currency'),
    });
}
`;

const PAGE = `# TITLE (\`KIND\`)

What it is, in a sentence.

\`\`\`yaml
sources:
  - kind: KIND
    starts_on: 2025-01-01
    base_url: https://api.example.com
    secret: \${secret:KIND}
\`\`\`

## What it reads

| table | from |
|---|---|
| \`orders\`, \`order_lines\` | \`/orders\` |

## Permissions to ask for

## Credentials, click by click

## Limits

## Look-back

## Known traps

## Version and sunset
`;

/** Every test has the morning of 22 November 2026: the second reading asks from ten minutes before it. */
const RECORDED = `{
  "about": "A made-up API. Replace it by what the vendor answered, without names, addresses and keys.",
  "source": { "starts_on": "2026-11-01", "secret": "\${secret:KIND}" },
  "secret": { "token": "a-token-for-tests" },
  "admits": { "authorization": "Bearer a-token-for-tests" },
  "refusal": { "status": 401, "body": { "code": "unknown_token", "message": "The token is not known." } },
  "answers": [
    {
      "request": "GET /orders?changed_since=2026-11-01T00:00:00Z&limit=200",
      "body": {
        "orders": [
          {
            "id": "4711",
            "placedAt": "2026-11-20T23:30:00Z",
            "state": "shipped",
            "currency": "EUR",
            "buyer": { "id": "C7" },
            "lines": [{ "number": 1, "sku": "A-1", "quantity": 2, "net": "19.90" }]
          }
        ],
        "next": "/orders?after=4711"
      }
    },
    { "request": "GET /orders?after=4711", "body": { "orders": [], "next": null } },
    {
      "request": "GET /orders?changed_since=2026-11-22T05:50:00.000Z&limit=200",
      "body": { "orders": [], "next": null }
    },
    { "request": "GET /orders?limit=1", "body": { "orders": [], "next": null } }
  ],
  "rows": {
    "orders": [
      ["order_id", "ordered_on", "status", "customer_id"],
      ["4711", "what you worked out", "completed", "C7"]
    ],
    "order_lines": [
      ["order_id", "line_id", "product_id", "quantity", "net_amount", "currency"],
      ["4711", "1", "A-1", "what you worked out", "what you worked out", "EUR"]
    ]
  }
}
`;
