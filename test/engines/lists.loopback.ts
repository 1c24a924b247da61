import { describe, expect, inject, test } from 'vitest';
import { caseIds, readListCaseFile } from '../../authoring/cases/case-files.ts';
import { runListCase } from '../../authoring/cases/list-cases.ts';
import { shippedListCases } from '../../authoring/folder.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { trinoEngine } from '../kit/trino-engine.ts';

const catalogue = loadCatalogue();
const engine = trinoEngine({ url: inject('trinoUrl') });

/** The same cases as test/list-cases.test.ts, on the engine whose SQL Athena speaks. A list added later is in it. */
describe.concurrent.each(caseIds(shippedListCases()))('%s', (id) => {
  test.each(readListCaseFile(id))('$name', async (kase) => {
    const { expected, returned } = await runListCase(engine, id, kase, catalogue);
    expect(returned).toEqual(expected);
  });
});
