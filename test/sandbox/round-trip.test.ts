import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCompany } from '../../functions/lake/company/file.ts';
import type { PullReport } from '../../functions/lake/landing/batch.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { loadBatch } from '../../functions/load/load-batch.ts';
import { frozenClock } from '../../functions/platform/clock.ts';
import { queryRows } from '../../functions/platform/engine.ts';
import { duckDbEngine } from '../../functions/platform/local/duckdb-engine.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import { folderInbox } from '../../functions/platform/local/folder-inbox.ts';
import { silentLog } from '../../functions/platform/log.ts';
import type { Platform } from '../../functions/platform/platform.ts';
import { pullSource } from '../../functions/pull/pull-source.ts';
import type { DayTruth } from '../../sandbox/companies/wholesale/truth/day-truth.ts';
import { type SandboxSummary, writeSandbox } from '../../sandbox/companies/wholesale/write-sandbox.ts';
import { tableNames, tables } from '../kit/tables.ts';

/** Exports, pulled with the generated vigie.yaml and loaded: the lake must hold what the generators counted. */
const folder = mkdtempSync(join(tmpdir(), 'vigie-round-trip-'));
const bucket = fileBucket(join(folder, '.vigie'));
const engine = duckDbEngine({ bucket, threads: 1 });
const world = {
  bucket,
  engine,
  inbox: folderInbox(folder, {}),
  log: silentLog,
  clock: frozenClock('2026-11-22T05:00:00Z'),
};
const endsOn = '2026-11-21';
let summary: SandboxSummary;
const pulls: PullReport[] = [];

beforeAll(async () => {
  summary = await writeSandbox({ folder, seed: 5, endsOn, days: 84, scale: 0.12, stories: true });
  const company = await readCompany(summary.config, { tables });
  await ensureTables(world, tables.all);
  for (const source of company.sources) {
    const report = await pullSource(world as Partial<Platform> as Platform, {
      tables,
      company,
      source,
      asOf: endsOn,
      run: 'run-1',
    });
    for (const batch of report.batches) await loadBatch(world, batch, tables);
    pulls.push(report);
  }
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the sandbox through pull and load', () => {
  test('every source is read', () => {
    expect(pulls.filter(({ status }) => status !== 'ok')).toEqual([]);
  });

  test('the rows refused are the broken ones that were planted, and no others', () => {
    const rejected: Partial<Record<string, number>> = {};
    for (const batch of pulls.flatMap(({ batches }) => batches)) {
      if (batch.rejected > 0) rejected[batch.table] = (rejected[batch.table] ?? 0) + batch.rejected;
    }
    expect(rejected).toEqual({ orders: 2, order_lines: 2, carts: 1 });
    expect(summary.rejected).toEqual(rejected);
  });

  test('every table holds the rows that were invented', async () => {
    const found: Partial<Record<string, unknown>> = {};
    for (const table of tableNames) {
      const [row] = await queryRows(engine, `SELECT count(*) AS rows FROM ${engine.dialect.table(table)}`);
      found[table] = Number(row?.['rows']);
    }
    // A wholesaler without a CRM has nothing in the tables of the funnel.
    const nothing = Object.fromEntries(tableNames.map((table) => [table, 0]));
    expect(found).toEqual({ ...nothing, ...summary.rows });
    expect(found['leads']).toBe(0);
  });

  test.each(sums())('$name agrees with the truth on every day', async ({ sql, truth }) => {
    const rows = await queryRows(engine, sql);
    const found = rows.map((row) => [row['day'], Number(row['amount'])]).filter(([, amount]) => amount !== 0);
    const wanted = summary.truth.map((day) => [day.date, truth(day)]).filter(([, amount]) => amount !== 0);
    expect(found).toEqual(wanted);
    expect(wanted.length).toBeGreaterThan(10);
  });

  test('every contract in a foreign currency has its rate', async () => {
    const rows = await queryRows(
      engine,
      `SELECT o.customer_id, count(r.rate) AS rates FROM lake.customer_objectives o
       LEFT JOIN lake.exchange_rates r ON r.currency = o.currency AND r.rated_on BETWEEN o.starts_on - INTERVAL 7 DAY AND o.starts_on
       WHERE o.currency <> 'EUR' GROUP BY o.customer_id, o.starts_on`,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter((row) => Number(row['rates']) === 0)).toEqual([]);
  });

  test('names survive their encoding', async () => {
    const rows = await queryRows(
      engine,
      `SELECT name, customer_id FROM lake.customers WHERE customer_id = '100001'`,
    );
    expect(rows).toEqual([{ name: 'Autohaus Brückner GmbH & Co. KG', customer_id: '100001' }]);
    const quoted = await queryRows(
      engine,
      `SELECT name FROM lake.products WHERE name LIKE '%"; pair' LIMIT 1`,
    );
    expect(quoted).toHaveLength(1);
  });
});

