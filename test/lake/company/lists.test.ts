import { expect, test } from 'vitest';
import { loadCatalogue } from '../../../functions/lake/catalogue/catalogue.ts';
import type { List } from '../../../functions/lake/catalogue/list.ts';
import { listAsWanted, listsOn } from '../../../functions/lake/company/chosen-lists.ts';
import { parseCompany } from '../../../functions/lake/company/file.ts';

const catalogue = loadCatalogue();
const company = (more: string) =>
  parseCompany(
    `company: { name: Any, time_zone: Europe/Paris, currency: EUR }
sources:
  - { kind: files, name: crm, feeds: [{ table: leads, path: l.csv, columns: { lead_id: id, created_on: day, status: status } }] }
${more}`,
    'vigie.yaml',
    { tables: catalogue.tables, catalogue },
  );
const list = catalogue.lists.find(({ id }) => id === 'lost_sales') as List;

test('a list is made as its file has it, or as the company wants it', () => {
  expect(listAsWanted(company(''), list)).toEqual({ on: true, in_full: [], rows: 50, at_least: 0 });
  const other = company('lists: { lost_sales: { rows: 5, at_least: 99.5 }, quiet_customers: { on: false } }');
  expect(listAsWanted(other, list)).toEqual({ on: true, in_full: [], rows: 5, at_least: 99.5 });
  const ids = (of: typeof other) => listsOn(of, catalogue.lists, catalogue.kpis).map(({ id }) => id);
  expect(ids(company(''))).toEqual(['hottest_leads', 'lost_sales', 'quiet_customers']);
  expect(ids(other)).toEqual(['hottest_leads', 'lost_sales']);
  expect(listsOn(other, catalogue.lists, [])).toEqual([]);
});

test('mistakes are told with their place', () => {
  expect(() => company('lists: { lost_sale: { rows: 5 } }')).toThrow(/no list "lost_sale".*lost_sales/);
  expect(() => company('recipients: [{ email: a@example.com, roles: [sales], lists: [lost] }]')).toThrow(
    /no list "lost"/,
  );
  expect(() =>
    company('recipients: [{ email: a@example.com, roles: [sales], lists: [lost_sales] }]'),
  ).toThrow(/names customers; say under members whose/);
  expect(() =>
    company(
      'lists: { lost_sales: { on: false } }\nrecipients: [{ email: a@example.com, roles: [sales], lists: [lost_sales] }]',
    ),
  ).toThrow(/switched off under lists/);
  expect(() =>
    company(
      'aws: { stages: { test: { recipients: [{ email: a@example.com, roles: [sales], lists: [lost] }] } } }',
    ),
  ).toThrow(/aws\.stages\.test\.recipients.*no list "lost"/s);
});
