import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { monthsBeside } from '../../cli/explain/counted-beside.ts';
import { vigie } from '../kit/command-line.ts';

const CONFIG = `
company: { name: Softworks, time_zone: Europe/Paris, currency: EUR }
sources:
  - name: marketing
    kind: files
    feeds:
      - table: search_visibility
        path: estimates.csv
        columns:
          domain: Domain
          country: Database
          month_on: { from: Month, format: YYYY-MM }
          own: { cases: [{ when: { column: Domain, equals: softworks.example }, then: "true" }], else: "false" }
          organic_traffic: Visits
      - table: search_clicks
        path: google.csv
        columns:
          searched_on: Day
          site: Site
          device: { constant: unknown }
          country: Country
          click_count: Clicks
          impression_count: Shown
recipients: [{ email: owner@softworks.example, roles: [marketing] }]
`;

const folder = mkdtempSync(join(tmpdir(), 'vigie-counted-'));
const config = join(folder, 'vigie.yaml');
const on = (...args: string[]) => vigie(...args, '--config', config);
const SITE = 'sc-domain:softworks.example';

/** Each day of September and October, and November to the 18th: 10 clicks from France, 2 from Great Britain, 5 from Peru. */
function clickLines(): string[] {
  const days = [
    ...Array.from({ length: 30 }, (_, at) => `2026-09-${String(at + 1).padStart(2, '0')}`),
    ...Array.from({ length: 31 }, (_, at) => `2026-10-${String(at + 1).padStart(2, '0')}`),
    ...Array.from({ length: 18 }, (_, at) => `2026-11-${String(at + 1).padStart(2, '0')}`),
  ].filter((day) => day !== '2026-09-17');
  return days.flatMap((day) =>
    [
      ['FR', 10],
      ['GB', 2],
      ['PE', 5],
    ].map(([country, clicks]) => `${day},${SITE},${country},${clicks},100`),
  );
}

beforeAll(async () => {
  writeFileSync(config, CONFIG);
  writeFileSync(
    join(folder, 'estimates.csv'),
    [
      'Domain,Database,Month,Visits',
      ...['2026-09', '2026-10', '2026-11'].flatMap((month) => [
        `softworks.example,fr,${month},400`,
        `softworks.example,uk,${month},65`,
        `rival.example,fr,${month},1000`,
      ]),
    ].join('\n'),
  );
  writeFileSync(join(folder, 'google.csv'), ['Day,Site,Country,Clicks,Shown', ...clickLines()].join('\n'));
  const ran = await on('run', '--date', '2026-11-21');
  expect(ran.code, ran.err).toBe(0);
});

test('the share says how far the service is off, of whole months and the same countries, and stays as it is', async () => {
  const { code, out, err } = await on('explain', 'search_traffic_share');
  expect(code, err).toBe(0);
  expect(out).toContain('what Google counted of the own sites, of which nothing is in the share');
  // October: 31 days of 12 clicks are 372; 465 are a quarter more. September lacks the 17th, November is not over.
  expect(out).toMatch(/^ *2026-10 +465 +372 +\+25 % +FR, GB +sc-domain:softworks\.example/m);
  expect(out).not.toMatch(/^ *2026-(09|11) /m);
  const told = await on('values', 'search_traffic_share', '--period', 'mtd', '--format', 'csv');
  expect(told.out).toContain(',0.317');
});

test('what Google counted is a figure of its own, of days that are three days old', async () => {
  const { out } = await on('values', 'organic_search_clicks', '--period', 'last_7d', '--format', 'csv');
  // 12 to 18 November: 7 days of 17.
  expect(out).toMatch(/,119(,|$)/m);
  const other = await on('explain', 'organic_search_clicks');
  expect(other.out).not.toContain('Beside it');
});

describe('the months beside one another', () => {
  const estimate = { month: '2026-02', domain: 'ours.example', country: 'FR', visits: 100 };
  const count = { month: '2026-02', site: 'https://www.ours.example/', country: 'FR', clicks: 80, days: 28 };

  test('are of sites within a domain that is estimated, and of no other', () => {
    const other = { ...count, site: 'sc-domain:notours.example', clicks: 9 };
    expect(monthsBeside([estimate], [count, other])).toEqual([
      { month: '2026-02', estimated: 100, counted: 80, countries: ['FR'], sites: [count.site] },
    ]);
    expect(monthsBeside([estimate], [other])).toEqual([]);
  });

  test('are none where a site lacks a day, or where countries are not told', () => {
    const part = { ...count, site: 'sc-domain:shop.ours.example', days: 27 };
    expect(monthsBeside([estimate], [count, part])).toEqual([]);
    expect(monthsBeside([estimate], [{ ...count, country: 'ZZ' }])).toEqual([]);
    expect(monthsBeside([{ ...estimate, country: 'ALL' }], [count])).toEqual([]);
  });
});
