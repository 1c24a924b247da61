import { expect, test } from 'vitest';
import { parseCompany } from '../../../functions/lake/company/file.ts';
import { publicHolidays } from '../../../functions/lake/company/holidays.ts';
import { readResolvedCompany, resolvedCompany } from '../../../functions/lake/company/resolved.ts';
import { tables } from '../../kit/tables.ts';

const company = (closed: string) =>
  parseCompany(
    `company: { name: Cordage, time_zone: Europe/Paris, currency: EUR, closed: ${closed} }
sources:
  - { kind: files, name: shop, feeds: [{ table: products, path: a.csv, columns: { product_id: id } }] }
`,
    'vigie.yaml',
    { tables },
  );
const of2026 = (days: readonly string[]) => days.filter((day) => day.startsWith('2026-'));

test('the public holidays of France, as a calendar on the wall has them', () => {
  expect(of2026(publicHolidays({ country: 'FR' }))).toEqual([
    '2026-01-01',
    '2026-04-06', // Easter Monday
    '2026-05-01',
    '2026-05-08',
    '2026-05-14', // Ascension
    '2026-05-25', // Whit Monday
    '2026-07-14',
    '2026-08-15',
    '2026-11-01',
    '2026-11-11',
    '2026-12-25',
  ]);
});

test('a region has holidays of its own', () => {
  const germany = of2026(publicHolidays({ country: 'DE' }));
  const south = of2026(publicHolidays({ country: 'DE', region: 'BW' }));
  expect(south.filter((day) => !germany.includes(day))).toEqual(['2026-01-06', '2026-06-04', '2026-11-01']);
});

test('they are closed beside the days that a company lists, on one machine and as resolved for AWS', () => {
  const read = company('{ weekdays: [sunday], days: [2026-12-24, 2026-12-25], country: FR }');
  const { days } = read.company.closed;
  expect(of2026(days)).toHaveLength(12);
  expect(days.filter((day) => day === '2026-12-25')).toHaveLength(1);
  expect(readResolvedCompany(resolvedCompany(read)).company.closed.days).toEqual(days);
});

test.each([
  ['{ country: FX }', /no holidays are known of `FX`.*such as FR/],
  ['{ country: France }', /a code of two letters, such as FR/],
  ['{ country: DE, region: XX }', /no region `XX`: DE has BB, BE, BW/],
  ['{ region: BW }', /a region needs its country/],
])('%s is answered with what is allowed', (closed, message) => {
  expect(() => company(closed)).toThrow(message);
});
