import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { isTradingDay } from '../../functions/lake/company/calendar.ts';
import { parseCompany } from '../../functions/lake/company/file.ts';
import { companyYaml as saasYaml } from '../../sandbox/companies/saas/config/company-yaml.ts';
import { companyYaml } from '../../sandbox/companies/wholesale/config/company-yaml.ts';
import { RULES } from '../../sandbox/companies/wholesale/story-levels.ts';
import { daysFrom } from '../../sandbox/kit/calendar.ts';
import { tables } from '../kit/tables.ts';

const history = [
  'exports/sap/sales/history/',
  'exports/sap/stock/history/',
  'exports/shop/history/',
  'exports/tags/history/',
  'exports/google-ads/history/',
];
const options = { startsOn: '2025-01-01', endsOn: '2026-11-21', scale: 1, files: history };

describe('the sandbox company’s vigie.yaml', () => {
  test('is accepted, with every KPI and rule that it names', () => {
    const company = parseCompany(companyYaml(options), 'vigie.yaml', { tables, catalogue: loadCatalogue() });
    expect(company.sources.map(({ name }) => name)).toEqual([
      'sap',
      'shop',
      'google-ads',
      'microsoft-ads',
      'linkedin-ads',
      'meta-ads',
      'tags',
      'finance',
      'outreach',
    ]);
    expect(company.alerts.rules.map(({ id }) => id)).toEqual(Object.values(RULES));
    expect(new Set(company.recipients.map(({ language }) => language))).toEqual(new Set(['en', 'fr']));
  });

  test('closes on the days on which the company does not trade', () => {
    const { closed } = parse(companyYaml(options)).company;
    const days = daysFrom(options.startsOn, 690);
    expect(days.filter((day) => isTradingDay(closed, day.date) !== day.trading)).toEqual([]);
  });

  test.each([
    ['a Saturday', '2026-11-28', { wholesale: false, saas: true }],
    ['a Sunday', '2026-11-29', { wholesale: true, saas: true }],
    ['Christmas', '2026-12-25', { wholesale: true, saas: true }],
    ['a Monday', '2026-11-30', { wholesale: false, saas: false }],
  ])('ends with a digest to look at, also on %s', (_, endsOn, tellsOnClosedDays) => {
    const told = (yaml: string): unknown => parse(yaml).delivery.on_closed_days;
    expect({
      wholesale: told(companyYaml({ ...options, endsOn })),
      saas: told(saasYaml({ ...options, endsOn })),
    }).toEqual(tellsOnClosedDays);
  });

  test('asks for files by months only where there are any', () => {
    const young = companyYaml({ ...options, files: [] });
    expect(young).not.toContain('{month}');
    expect(parse(young).sources).toHaveLength(9);
    expect(parse(companyYaml(options)).sources[2].feeds).toHaveLength(2);
  });

  test('wants volumes that go with the scale', () => {
    const volumeOf = (scale: number) =>
      parse(companyYaml({ ...options, scale })).alerts.rules.map(
        (rule: { min_volume?: number }) => rule.min_volume,
      );
    expect(volumeOf(10)).toEqual(
      volumeOf(1).map((volume: number | undefined) => (volume === undefined ? undefined : volume * 10)),
    );
  });
});
