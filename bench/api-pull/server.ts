/** A vendor in a process of its own: pages of sales orders with their lines, as JSON. Tells its port to its parent. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DAY_MS } from '../../functions/lake/values/day.ts';

export const LINES_AN_ORDER = 5;
const ORDERS_A_PAGE = 1000;
const PRODUCTS = 4000;
const CUSTOMERS = 1200;
const FIRST_DAY = Date.UTC(2025, 0, 1);

const lines = Number(process.argv[2]);
const orders = Math.ceil(lines / LINES_AN_ORDER);

function lineOf(order: number, line: number) {
  const at = order * LINES_AN_ORDER + line;
  return {
    item: String((line + 1) * 10),
    material: `MAT-${(at * 7919) % PRODUCTS}`,
    text: `Rope, braided, ${(at % 30) + 2} mm, ${at % 7 === 0 ? 'white' : 'navy'}`,
    quantity: String((at % 12) + 1),
    unit: 'PC',
    netAmount: ((at % 9000) / 100 + 1).toFixed(2),
    listAmount: ((at % 9000) / 100 + 2).toFixed(2),
    plant: '1000',
    rejectionReason: '',
  };
}

function orderOf(order: number) {
  const at = new Date(FIRST_DAY + Math.floor((order / orders) * 600) * DAY_MS + (order % 36_000) * 1000);
  return {
    id: String(4_000_000 + order),
    type: 'OR',
    status: order % 40 === 0 ? 'cancelled' : 'completed',
    createdAt: at.toISOString(),
    changedAt: at.toISOString(),
    soldTo: { id: `C${(order * 31) % CUSTOMERS}`, name: `Customer ${(order * 31) % CUSTOMERS}` },
    channel: 'web',
    currency: 'EUR',
    items: Array.from({ length: LINES_AN_ORDER }, (_, line) => lineOf(order, line)),
  };
}

/** Made before the clock starts: the benchmark is about the reader. Large runs make their pages as they are asked for. */
const kept = new Map<number, Buffer>();
const MOST_KEPT = 300;

function pageAt(skip: number, origin: string): Buffer {
  const known = kept.get(skip);
  if (known) return known;
  const count = Math.min(ORDERS_A_PAGE, orders - skip);
  const value = Array.from({ length: count }, (_, index) => orderOf(skip + index));
  const next = skip + count < orders ? { next: `${origin}/orders?skip=${skip + count}` } : {};
  const page = Buffer.from(JSON.stringify({ value, ...next }));
  if (kept.size < MOST_KEPT) kept.set(skip, page);
  return page;
}

const server = createServer((request, response) => {
  const origin = `http://${request.headers.host}`;
  const skip = Number(new URL(request.url ?? '/', origin).searchParams.get('skip') ?? 0);
  const page = pageAt(skip, origin);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': page.length });
  response.end(page);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  let bytes = 0;
  for (let skip = 0; skip < orders && kept.size < MOST_KEPT; skip += ORDERS_A_PAGE)
    bytes += pageAt(skip, `http://127.0.0.1:${port}`).length;
  process.send?.({ port, bytes });
});
process.on('disconnect', () => process.exit(0));
