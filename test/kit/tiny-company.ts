import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { addDays } from '../../functions/lake/values/day.ts';

/** A company of two customers whose every figure can be worked out in the head; for tests of whole runs. */
export interface TinyCompany {
  readonly folder: string;
  readonly config: string;
  /** First and last day with orders. */
  readonly firstDay: string;
  readonly lastDay: string;
}

const DAYS = 10;

/** Each day has two orders: C1 buys for 100, C2 for 50 × the day's number (1, 2, 3 …). */
export const revenueOfDay = (index: number): number => 100 + 50 * (index + 1);

/** What is measured of it: what the exports feed, and a KPI without data, which is part of a run. Others would only take time. */
const MEASURED: readonly string[] = [
  'average_order_value',
  'cart_abandonment_rate',
  'net_revenue',
  'new_customers',
  'orders',
  'orders_per_customer',
  'products_per_order',
  'revenue_per_customer',
  'units_per_order',
];

/** What Trino takes longest to plan; may be left unmeasured where a test wants the run, and breaks it off in all places. */
export const unmeasured = ['orders_per_customer', 'revenue_per_customer'] as const;

/**
 * Writes exports of ten days, 1 to 10 March 2026, one file a day, and a vigie.yaml beside them. `off`: KPIs that are
 * not measured either, where a test wants the run and not its figures. `into`: an empty folder.
 */
export async function tinyCompany(off: readonly string[] = [], into?: string): Promise<TinyCompany> {
  const folder = into ?? (await mkdtemp(join(tmpdir(), 'vigie-tiny-')));
  mkdirSync(join(folder, 'exports'));
  const firstDay = '2026-03-01';
  for (let index = 0; index < DAYS; index += 1) writeDay(folder, firstDay, index);
  const config = join(folder, 'vigie.yaml');
  const why = (id: string): string =>
    MEASURED.includes(id) ? 'Not in this test.' : 'The exports do not have it.';
  const without = loadCatalogue()
    .kpis.filter(({ id }) => !MEASURED.includes(id) || off.includes(id))
    .map(({ id }) => `    ${id}: ${why(id)}\n`);
  writeFileSync(config, CONFIG.replace('  off:\n', `$&${without.join('')}`));
  return { folder, config, firstDay, lastDay: addDays(firstDay, DAYS - 1) };
}

/** Writes (or restates) one day's file. */
export function writeDay(folder: string, firstDay: string, index: number, factor = 1): void {
  const date = addDays(firstDay, index);
  const lines = [
    'order,line,day,customer,channel,product,quantity,amount',
    `A${index},1,${date},C1,web,P1,2,${100 * factor}`,
    `B${index},1,${date},C2,rep,P2,1,${50 * (index + 1) * factor}`,
  ];
  writeFileSync(join(folder, 'exports', `sales_${date}.csv`), `${lines.join('\n')}\n`);
}

const CONFIG = `
company: { name: Tiny, time_zone: Europe/Paris, currency: EUR }
sources:
  - name: erp
    kind: files
    feeds:
      - table: orders
        path: exports/sales_{date}.csv
        one_row_per_key: true
        columns:
          order_id: order
          kind: { constant: order }
          status: { constant: completed }
          ordered_on: day
          customer_id: customer
          channel: channel
      - table: order_lines
        path: exports/sales_{date}.csv
        columns:
          order_id: order
          line_id: line
          ordered_on: day
          product_id: product
          quantity: quantity
          net_amount: amount
          currency: { constant: EUR }
kpis:
  digest: [net_revenue, orders]
  off:
alerts:
  rules:
    - { id: big-day, kind: limit, kpi: net_revenue, period: day, above: 560 }
recipients:
  - { email: chief@example.com, language: en, roles: [executive] }
  - { email: chef@example.com, language: fr, roles: [executive, ops] }
`;
