import { expect, test } from 'vitest';
import { loadCatalogue } from '../../../functions/lake/catalogue/catalogue.ts';
import { themes } from '../../../functions/lake/catalogue/kpi.ts';
import { kpisOn, themesOf, whyOff } from '../../../functions/lake/company/chosen-kpis.ts';
import { parseCompany } from '../../../functions/lake/company/file.ts';
import { tables } from '../../kit/tables.ts';

const catalogue = loadCatalogue();
const FEEDS = {
  carts: '{ table: carts, path: c.csv, columns: { cart_id: C, last_changed_at: T, item_count: I } }',
  leads: '{ table: leads, path: l.csv, columns: { lead_id: L, created_on: D, status: S } }',
};

const companyOf = (kpis: string, feeds: readonly (keyof typeof FEEDS)[] = ['leads']) =>
  parseCompany(
    `company: { name: Example, time_zone: Europe/Paris, currency: EUR }
sources:
  - kind: files
    name: crm
    feeds: [${feeds.map((feed) => FEEDS[feed]).join(', ')}]
kpis: ${kpis}
`,
    'vigie.yaml',
    { tables, catalogue },
  );

test('every KPI that ships has a theme; all are on until a company chooses', () => {
  expect(new Set(catalogue.kpis.map(({ theme }) => theme)).size).toBeGreaterThanOrEqual(6);
  expect(kpisOn(companyOf('{}'), catalogue.kpis)).toHaveLength(catalogue.kpis.length);
});

test('a company computes the KPIs of its themes, less what is unreliable, and says why', () => {
  const company = companyOf(
    '{ themes: [funnel, sales], off: { new_leads: { en: Bots fill the form in., fr: Des robots remplissent le formulaire. } } }',
  );
  const on = kpisOn(company, catalogue.kpis);
  expect(new Set(on.map(({ theme }) => theme))).toEqual(new Set(['funnel', 'sales']));
  expect(on.some(({ id }) => id === 'new_leads')).toBe(false);
  expect(whyOff(company, catalogue.kpi('new_leads'))).toEqual({
    kind: 'unreliable',
    reason: { en: 'Bots fill the form in.', fr: 'Des robots remplissent le formulaire.' },
  });
  expect(whyOff(company, catalogue.kpi('bounce_rate'))).toEqual({ kind: 'theme', theme: 'storefront' });
  expect(whyOff(company, catalogue.kpi('orders'))).toBeNull();
});

test('the order of the themes is the company’s; else the funnel is first where leads come and no carts do', () => {
  expect(themesOf(companyOf('{ themes: [customers, sales] }'))).toEqual(['customers', 'sales']);
  expect(themesOf(companyOf('{}', ['leads']))[0]).toBe('funnel');
  expect(themesOf(companyOf('{}', ['leads', 'carts']))).toEqual(themes);
  expect(themesOf(companyOf('{}', ['carts']))).toEqual(themes);
  expect(themesOf(companyOf('{}')).toSorted()).toEqual(themes.toSorted());
});
