import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Given } from '../../authoring/cases/given-rows.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { runRef } from '../../functions/lake/run/run.ts';
import { checkReportKey, type Finding } from '../../functions/lake/snapshot/finding.ts';
import { readFigures } from '../../functions/lake/snapshot/store.ts';
import { emptyTables } from '../../functions/measure/availability.ts';
import { keepRunFacts, readRunFacts } from '../../functions/measure/run-facts.ts';
import { measureTask } from '../../functions/measure/task.ts';
import { writeJson } from '../../functions/platform/bucket.ts';
import type { Engine } from '../../functions/platform/engine.ts';
import type { Platform } from '../../functions/platform/platform.ts';
import { countingPlatform } from '../kit/counting-platform.ts';
import { measurePlatform, testCompany } from '../kit/measure-platform.ts';
import { testEngine } from '../kit/test-engine.ts';

const catalogue = loadCatalogue();
const run = runRef({ asOf: '2026-03-15', from: '2026-03-15' }, '2026-03-16T06:00:00Z');
const kpis = ['orders', 'net_revenue', 'bounce_rate'];
const off = catalogue.kpis.flatMap(({ id }) => (kpis.includes(id) ? [] : [id]));
const company = testCompany({ kpis: { off: Object.fromEntries(off.map((id) => [id, 'not of this test'])) } });
const march = { starts_on: '2026-03-01', ends_on: '2026-03-31', dimension: 'total', member: 'total' };
const given: Given = {
  orders: [{ order_id: '1', ordered_on: '2026-03-15', channel: 'web' }],
  order_lines: [{ order_id: '1', net_amount: 100 }],
  targets: [
    { kpi: 'net_revenue', ...march, value: 3100 },
    { kpi: 'orders', ...march, value: 31 },
  ],
};

let engine: Engine;
beforeAll(async () => {
  engine = await testEngine();
});
afterAll(() => engine.close());

/** A platform that notes what each statement is for; one that is refused throws. */
function noted(refused?: RegExp): { readonly platform: Platform; readonly asked: string[] } {
  const platform = measurePlatform(engine, given);
  const asked: string[] = [];
  const query: Engine['query'] = async (sql, options = {}) => {
    asked.push(options.label ?? sql);
    if (refused?.test(options.label ?? '')) throw new Error('Athena is away');
    return platform.engine.query(sql, options);
  };
  return { asked, platform: { ...platform, engine: { ...platform.engine, query } } };
}

/** Measures all KPIs as a run does; what was recorded. */
async function measured(platform: Platform, damage?: string): Promise<unknown> {
  const audienceList = () => {
    throw new Error('no list is pushed');
  };
  const context = { platform, company, catalogue, audienceList };
  await writeJson(platform.bucket, checkReportKey('2026-03-14'), {
    asOf: '2026-03-14',
    run: 'r',
    findings: [LATE],
  });
  await platform.bucket.write(checkReportKey('2026-03-13'), 'cut');
  expect(await measureTask.items(context, run)).toEqual(expect.arrayContaining(kpis));
  if (damage !== undefined) await platform.bucket.write(`work/${run.run}/measure/_facts.json`, damage);
  const statuses: string[] = [];
  for (const kpi of kpis) statuses.push((await measureTask.perform(context, run, kpi)).detail);
  expect(statuses).toEqual(['ok', 'ok', 'unavailable']);
  return readFigures(platform.bucket, { kpis, from: '2026-03-12', to: '2026-03-15' });
}

/** An error of the checks, on a table of both KPIs. */
const LATE: Finding = {
  ...{ check: 'freshness', severity: 'error', table: 'orders', source: null, message: 'late' },
  ...{ lastDate: null, sample: null, hint: null },
};

const small = (asked: readonly string[]): string[] => asked.filter((label) => /tables|targets/.test(label));

test('which tables hold rows and what is wanted is asked once a run; where that fails, by each KPI: the figures are the same', async () => {
  const once = noted();
  const { platform, counts } = countingPlatform(once.platform);
  const figures = await measured(platform);
  expect(counts.folders.get('checks')).toEqual({ reads: 2, listed: 2 });
  expect(figures).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ asOf: '2026-03-13', quality: 'incomplete' }),
      expect.objectContaining({ asOf: '2026-03-14', quality: 'stale' }),
      expect.objectContaining({ asOf: '2026-03-15', quality: 'ok' }),
    ]),
  );
  expect(figures).toEqual(expect.arrayContaining([expect.objectContaining({ comparison: 'target' })]));
  expect(small(once.asked)).toEqual(['which tables hold rows', 'targets']);

  const away = noted(/^(which tables|targets)/);
  expect(await measured(away.platform)).toEqual(figures);
  expect(small(away.asked).filter((label) => label.startsWith('kpi '))).toEqual([
    'kpi orders: are its tables loaded',
    'kpi orders: targets',
    'kpi net_revenue: are its tables loaded',
    'kpi net_revenue: targets',
    'kpi bounce_rate: are its tables loaded',
  ]);

  const cut = noted();
  expect(await measured(cut.platform, '{ "asked": [')).toEqual(figures);
  expect(small(cut.asked).length).toBeGreaterThan(2);
});

test('what was asked says of empty tables too that they are; a table that nobody asked for is asked for', async () => {
  const { platform, asked } = noted();
  await keepRunFacts(platform, run, [catalogue.kpi('bounce_rate'), catalogue.kpi('orders')]);
  const facts = await readRunFacts(platform.bucket, run);
  expect(facts).toMatchObject({ asked: ['orders', 'sessions'], filled: ['orders'] });
  const before = asked.length;
  expect(await emptyTables(platform.engine, catalogue.kpi('bounce_rate'), facts)).toEqual(['sessions']);
  expect(await emptyTables(platform.engine, catalogue.kpi('orders'), facts)).toEqual([]);
  expect(asked).toHaveLength(before);
  expect(await emptyTables(platform.engine, catalogue.kpi('net_revenue'), facts)).toEqual([]);
  expect(asked.slice(before)).toEqual(['kpi net_revenue: are its tables loaded']);
});
