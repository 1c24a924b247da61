import { expect, test } from 'vitest';
import { loadCatalogue } from '../../../functions/lake/catalogue/catalogue.ts';
import { unfedTables } from '../../../functions/lake/catalogue/kpi-needs.ts';
import { allReads } from '../../../functions/lake/catalogue/relations-read.ts';

const catalogue = loadCatalogue();
const lacking = (kpi: string, ...fed: string[]): string[] => unfedTables(catalogue.kpi(kpi), new Set(fed));

test('a KPI lacks each table that it counts and that no source fills', () => {
  expect(lacking('cost_per_lead')).toEqual(['ad_spend', 'marketing_costs', 'leads']);
  expect(lacking('cost_per_lead', 'ad_spend', 'marketing_costs', 'leads')).toEqual([]);
});

test('an optional table is not lacking beside those that are needed', () => {
  expect(lacking('stage_losses')).toEqual(['stage_history']);
  expect(lacking('stage_losses', 'leads', 'deals')).toEqual(['stage_history']);
  expect(lacking('stage_losses', 'stage_history')).toEqual([]);
});

test('where all are optional, one of them is enough, and without any the KPI lacks them all', () => {
  expect(lacking('lost_reason_share')).toEqual(['leads', 'deals', 'trials']);
  for (const table of ['leads', 'deals', 'trials']) expect(lacking('lost_reason_share', table)).toEqual([]);
});

test('a table is optional where nobody who reads it needs it', () => {
  const optional = { history: 3, ahead: 0, optional: true } as const;
  expect(allReads([{ leads: optional }, { leads: { ...optional, history: 'all' } }])).toEqual({
    leads: { history: 'all', ahead: 0, optional: true },
  });
  const needed = { history: 3, ahead: 0 };
  expect(allReads([{ leads: null }, { leads: optional }])).toEqual({ leads: needed });
  expect(allReads([{ leads: optional }, { leads: null }])).toEqual({ leads: needed });
  expect(allReads([{ leads: null }, { leads: null }])).toEqual({ leads: null });
});
