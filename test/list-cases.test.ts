import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseIds, readListCaseFile } from '../authoring/cases/case-files.ts';
import { runListCase } from '../authoring/cases/list-cases.ts';
import { shippedListCases } from '../authoring/folder.ts';
import { loadCatalogue } from '../functions/lake/catalogue/catalogue.ts';
import type { Engine } from '../functions/platform/engine.ts';
import { testEngine } from './kit/test-engine.ts';

const catalogue = loadCatalogue();
let engine: Engine;
beforeAll(async () => {
  engine = await testEngine();
});
afterAll(() => engine.close());

const ids = caseIds(shippedListCases());

test('every list has a case file, and every case file a list', () => {
  expect(ids).toEqual(catalogue.lists.map(({ id }) => id));
});

describe.each(ids)('%s', (id) => {
  test.each(readListCaseFile(id))('$name', async (kase) => {
    const { expected, returned } = await runListCase(engine, id, kase, catalogue);
    expect(returned).toEqual(expected);
  });
});
