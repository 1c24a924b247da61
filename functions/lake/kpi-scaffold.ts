import { VigieError } from '../platform/errors.ts';

/** A file to write, its path relative to the project. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The two files of a new KPI: a SELECT that works, to change, and a case that fails until its figures were worked out
 * by hand. Throws KPI_ID where the id cannot be a file name and an identifier.
 */
export function newKpiFiles(id: string): [kpi: NewFile, cases: NewFile] {
  if (!/^[a-z][a-z0-9_]*$/.test(id)) {
    throw new VigieError(`\`${id}\` cannot be the id of a KPI`, {
      code: 'KPI_ID',
      hint: 'Use lower case letters, digits and _, beginning with a letter: share_of_web_orders.',
    });
  }
  return [
    { path: `sql/kpis/${id}.sql`, text: kpiText(id) },
    { path: `test/kpis/${id}.yaml`, text: caseText(id) },
  ];
}

const nameOf = (id: string): string => {
  const words = id.replaceAll('_', ' ');
  return `${words[0]?.toUpperCase()}${words.slice(1)}`;
};

const kpiText = (id: string): string => `/*
names:
  en: ${nameOf(id)}
  fr: ${nameOf(id)}
describes:
  en: Orders per customer who ordered. Returns and cancelled orders are left out.
  fr: Commandes par client ayant commandé. Sans les retours ni les commandes annulées.
unit: ratio
ratio: true
good: up
windows: [day, last_7d, last_28d, mtd]
headline: last_28d
dimensions:
  channel: { en: Sales channel, fr: Canal de vente }
reads:
  orders:
additive: false
audience: [sales]
runbook: docs/kpis.md#${id}
*/
-- docs/sql.md says what may stand here. \`periods\` has a row for each day, window and comparison that was asked for;
-- \`orders\` holds the dates they need. A total has neither dimension nor member.
WITH kept AS (
  SELECT order_id, customer_id, ordered_on, coalesce(channel, '(unknown)') AS channel
  FROM orders
  WHERE kind = 'order' AND status <> 'cancelled' AND customer_id IS NOT NULL
)
SELECT
  p.as_of,
  p.period,
  p.comparison,
  CASE WHEN grouping(k.channel) = 0 THEN 'channel' END AS dimension,
  k.channel AS member,
  count(*) AS numerator,
  count(DISTINCT k.customer_id) AS denominator
FROM periods p
JOIN kept k ON k.ordered_on BETWEEN p.starts_on AND p.ends_on
GROUP BY GROUPING SETS (
  (p.as_of, p.period, p.comparison),
  (p.as_of, p.period, p.comparison, k.channel)
)
`;

const caseText = (
  id: string,
): string => `# Rows in, rows out: \`npm test -- kpi-cases\` runs this file. Give the few rows that matter, and work out by hand
# what must come out. Columns left out are null, or have the defaults of docs/sql.md ("Cases").
kpi: ${id}
cases:
  - name: two orders of one customer, one of another; a return and a cancelled order are left out
    as_of: 2026-11-21
    given:
      orders:
        - { order_id: 1, customer_id: A, ordered_on: 2026-11-21, channel: web }
        - { order_id: 2, customer_id: A, ordered_on: 2026-11-20, channel: phone }
        - { order_id: 3, customer_id: B, ordered_on: 2026-11-15 }
        - { order_id: 4, customer_id: B, ordered_on: 2026-11-21, kind: return }
        - { order_id: 5, customer_id: C, ordered_on: 2026-11-21, status: cancelled }
    # Every row of the windows, comparisons and dimensions named here must be here; \`only:\` chooses others.
    expect:
      - { period: day, numerator: 1, denominator: 1 }
      # This one is wrong on purpose: see the test fail, then correct it (3 orders of 2 customers).
      - { period: last_7d, numerator: 0, denominator: 0 }

  - name: without orders there is no figure
    as_of: 2026-11-21
    given: { orders: [] }
    expect: []
`;
