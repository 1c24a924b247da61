import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withInlineTables } from '../../authoring/cases/inline-tables.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { readList, writeList } from '../../functions/lake/snapshot/list-entries.ts';
import { recordLists } from '../../functions/measure/lists.ts';
import type { Engine } from '../../functions/platform/engine.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import { anyCompany, inShort, leadsExpected, leadsGiven, listOf } from '../kit/list-cases.ts';
import { testEngine } from '../kit/test-engine.ts';

const catalogue = loadCatalogue();
let engine: Engine;
beforeAll(async () => {
  engine = await testEngine();
});
afterAll(() => engine.close());

test('the hottest leads: open ones alone, hottest and best known first, each point by its rule', async () => {
  const entries = await listOf(engine, 'hottest_leads', leadsGiven);
  expect(entries.map(inShort)).toEqual(leadsExpected);
  expect(entries[0]?.values).toMatchObject({
    band: 'hot',
    yearly_potential: '50000.5',
    created_on: '2026-11-01',
  });
  expect(entries[0]?.reasons.find(({ reason }) => reason === 'yearly_potential')).toEqual({
    ...{ reason: 'yearly_potential', points: 15, most: 15, found: '50000.5' },
    ...{ word: null, atLeast: '50000', atMost: null },
  });
  expect(entries[3]?.reasons.find(({ reason }) => reason === 'region')).toMatchObject({
    found: 'north',
    word: 'north',
  });
});

test('a company’s own rules explain its points; a rule that gives none is told, too', async () => {
  const entries = await listOf(engine, 'hottest_leads', {
    scoring_rules: [
      { criterion: 'contact_role', word: 'purchasing', points: 20 },
      { criterion: 'employee_count', at_least: 20, at_most: 100, points: 30 },
    ],
    leads: [
      {
        lead_id: 'L1',
        created_on: '2026-11-01',
        status: 'open',
        employee_count: 60,
        contact_role: 'management',
      },
    ],
  });
  expect(entries.map(inShort)).toEqual([['L1', 60, 'employee_count 30/30, contact_role 0/20']]);
  expect(entries[0]?.reasons).toMatchObject([
    { atLeast: '20', atMost: '100' },
    { found: 'management', word: null, atLeast: null },
  ]);
});

test('fifty at most; the score of the list is that of the KPI', async () => {
  const leads = Array.from({ length: 60 }, (_, at) => ({
    ...{ lead_id: `L${at}`, created_on: '2026-11-01', status: 'open' },
    ...{ employee_count: 60, engagement_count: 1 + (at % 12) },
  }));
  const entries = await listOf(engine, 'hottest_leads', { leads });
  expect(entries).toHaveLength(50);
  const scores = entries.map(({ values }) => Number(values['score']));
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  for (const { values, reasons } of entries) {
    const sum = (of: 'points' | 'most') => reasons.reduce((total, each) => total + each[of], 0);
    expect(Math.round((100 * sum('points')) / sum('most'))).toBe(values['score']);
  }
});

test('is kept for its day; those of earlier days go, for nobody acts on them and who is erased is found nowhere', async () => {
  const bucket = fileBucket(await mkdtemp(join(tmpdir(), 'vigie-lists-')));
  const list = catalogue.lists.find(({ id }) => id === 'hottest_leads');
  if (!list) throw new Error('hottest_leads');
  const old = { list: list.id, run: 'r', entries: [] };
  for (const asOf of ['2026-11-19', '2026-11-23']) await writeList(bucket, { ...old, asOf });
  const empty = withInlineTables(engine, new Map(), catalogue.tables);
  await recordLists(
    { bucket, engine: empty },
    { company: anyCompany, catalogue, kpi: 'lead_score', asOf: '2026-11-21', run: 'r2' },
  );
  expect(await readList(bucket, list, '2026-11-21')).toMatchObject({ run: 'r2', entries: [] });
  expect(await readList(bucket, list, '2026-11-19')).toBeUndefined();
  expect(await readList(bucket, list, '2026-11-23')).toBeDefined();
});

test('what is wrong with its SELECT is told with the file, and what was recorded', async () => {
  const bucket = fileBucket(await mkdtemp(join(tmpdir(), 'vigie-lists-')));
  const lists = catalogue.lists.map((list) => ({ ...list, sql: 'SELECT nothing FROM leads' }));
  const empty = withInlineTables(engine, new Map(), catalogue.tables);
  await expect(
    recordLists(
      { bucket, engine: empty },
      {
        company: anyCompany,
        catalogue: { ...catalogue, lists },
        kpi: 'lead_score',
        asOf: '2026-11-21',
        run: 'r',
      },
    ),
  ).rejects.toMatchObject({ code: 'LIST_SQL', where: { file: 'sql/lists/hottest_leads.sql' } });
});
