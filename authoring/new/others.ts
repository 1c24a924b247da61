import { checkNewName, saidOf } from './new-file.ts';

/** A measure that works, to change. */
export function newMeasure(name: string): string {
  checkNewName('measure', name);
  return `/*
describes: Lines of documents that count, with what they earned. Say here what a row is, and what is left out.
values:
  ${name}: sum margin
*/
-- One row for whatever counts, with its day, keys (customer_id, product_id) and quantities. Every KPI may then count
-- \`${name}\`, and every SELECT read these rows under the file's name. docs/sql.md ("Measures and ratios").
SELECT o.ordered_on AS day, o.customer_id, l.product_id, l.margin_amount AS margin
FROM orders o
JOIN order_lines l ON l.order_id = o.order_id
WHERE o.status <> 'cancelled'
`;
}

/** A check that works, to change. */
export function newCheck(name: string): string {
  checkNewName('check', name);
  return `/*
names: { en: ${saidOf(name)}, fr: ${saidOf(name)} }
means: { en: some orders have no customer, fr: des commandes sont sans client }
describes: Orders of the day that name no customer. They count, but in no region and no industry.
severity: warning
message: "{orders order} of {date} without a customer"
hint: See in the system that wrote them whose they are; docs/checks.md says what else a check can do.
about: orders
reads: { orders: { history: 1 } }
*/
-- Every row is a finding. Its columns fill the placeholders above; \`sample\` is shown beside it.
SELECT count(*) AS orders, CAST(ordered_on AS varchar) AS date, min(order_id) AS sample
FROM orders
WHERE customer_id IS NULL
GROUP BY ordered_on
`;
}

/** An entry of dimensions.yaml. */
export function newDimension(name: string): string {
  checkNewName('dimension', name);
  return `${name}:
  names: { en: ${saidOf(name)}, fr: ${saidOf(name)} }
  # A column of a table with one key: every KPI whose rows have a customer_id can list it under \`dimensions\`. Without
  # \`from\` the rows themselves have a column of this name. docs/sql.md ("Dimensions").
  from: customers.acquisition_channel
`;
}

/** A table of one's own, small and dated. */
export function newTable(name: string): string {
  checkNewName('table', name);
  return `# A table of your own: feeds of vigie.yaml fill it, KPIs, measures and checks read it, dimensions may look members up
# in it. For columns on a table that ships, call this file like it and list them under \`columns\`. docs/tables.md has those
# that ship; docs/own-folder.md has every field ("Columns and tables of your own").
names: { en: ${saidOf(name).toLowerCase()}, fr: ${saidOf(name).toLowerCase()} }
description: Visits that a sales representative paid to a customer.
# What it is to figures: events, plans, things, rates.
role: events
key: [visit_id]
business_date: visited_on
columns:
  visit_id: { kind: text, description: Number of the visit. }
  visited_on: { kind: date, description: Day of the visit. }
  customer_id: { kind: text, optional: true, references: customers, description: The customer. }
  minutes: { kind: integer, optional: true, unit: minutes, description: How long it took. }
`;
}
