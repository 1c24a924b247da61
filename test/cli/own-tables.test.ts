import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Manifest } from '../../functions/lake/run/manifest.ts';
import { type CheckReport, checkReportKey } from '../../functions/lake/snapshot/finding.ts';
import { readFigures } from '../../functions/lake/snapshot/store.ts';
import { readState } from '../../functions/lake/state/file.ts';
import { tableReference } from '../../functions/lake/tables/reference-page.ts';
import { localRun, withContext } from '../kit/local-run.ts';
import { ownFolder } from '../kit/own-folder.ts';

/** A table that Vigie does not know, one file; a column of a table that it does, one line; and what is made of them. */
const OWN = {
  'tables/visits.yaml': `
names: { en: visits, fr: visites }
description: Visits that a representative paid to a customer.
role: events
key: [visit_id]
business_date: visited_on
columns:
  visit_id: { kind: text, description: Number. }
  visited_at: { kind: timestamp, optional: true, description: Instant. }
  visited_on: { kind: date, derive: { day_of: visited_at }, description: Day. }
  customer_id: { kind: text, optional: true, references: customers, description: The customer. }
  spent: { kind: money, description: What it cost. }
  currency: currency
`,
  'tables/customers.yaml': 'columns:\n  tier: text\n',
  'dimensions.yaml': 'tier:\n  names: { en: Tier, fr: Niveau }\n  from: customers.tier\n  everywhere: true\n',
  'kpis/cost_of_visits.sql': `/*
names: { en: Cost of visits, fr: Coût des visites }
describes: { en: What visits cost., fr: Ce que coûtent les visites. }
unit: currency
numerator: sum spent
good: neither
windows: [day, mtd]
headline: day
theme: sales
audience: [sales]
*/
SELECT visited_on AS day, customer_id, spent FROM visits
`,
};

const feed = (table: string, columns: string) =>
  `      - { table: ${table}, path: ${table}.csv, columns: { ${columns} } }\n`;
const CONFIG = `
company: { name: Visited, time_zone: Europe/Paris, currency: EUR }
sources:
  - kind: files
    name: crm
    max_rejected_share: 0.5
    feeds:
${feed('customers', 'customer_id: id, name: name, tier: tier')}${feed('visits', 'visit_id: id, visited_at: at, customer_id: customer, spent: cost, currency: money')}${feed('exchange_rates', 'currency: money, rated_on: day, rate: rate')}`;

const FILES = {
  ...OWN,
  'vigie.yaml': CONFIG,
  'customers.csv': 'id,name,tier\nC1,One,gold\nC2,Two,silver\n',
  'exchange_rates.csv': 'money,day,rate\nUSD,2026-03-10,0.5\n',
  // The fourth happens on the 11th in Paris; the fifth has no cost and is refused.
  'visits.csv': [
    'id,at,customer,cost,money',
    'V1,2026-03-10T08:00:00Z,C1,100,EUR',
    'V2,2026-03-10T09:00:00Z,C2,60,USD',
    'V3,2026-03-10T10:00:00Z,C9,5,EUR',
    'V4,2026-03-10T23:30:00Z,C1,1000,EUR',
    'V5,2026-03-10T11:00:00Z,C1,,EUR',
  ].join('\n'),
};

const run = { config: '', state: '', asOf: '2026-03-10', at: '2026-03-11T06:00:00Z' };
let manifest: Manifest;
beforeAll(async () => {
  const folder = ownFolder(FILES);
  Object.assign(run, { config: join(folder, 'vigie.yaml'), state: mkdtempSync(join(folder, 'state-')) });
  manifest = await localRun(run);
});
afterAll(() => rmSync(join(run.config, '..'), { recursive: true }));

test('a table of a company is loaded by its feeds and validated as every other', () => {
  expect(manifest.pulls).toMatchObject([{ source: 'crm', status: 'ok' }]);
  expect(manifest.loads.map(({ table, inserted }) => [table, inserted]).toSorted()).toEqual([
    ['customers', 2],
    ['exchange_rates', 1],
    ['visits', 4],
  ]);
  const [visits] = manifest.pulls.flatMap(({ batches }) => batches).filter(({ table }) => table === 'visits');
  expect(visits).toMatchObject({ rejected: 1, lastDate: '2026-03-11', totals: { spent: '1165.0000' } });
});

test('it is checked: by its references, as those that ship are', async () => {
  const report = await withContext(run, ({ platform }) =>
    readState<CheckReport>(platform.bucket, checkReportKey(run.asOf)),
  );
  expect(report?.findings).toContainEqual(
    expect.objectContaining({ check: 'missing_references', table: 'visits', severity: 'warning' }),
  );
});

test('a KPI counts it, converts its money and breaks it down by the own column of a table that ships', async () => {
  const figures = await withContext(run, ({ platform }) =>
    readFigures(platform.bucket, {
      ...{ kpis: ['cost_of_visits'], from: run.asOf, to: run.asOf },
      ...{ periods: ['day'], comparisons: ['current'] },
    }),
  );
  expect(figures.map(({ dimension, member, numerator }) => [dimension, member, Number(numerator)])).toEqual([
    [null, null, 135],
    ['tier', '(unknown)', 5],
    ['tier', 'gold', 100],
    ['tier', 'silver', 30],
  ]);
});

test('its figures depend on the rates and on what describes its customers', async () => {
  const { kpi, page, dimensions } = await withContext(run, async ({ catalogue }) => ({
    kpi: catalogue.kpi('cost_of_visits'),
    page: tableReference(catalogue.tables),
    dimensions: catalogue.kpis.filter((each) => 'tier' in each.dimensions).map(({ id }) => id),
  }));
  expect([...kpi.dependsOn].sort()).toEqual(['customers', 'exchange_rates', 'visits']);
  expect(kpi.counts).toEqual(['visits']);
  expect(dimensions).toContain('net_revenue');
  expect(page).toContain('## visits\n\nVisits that a representative paid to a customer.');
  expect(page).toMatch(/\| `tier` +\| varchar, optional +\| +\|/);
});
