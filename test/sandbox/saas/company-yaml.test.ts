import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadCatalogue } from '../../../functions/lake/catalogue/catalogue.ts';
import { isTradingDay } from '../../../functions/lake/company/calendar.ts';
import { allFedTables } from '../../../functions/lake/company/fed-tables.ts';
import { parseCompany } from '../../../functions/lake/company/file.ts';
import { companyYaml } from '../../../sandbox/companies/saas/config/company-yaml.ts';
import { CLOSED } from '../../../sandbox/companies/saas/invent.ts';
import { RULES } from '../../../sandbox/companies/saas/story-levels.ts';
import { daysFrom } from '../../../sandbox/kit/calendar.ts';
import { tables } from '../../kit/tables.ts';

const options = { startsOn: '2025-01-01', endsOn: '2026-11-21', scale: 1, files: [] };

describe('the software company’s vigie.yaml', () => {
  test('is accepted, with every KPI and rule that it names', () => {
    const company = parseCompany(companyYaml(options), 'vigie.yaml', { tables, catalogue: loadCatalogue() });
    expect(company.sources.map(({ name }) => name)).toEqual([
      'crm',
      'billing',
      'google-ads',
      'linkedin-ads',
      'finance',
      'outreach',
    ]);
    expect(company.alerts.rules.map(({ id }) => id)).toEqual(Object.values(RULES));
    expect(new Set(company.recipients.map(({ language }) => language))).toEqual(new Set(['en', 'fr']));
  });

  test('closes on the days on which the company does not trade: weekends and public holidays', () => {
    const { closed } = parse(companyYaml(options)).company;
    const days = daysFrom(options.startsOn, 690, CLOSED);
    expect(days.filter((day) => isTradingDay(closed, day.date) !== day.trading)).toEqual([]);
    expect(days.filter(({ weekday, trading }) => weekday > 4 && trading)).toEqual([]);
  });

  test('shows first what an executive of such a company looks for', () => {
    const yaml = companyYaml(options);
    const { kpis, sources } = parseCompany(yaml, 'vigie.yaml', { tables, catalogue: loadCatalogue() });
    // The funnel first: then its five figures head the sales dashboard (test/report/letters/dashboard.test.ts).
    expect([kpis.themes?.[0], kpis.dashboard]).toEqual(['funnel', undefined]);
    const fed = allFedTables(sources);
    expect(
      ['leads', 'deals', 'trials', 'marketing_costs', 'fixed_costs'].filter((table) => !fed.has(table)),
    ).toEqual([]);
    expect(kpis.digest).toEqual([
      'net_revenue',
      'new_customers',
      'lead_to_customer_rate',
      'competitive_win_rate',
    ]);
  });
});
