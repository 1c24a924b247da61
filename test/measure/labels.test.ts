import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { readLabels } from '../../functions/lake/catalogue/labels.ts';
import { MembersSeen, recordMemberNames } from '../../functions/measure/labels.ts';
import { measureKpi } from '../../functions/measure/measure-kpi.ts';
import type { Engine } from '../../functions/platform/engine.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { catalogueOf, frontWith, measurePlatform, testCompany } from '../kit/measure-platform.ts';
import { testEngine } from '../kit/test-engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await testEngine();
});
afterAll(() => engine.close());

const SQL = `SELECT p.as_of, p.period, p.comparison,
  CASE WHEN grouping(o.customer_id) = 0 THEN 'customer' END AS dimension,
  CASE WHEN grouping(o.customer_id) = 0 THEN coalesce(o.customer_id, '(unknown)') END AS member,
  sum(l.net_amount) AS numerator, CAST(NULL AS decimal(18, 4)) AS denominator
FROM periods AS p
JOIN orders AS o ON o.ordered_on BETWEEN p.starts_on AND p.ends_on
JOIN order_lines AS l ON l.order_id = o.order_id
GROUP BY GROUPING SETS ((p.as_of, p.period, p.comparison), (p.as_of, p.period, p.comparison, o.customer_id))`;

test('names of the members that figures have, and of no others', async () => {
  const platform = measurePlatform(engine, {
    customers: [
      { customer_id: "1'1", name: "L'Atelier\n<b>" },
      { customer_id: '2' },
      { customer_id: '3', name: 'Bought nothing' },
    ],
    orders: [
      { order_id: 'a', ordered_on: '2026-03-15', customer_id: "1'1" },
      { order_id: 'b', ordered_on: '2026-03-15', customer_id: '2' },
      { order_id: 'c', ordered_on: '2026-03-15' },
    ],
    order_lines: ['a', 'b', 'c'].map((order_id) => ({ order_id, net_amount: 5 })),
  });
  const catalogue = catalogueOf(SQL, frontWith({ dimensions: '[customer]' }));
  const input = {
    ...{ company: testCompany(), catalogue, kpi: catalogue.kpi('revenue') },
    ...{ asOfs: ['2026-03-15'], run: 'run-1', findings: [] },
  };
  expect(await measureKpi(platform, input)).toMatchObject({ status: 'ok' });
  const labels = await readLabels(platform.bucket);
  expect(labels.name('customer', "1'1")).toBe("L'Atelier\n<b>");
  expect(labels.name('customer', '2')).toBeUndefined();
  expect(labels.name('customer', '3')).toBeUndefined();
});

test('a lake that cannot be asked for names costs nobody a figure', async () => {
  const platform = measurePlatform(engine, {});
  const warned: string[] = [];
  const broken = {
    ...platform,
    engine: { ...engine, query: () => Promise.reject(new VigieError('gone', { code: 'SQL_FAILED' })) },
    log: { ...platform.log, warn: (message: string) => void warned.push(message) },
  };
  const kpi = catalogueOf(SQL, frontWith({ dimensions: '[customer, region]' })).kpi('revenue');
  const seen = new MembersSeen(kpi);
  seen.add({ dimension: ['customer', 'region', null, 'customer'], member: ['1', 'Nord', null, '(other)'] });
  expect([seen.of('customer'), seen.of('region')]).toEqual([['1'], []]);
  await recordMemberNames(broken, kpi, seen);
  expect(warned).toEqual(['names of members not recorded']);
});

test('stages of one id in two CRMs have each its name, by its source and id; one that only one has, by its id', async () => {
  const platform = measurePlatform(engine, {
    stages: [
      { crm: 'hubspot', stage_id: 'negotiation', name: 'Negotiation' },
      { crm: 'salesforce', stage_id: 'negotiation', name: 'Last talks' },
      { crm: 'salesforce', stage_id: 'demo', name: 'Demo' },
    ],
  });
  const kpi = loadCatalogue().kpi('stage_losses');
  const seen = new MembersSeen(kpi);
  const member = ['hubspot/negotiation', 'salesforce/negotiation', 'demo', 'negotiation'];
  seen.add({ dimension: member.map(() => 'stage'), member });
  await recordMemberNames(platform, kpi, seen);
  const labels = await readLabels(platform.bucket);
  expect(member.map((each) => labels.name('stage', each))).toEqual([
    'Negotiation',
    'Last talks',
    'Demo',
    undefined,
  ]);
});
