import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The day that is run. */
export const DAY = '2026-03-10';

/** Three orders of the day, one of the day before; customers of two regions. */
const FILES: Readonly<Record<string, readonly string[]>> = {
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
  'exports/customers.csv': ['Customer,Name,Region', 'C-1,One,North', 'C-2,Two,South', 'C-3,Three,North'],
};

const CUSTOMERS = `
      - table: customers
        path: exports/customers.csv
        columns:
          customer_id: Customer
          name: Name
          region: Region
`;

/** Writes what a company adds to what `vigie init` wrote: exports, and a feed. */
export function furnish(folder: string): void {
  for (const [file, lines] of Object.entries(FILES)) put(join(folder, file), `${lines.join('\n')}\n`);
  const config = join(folder, 'vigie.yaml');
  put(config, readFileSync(config, 'utf8').replace('\n# Who is told', `${CUSTOMERS}\n# Who is told`));
}

function put(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
