/**
 * How far forecasts are wrong, beside simpler ones.
 *
 *     node --import tsx bench/forecast.ts [--crm FOLDER] [--series FOLDER] [--seeds 1887,21] [--small]
 *
 * Deals: `order_forecast`, as its SQL gives it, on the sandbox's software company (of six seeds: a month has so few deals
 * that one company's months do not tell skill from luck), and on the public data set "CRM Sales Opportunities",
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
import { madeUpSeries } from './forecast/made-up.ts';
import { type Aim, aimLine, aims } from './forecast/missed-targets.ts';
import { fill, orderTrials, type Trial } from './forecast/order-errors.ts';
import { DAYS, errorLine, header, shareLine } from './forecast/print.ts';
import { publicCrm } from './forecast/public-crm.ts';
import type { Rows } from './forecast/rows.ts';
import { sandboxCrm } from './forecast/sandbox-crm.ts';
import { monthTrials, readSeries, type SeriesTrial } from './forecast/series.ts';

const { values } = parseArgs({
  options: {
    crm: { type: 'string' },
    series: { type: 'string' },
    seeds: { type: 'string', default: `${saasDefaults.seed},21,22,23,24,25` },
    small: { type: 'boolean', default: false },
  },
});

const monthsFrom = (first: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => addMonths(`${first}-01`, index).slice(0, 7));

async function trialsOf(rows: Rows, months: readonly string[]): Promise<Trial[]> {
  const catalogue = loadCatalogue();
  const engine = await testEngine();
  try {
    await fill(engine, catalogue, rows);
    return await orderTrials(engine, catalogue, rows, months, DAYS);
  } finally {
    await engine.close();
  }
}

function orders(name: string, trials: readonly Trial[]): void {
  const ours = (trial: Trial): number => trial.forecast;
  header(`${name}: ${trials.length / DAYS.length} months`);
  errorLine('order_forecast', trials, ours);
  errorLine('same share of the month as last year', trials, (trial) => trial.lastYear, ours);
  errorLine('same share as the month before', trials, (trial) => trial.monthBefore, ours);
  errorLine('pipeline × the CRM’s own probability', trials, (trial) => trial.crm, ours);
  errorLine('… of what should close in the month', trials, (trial) => trial.crmDue, ours);
  shareLine('within its range', trials, (trial) => trial.within);
}

function series(name: string, trials: readonly SeriesTrial[]): void {
  header(`${name}: ${trials.length / DAYS.length} months`);
  errorLine('forecast', trials, (trial) => trial.forecast);
  errorLine('straight line over days of trade', trials, (trial) => trial.straight);
  errorLine('last year’s share', trials, (trial) => trial.lastYear);
  shareLine('within its range', trials, (trial) => trial.within);
}

const months = values.small ? monthsFrom('2026-09', 3) : monthsFrom('2025-06', 18);
const seeds = values.small ? [String(saasDefaults.seed)] : values.seeds.split(',');
const companies: Trial[][] = [];
for (const seed of seeds)
  companies.push(await trialsOf(sandboxCrm('2026-11-30', 1200, Number(seed)), months));
orders(`the sandbox’s software company, seed ${seeds[0]}`, companies[0] ?? []);
if (companies.length > 1) orders(`${companies.length} such companies`, companies.flat());
if (values.crm === undefined || !existsSync(join(values.crm, 'sales_pipeline.csv')))
  console.log(
    '\nSKIPPED: public CRM data. Give --crm a folder with sales_pipeline.csv and products.csv of "CRM Sales Opportunities".',
  );
else orders('public CRM data', await trialsOf(publicCrm(values.crm), monthsFrom('2017-05', 8)));
if (values.series === undefined || !existsSync(values.series))
  console.log('\nSKIPPED: public series. Give --series a folder of files `date,value`.');
else
  for (const name of readdirSync(values.series).filter((each) => each.endsWith('.csv')))
    series(basename(name), monthTrials(readSeries(join(values.series, name)), DAYS));

const madeUp = new Map<string, { trials: SeriesTrial[]; aims: Aim[] }>();
for (const seed of seeds.map(Number))
  for (const [name, daily] of Object.entries(madeUpSeries(seed))) {
    const found = madeUp.get(name) ?? { trials: [], aims: [] };
    found.trials.push(...monthTrials(daily, DAYS));
    found.aims.push(...aims(daily, seed));
    madeUp.set(name, found);
  }
for (const [name, { trials }] of madeUp) series(`${name}, ${seeds.length} companies`, trials);
console.log('\n`forecast_gap` over a year: targets up to 12 % off what came, below 0, for 3 days of trade');
for (const [name, { aims: all }] of madeUp) aimLine(name, all);