interface Sum {
  readonly name: string;
  readonly sql: string;
  readonly truth: (day: DayTruth) => number;
}

/** Sums by day, written down apart from the KPIs: amounts converted line by line, in 1/10,000 euro. */
function sums(): Sum[] {
  const rate = (alias: string, day: string) =>
    `CASE WHEN ${alias}.currency = 'EUR' THEN 1 ELSE (SELECT max_by(r.rate, r.rated_on) FROM lake.exchange_rates r WHERE r.currency = ${alias}.currency AND r.rated_on <= ${alias}.${day}) END`;
  const euro = (column: string, alias: string, day: string) =>
    `CAST(sum(CAST(${alias}.${column} * ${rate(alias, day)} AS decimal(18,4))) * 10000 AS bigint)`;
  const perDay = (day: string, amount: string, from: string) =>
    `SELECT ${day} AS day, ${amount} AS amount FROM ${from} GROUP BY ${day} ORDER BY ${day}`;
  const standing = `lake.order_lines l JOIN lake.orders o ON o.order_id = l.order_id WHERE o.status <> 'cancelled'`;
  const left = `lake.cart_lines l JOIN lake.carts c ON c.cart_id = l.cart_id WHERE c.ordered_at IS NULL OR c.ordered_at > c.settles_at`;
  return [
    {
      name: 'net revenue',
      sql: perDay('l.ordered_on', euro('net_amount', 'l', 'ordered_on'), standing),
      truth: (day) => day.netRevenue,
    },
    {
      name: 'units sold',
      sql: perDay('l.ordered_on', 'sum(l.quantity)', standing),
      truth: (day) => day.units,
    },
    {
      name: 'orders',
      sql: perDay('ordered_on', 'count(*)', `lake.orders WHERE status <> 'cancelled' AND kind = 'order'`),
      truth: (day) => day.orders,
    },
    {
      name: 'returns',
      sql: perDay('ordered_on', 'count(*)', `lake.orders WHERE status <> 'cancelled' AND kind = 'return'`),
      truth: (day) => day.returns,
    },
    { name: 'settled carts', sql: perDay('settles_on', 'count(*)', 'lake.carts'), truth: (day) => day.carts },
    {
      name: 'abandoned carts',
      sql: perDay('settles_on', 'count_if(ordered_at IS NULL OR ordered_at > settles_at)', 'lake.carts'),
      truth: (day) => day.abandonedCarts,
    },
    {
      name: 'lost sales',
      sql: perDay('l.settles_on', euro('amount', 'l', 'settles_on'), left),
      truth: (day) => day.lostSales,
    },
    {
      name: 'units added to carts',
      sql: perDay('added_on', 'sum(quantity)', 'lake.cart_lines'),
      truth: (day) => day.unitsAddedToCart,
    },
    {
      name: 'sessions',
      sql: perDay('started_on', 'sum(session_count)', 'lake.sessions'),
      truth: (day) => day.sessions,
    },
    {
      name: 'ordering sessions',
      sql: perDay('started_on', 'sum(ordering_session_count)', 'lake.sessions'),
      truth: (day) => day.orderingSessions,
    },
    {
      name: 'media cost',
      sql: perDay('spent_on', 'CAST(sum(cost) * 10000 AS bigint)', 'lake.ad_spend'),
      truth: (day) => Object.values(day.adCost).reduce((sum, cost) => sum + cost, 0),
    },
    {
      name: 'conversion value',
      sql: perDay('spent_on', 'CAST(sum(conversion_value) * 10000 AS bigint)', 'lake.ad_spend'),
      truth: (day) => day.adConversionValue,
    },
    {
      name: 'other cost',
      sql: perDay('cost_on', 'CAST(sum(amount) * 10000 AS bigint)', 'lake.marketing_costs'),
      truth: (day) => day.marketingCost + day.salesCost,
    },
  ];
}
