import type { NewFile } from '../lake/catalogue/kpi-scaffold.ts';
import { VigieError } from '../platform/errors.ts';

/**
 * The files of a new source: one that works on a made-up API, to change, its page, and a test that fails until what a
 * record becomes was worked out by hand. Throws SOURCE_KIND where the name cannot be a kind.
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
    { path: `${folder}/client.ts`, text: CLIENT },
    { path: `${folder}/map.ts`, text: MAP },
    { path: `${folder}/source.ts`, text: filled(SOURCE, name) },
    { path: `${folder}/README.md`, text: filled(PAGE, name) },
    { path: `test/pull/sources/${kind}/map.test.ts`, text: filled(TEST, name) },
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

export type Settings = z.infer<typeof settings>;
`;

const CLIENT = `import { shapeError } from '../../api/record-reader.ts';
import type { RawPage, Slice } from '../../api/source.ts';
import type { Vendor, VendorAnswer } from '../../api/vendor.ts';
import type { Settings } from './settings.ts';

interface Envelope {
  readonly orders?: unknown;
  readonly next?: string | null;
}

/** The orders that changed, page by page, until there is no next one. */
export async function* orderPages(vendor: Vendor, settings: Settings, slice: Slice): AsyncIterable<RawPage> {
  let url: string | null | undefined = '/orders';
  let query: Record<string, string | number | undefined> = {
    changed_since: slice.since ?? \`\${slice.startsOn}T00:00:00Z\`,
    limit: settings.page_size,
  };
  while (url) {
    const answer: VendorAnswer = await vendor.ask({ url, query });
    yield { request: answer.request, format: 'json', text: answer.text, json: answer.json, facts: {} };
    url = (answer.json() as Envelope).next;
    query = {};
  }
}

/** The records on a page. An envelope that is not as known must not be taken for an empty one. */
export function ordersOn(page: RawPage): readonly unknown[] {
  const { orders } = page.json() as Envelope;
  if (!Array.isArray(orders)) throw shapeError('orders', 'orders', page.json());
  return orders;
}
`;

const MAP = `import { roundDecimal } from '../../api/decimals.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { RowSink } from '../../api/source.ts';
import { dayIn, isoInstant } from '../../api/values.ts';

/** One order with its lines, in canonical rows (docs/tables.md). A field that is missing or odd rejects the order. */
export function mapOrder(order: RecordReader, out: RowSink, { timeZone }: { readonly timeZone: string }): void {
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

const SOURCE = `import { defineSource, type Entity } from '../../api/source.ts';
import { orderPages, ordersOn } from './client.ts';
import { mapOrder } from './map.ts';
import { type Settings, settings } from './settings.ts';

const orders: Entity<Settings> = {
  name: 'orders',
  tables: ['orders', 'order_lines'],
  reading: { by: 'change', overlapMinutes: 10 },
  pages: orderPages,
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
  async probe(vendor) {
    await vendor.ask({ url: '/orders', query: { limit: 1 } });
    return { status: 'ok', finding: 'orders can be read' };
  },
});
`;

const PAGE = `# TITLE (\`KIND\`)

What it is, in a sentence.

\`\`\`yaml
sources:
  - kind: KIND
    name: KIND
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

const TEST = `import { expect, test } from 'vitest';
import type { CanonicalRow } from '../../../../functions/lake/landing/writer.ts';
import { RecordReader } from '../../../../functions/pull/api/record-reader.ts';
import { mapOrder } from '../../../../functions/pull/sources/KIND/map.ts';

/** A record as the vendor sends it; replace it by one that was recorded. */
const recorded = {
  id: '4711',
  placedAt: '2026-11-21T23:30:00Z',
  state: 'shipped',
  currency: 'EUR',
  buyer: { id: 'C7' },
  lines: [{ number: 1, sku: 'A-1', quantity: 2, net: '19.90' }],
};

test('an order becomes rows', () => {
  const rows: [string, CanonicalRow][] = [];
  const sink = { row: (table: string, row: CanonicalRow) => void rows.push([table, row]), empty() {}, skip() {} };
  mapOrder(new RecordReader(recorded), sink, { timeZone: 'Europe/Paris' });
  // Work out by hand what must come out, and write it here.
  expect(rows).toEqual([['orders', { order_id: 'what you worked out' }]]);
});
`;
