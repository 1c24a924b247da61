import { describe, expect, inject, test } from 'vitest';
import { caseIds, readCaseFile } from '../../authoring/cases/case-files.ts';
import { runKpiCase } from '../../authoring/cases/kpi-cases.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { trinoEngine } from '../kit/trino-engine.ts';

const catalogue = loadCatalogue();
const engine = trinoEngine({ url: inject('trinoUrl') });

/** The same cases as test/kpi-cases.test.ts, on the engine whose SQL Athena speaks. A KPI added later is in it. */
describe.concurrent.each(caseIds())('%s', (id) => {
  test.each(readCaseFile(id))('$name', async (kase) => {
    const { expected, returned } = await runKpiCase(engine, id, kase, catalogue);
    expect(returned).toEqual(expected);
  });
});
