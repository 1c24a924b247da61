import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { emptyTables } from '../../functions/measure/availability.ts';
import { Together } from '../../functions/measure/together.ts';
import type { Engine } from '../../functions/platform/engine.ts';
import { measurePlatform } from '../kit/measure-platform.ts';
import { testEngine } from '../kit/test-engine.ts';

const catalogue = loadCatalogue();
let engine: Engine;
beforeAll(async () => {
  engine = await testEngine();
});
afterAll(() => engine.close());

test('a table that one KPI of a run found rows in is asked for once; an empty one each time', async () => {
  const asked: string[] = [];
  const { engine: own } = measurePlatform(engine, { orders: [{ order_id: '1', ordered_on: '2026-03-15' }] });
  const told: Engine = {
    ...own,
    query: (sql, options) => {
      asked.push(sql);
      return own.query(sql, options);
    },
  };
  const { filled } = new Together();
  const orders = catalogue.kpi('orders');
  expect(await emptyTables(told, orders, filled)).toEqual([]);
  expect(await emptyTables(told, orders, filled)).toEqual([]);
  expect(asked).toHaveLength(1);
  const bounces = catalogue.kpi('bounce_rate');
  expect(await emptyTables(told, bounces, filled)).toEqual(['sessions']);
  expect(await emptyTables(told, bounces, filled)).toEqual(['sessions']);
  expect(asked).toHaveLength(3);
});

test('what the KPIs of a run count alike is made once, also where that is nothing', () => {
  const together = new Together();
  let made = 0;
  const make = () => {
    made += 1;
    return undefined;
  };
  expect([together.sharedCounts(make), together.sharedCounts(make)]).toEqual([undefined, undefined]);
  expect(made).toBe(1);
});
