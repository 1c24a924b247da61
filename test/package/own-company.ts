import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The day that is run. */
export const DAY = '2026-03-10';

/** Three orders of the day, two of them by web, one of the day before; customers of two regions and two tiers. */
const EXPORTS: Readonly<Record<string, readonly string[]>> = {
  'exports/orders_20260309.csv': ['OrderNumber,OrderDate,Customer,Channel', 'O-1,2026-03-09,C-1,web'],
  'exports/order_lines_20260309.csv': [
    'OrderNumber,Line,OrderDate,Product,Quantity,NetAmount',
    'O-1,1,2026-03-09,P-1,1,10.00',
  ],
  'exports/orders_20260310.csv': [
    'OrderNumber,OrderDate,Customer,Channel',
    'O-2,2026-03-10,C-1,web',
    'O-3,2026-03-10,C-2,web',
    'O-4,2026-03-10,C-3,sales_rep',
  ],
  'exports/order_lines_20260310.csv': [
    'OrderNumber,Line,OrderDate,Product,Quantity,NetAmount',
    'O-2,1,2026-03-10,P-1,2,20.50',
    'O-2,2,2026-03-10,P-2,1,4.25',
    'O-3,1,2026-03-10,P-1,1,10.00',
    'O-4,1,2026-03-10,P-2,3,15.25',
  ],
  'exports/customers.csv': [
    'Customer,Name,Region,Tier',
    'C-1,One,North,gold',
    'C-2,Two,South,silver',
    'C-3,Three,North,gold',
  ],
};

/** What is the company's own: a column of a shipped table, a dimension by it, a KPI with both, and its case. */
const OWN: Readonly<Record<string, string>> = {
  'tables/customers.yaml': `columns:
  tier: { kind: text, optional: true, description: How we rank them. }
`,
  'dimensions.yaml': `tier:
  names: { en: Tier }
  from: customers.tier
`,
  'kpis/web_revenue.sql': `/*
names: { en: Web revenue }
describes: { en: Net revenue of orders that came in through the web shop. }
unit: currency
good: up
numerator: sum net_amount
windows: [day, mtd]
headline: day
dimensions: [tier]
theme: storefront
audience: [executive]
*/
SELECT o.ordered_on AS day, o.customer_id, l.net_amount
FROM orders o
JOIN order_lines l ON l.order_id = o.order_id
WHERE o.channel = 'web'
`,
  'cases/web_revenue.yaml': `kpi: web_revenue
cases:
  - name: other channels do not count; the tier is the customer's
    as_of: 2026-03-10
    given:
      customers:
        - { customer_id: C-1, tier: gold }
      orders:
        - { order_id: O-1, ordered_on: 2026-03-10, customer_id: C-1, channel: web }
        - { order_id: O-2, ordered_on: 2026-03-10, customer_id: C-1, channel: edi }
      order_lines:
        - { order_id: O-1, net_amount: 20.50 }
        - { order_id: O-2, net_amount: 4.25 }
    only: { periods: [day], comparisons: [current] }
    expect:
      - { period: day, numerator: 20.5 }
      - { period: day, dimension: tier, member: gold, numerator: 20.5 }
`,
};

const CUSTOMERS = `
      - table: customers
        path: exports/customers.csv
        columns:
          customer_id: Customer
          name: Name
          region: Region
          tier: Tier
`;

/** Writes what a company adds to what `vigie init` wrote: exports, a feed, and what is its own. */
export function furnish(folder: string): void {
  for (const [file, lines] of Object.entries(EXPORTS)) put(join(folder, file), `${lines.join('\n')}\n`);
  for (const [file, text] of Object.entries(OWN)) put(join(folder, file), text);
  const config = join(folder, 'vigie.yaml');
  put(config, readFileSync(config, 'utf8').replace('\n# Who is told', `${CUSTOMERS}\n# Who is told`));
}

function put(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
