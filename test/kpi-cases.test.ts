import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseIds, readCaseFile } from '../authoring/cases/case-files.ts';
import { runKpiCase } from '../authoring/cases/kpi-cases.ts';
import { loadCatalogue } from '../functions/lake/catalogue/catalogue.ts';
import type { Engine } from '../functions/platform/engine.ts';
import { testEngine } from './kit/test-engine.ts';

const catalogue = loadCatalogue();
const known = catalogue.kpis.map((kpi) => kpi.id);
let engine: Engine;
beforeAll(async () => {
  engine = await testEngine();
});
afterAll(() => engine.close());

test('every KPI has a case file, and every case file a KPI', () => {
  expect(caseIds()).toEqual(known);
});

describe.each(caseIds())('%s', (id) => {
  const cases = readCaseFile(id);
  test.each(cases)('$name', async (kase) => {
    const { expected, returned } = await runKpiCase(engine, id, kase, catalogue);
    expect(returned).toEqual(expected);
  });
});
