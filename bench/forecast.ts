/**
 * How far forecasts are wrong, beside simpler ones.
 *
 *     node --import tsx bench/forecast.ts [--crm FOLDER] [--series FOLDER] [--seed 1887] [--small]
 *
 * Deals: `order_forecast`, as its SQL gives it, on the sandbox's software company, and on the public data set "CRM Sales Opportunities",
 * whose `sales_pipeline.csv` and `products.csv` are looked for in --crm. Beside it the same share of the month as last year, and as the
 * month before, and the open pipeline by the CRM's own probability: all of it, and what should close in the month.
 *
 * Series: where a month ends, on daily series `date,value` in --series; beside it a straight line over days of trade, and last year's
 * share. `within`: how often what came was in the range that is to hold it four times in five. Nothing was fitted to what is measured
 * here but what decision 0046 says. Errors are medians, and means, of the month's whole. --small: fewer months.
 */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCatalogue } from '../functions/lake/catalogue/catalogue.ts';
import { addMonths } from '../functions/lake/values/day.ts';
import { saasDefaults } from '../sandbox/companies/saas/write-saas.ts';
import { testEngine } from '../test/kit/test-engine.ts';
import { fill, orderTrials } from './forecast/order-errors.ts';
import { DAYS, errorLine, header, shareLine } from './forecast/print.ts';
import { publicCrm } from './forecast/public-crm.ts';
import type { Rows } from './forecast/rows.ts';
import { sandboxCrm } from './forecast/sandbox-crm.ts';
import { monthTrials, readSeries } from './forecast/series.ts';

const { values } = parseArgs({
  options: {
    crm: { type: 'string' },
    series: { type: 'string' },
    seed: { type: 'string', default: String(saasDefaults.seed) },
    small: { type: 'boolean', default: false },
  },
});

const monthsFrom = (first: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => addMonths(`${first}-01`, index).slice(0, 7));

async function orders(name: string, rows: Rows, months: readonly string[]): Promise<void> {
  const catalogue = loadCatalogue();
  const engine = await testEngine();
  try {
    await fill(engine, catalogue, rows);
    const trials = await orderTrials(engine, catalogue, rows, months, DAYS);
    header(`${name}: ${rows['deals']?.length} deals, ${months.length} months`);
    errorLine('order_forecast', trials, (trial) => trial.forecast);
    errorLine('same share of the month as last year', trials, (trial) => trial.lastYear);
    errorLine('same share as the month before', trials, (trial) => trial.monthBefore);
    errorLine('pipeline × the CRM’s own probability', trials, (trial) => trial.crm);
    errorLine('… of what should close in the month', trials, (trial) => trial.crmDue);
    shareLine('within its range', trials, (trial) => trial.within);
  } finally {
    await engine.close();
  }
}

function series(path: string): void {
  const trials = monthTrials(readSeries(path), DAYS);
  header(`${basename(path)}: ${trials.length / DAYS.length} months`);
  errorLine('forecast', trials, (trial) => trial.forecast);
  errorLine('straight line over days of trade', trials, (trial) => trial.straight);
  errorLine('last year’s share', trials, (trial) => trial.lastYear);
  shareLine('within its range', trials, (trial) => trial.within);
}

const months = values.small ? monthsFrom('2026-09', 3) : monthsFrom('2025-06', 18);
await orders('the sandbox’s software company', sandboxCrm('2026-11-30', 1200, Number(values.seed)), months);
if (values.crm === undefined || !existsSync(join(values.crm, 'sales_pipeline.csv')))
  console.log(
    '\nSKIPPED: public CRM data. Give --crm a folder with sales_pipeline.csv and products.csv of "CRM Sales Opportunities".',
  );
else await orders('public CRM data', publicCrm(values.crm), monthsFrom('2017-05', 8));
if (values.series === undefined || !existsSync(values.series))
  console.log('\nSKIPPED: public series. Give --series a folder of files `date,value`.');
else
  for (const name of readdirSync(values.series).filter((each) => each.endsWith('.csv')))
    series(join(values.series, name));
