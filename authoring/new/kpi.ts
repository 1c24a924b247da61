import { checkNewName, saidOf } from './new-file.ts';

/**
 * The two files of a new KPI: a SELECT that works, to change, and a case that fails until its figures were worked out
 * by hand. Throws NAME_INVALID where the id cannot be one.
 */
export function newKpi(id: string): { readonly sql: string; readonly cases: string } {
  checkNewName('KPI', id);
  return { sql: kpiText(id), cases: caseText(id) };
}

const kpiText = (id: string): string => `/*
names:
  en: ${saidOf(id)}
  fr: ${saidOf(id)}
describes:
  en: Returns for each order received. Cancelled documents are left out.
  fr: Retours par commande reçue. Les documents annulés sont écartés.
unit: ratio
numerator: sum returns
denominator: orders
good: down
windows: [day, last_7d, last_28d, mtd]
headline: last_28d
dimensions: [sales_channel, region]
theme: sales
audience: [sales]
*/
-- One row for whatever counts, with its day; total, members and windows are made by Vigie. The region is looked up by
-- customer_id. The orders are a measure that ships with Vigie. docs/sql.md says what else can be counted.
SELECT ordered_on AS day, customer_id, channel, CASE WHEN kind = 'return' THEN 1 ELSE 0 END AS returns
FROM sales_documents
`;

const caseText = (
  id: string,
): string => `# Rows in, rows out: \`vigie test ${id}\` runs this file. Give the few rows that matter, and work out by hand
# what must come out. Columns left out are null, or have the defaults of docs/sql.md ("Cases").
kpi: ${id}
cases:
  - name: three orders and a return in the week, one of the orders on the day; a cancelled one is left out
    as_of: 2026-11-21
    given:
      orders:
        - { order_id: 1, ordered_on: 2026-11-21, channel: web }
        - { order_id: 2, ordered_on: 2026-11-20, channel: phone }
        - { order_id: 3, ordered_on: 2026-11-15 }
        - { order_id: 4, ordered_on: 2026-11-20, kind: return }
        - { order_id: 5, ordered_on: 2026-11-21, status: cancelled }
    # Every row of the windows, comparisons and dimensions named here must be here; \`only:\` chooses others.
    expect:
      - { period: day, numerator: 0, denominator: 1 }
      # This one is wrong on purpose: see the test fail, then correct it (1 return, 3 orders).
      - { period: last_7d, numerator: 0, denominator: 0 }

  - name: without orders there is no figure
    as_of: 2026-11-21
    given: { orders: [] }
    expect: []
`;
