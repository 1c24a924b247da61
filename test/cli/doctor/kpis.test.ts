import { expect, test } from 'vitest';
import { kpiSymptom, nextSteps } from '../../../cli/doctor/kpis.ts';
import { loadCatalogue } from '../../../functions/lake/catalogue/catalogue.ts';
import type { Kpi } from '../../../functions/lake/catalogue/kpi.ts';
import { companyOf, kpiOf } from '../../report/fixtures.ts';

const counting = (id: string, ...tables: string[]): Kpi =>
  kpiOf(id, id, id, { counts: tables, reads: Object.fromEntries(tables.map((table) => [table, null])) });
const optional = (id: string, ...tables: string[]): Kpi =>
  kpiOf(id, id, id, {
    counts: tables,
    reads: Object.fromEntries(tables.map((table) => [table, { history: 0, ahead: 0, optional: true }])),
  });

test('the smallest next step is the table that alone brings most', () => {
  const kpis = [
    counting('fed', 'orders'),
    counting('needs_both', 'carts', 'sessions'),
    counting('one', 'orders', 'trials'),
    counting('two', 'trials'),
    optional('either', 'leads', 'deals'),
  ];
  expect(nextSteps(kpis, new Set(['orders']))).toEqual([
    { tables: ['trials'], kpis: ['one', 'two'] },
    { tables: ['deals'], kpis: ['either'] },
    { tables: ['leads'], kpis: ['either'] },
  ]);
});

test('where no table alone brings any, the fewest that together do', () => {
  const kpis = [counting('three', 'a', 'b', 'c'), counting('pair', 'd', 'e'), counting('same', 'e', 'd')];
  expect(nextSteps(kpis, new Set())).toEqual([{ tables: ['d', 'e'], kpis: ['pair', 'same'] }]);
  expect(nextSteps([counting('fed', 'orders')], new Set(['orders']))).toEqual([]);
});

test('of what ships: how many of each theme, and what brings more; each step keeps its word', () => {
  const catalogue = loadCatalogue();
  const symptom = kpiSymptom({ company: companyOf(), catalogue });
  expect(symptom).toMatchObject({ what: 'KPIs', status: 'ok' });
  expect(symptom.finding).toMatch(/^\d+ of \d+ can be computed \(sales \d+ of \d+, storefront \d+ of \d+/);
  expect(symptom.remedy).toMatch(/^The smallest next step: `\w+` gives \d+ KPIs? more \(/);
  const fed = new Set(['orders', 'carts', 'sessions', 'ad_spend']);
  for (const { tables, kpis } of nextSteps(catalogue.kpis, fed).slice(0, 3))
    for (const id of kpis) {
      const kpi = catalogue.kpi(id);
      const left = kpi.counts.filter((table) => !fed.has(table) && !tables.includes(table));
      expect(left.filter((table) => kpi.reads[table]?.optional !== true)).toEqual([]);
    }
});

test('a KPI that the digest lists and nothing feeds is a warning; themes that were not chosen are not counted', () => {
  const catalogue = loadCatalogue();
  const listed = kpiSymptom({ company: companyOf({ kpis: { digest: ['new_leads'] } }), catalogue });
  expect(listed).toMatchObject({ status: 'warning' });
  expect(listed.finding).toContain('the digest lists new_leads, which lacks leads');
  const sales = kpiSymptom({ company: companyOf({ kpis: { themes: ['competition'] } }), catalogue });
  expect(sales.finding).toMatch(/\(competition \d+ of \d+\)/);
  expect(sales.finding).not.toContain('funnel');
});
