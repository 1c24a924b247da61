import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, datesBetween } from '../../../functions/lake/values/day.ts';
import { forecastsFrom, historyFrom } from '../../../functions/measure/forecast/trend-forecasts.ts';
import { runs } from '../../kit/runs.ts';

const company = {
  ...{ name: 'Test', time_zone: 'UTC', currency: 'EUR', fiscal_year_starts: 1 },
  closed: { weekdays: [], days: [] },
};
const FIRST = '2021-06-01';

test('a day measured again, alone or with others, is forecast the same: range and usual error, too', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 40, maxLength: 60 }),
      fc.integer({ min: 0, max: 400 }),
      fc.constantFrom('mtd' as const, 'qtd' as const),
      fc.boolean(),
      (values, later, period, returns) => {
        const asOf = addDays('2025-01-10', later);
        // Not the same from year to year, so that more history tells something else.
        const on = (date: string, at: number): [string, number] => [
          date,
          date > asOf && returns ? -1 : 20 + (values[(at * at) % values.length] ?? 0),
        ];
        const all = datesBetween(FIRST, addDays(asOf, 5)).map(on);
        const read = (first: string, last: string) =>
          forecastsFrom(
            new Map(all.filter(([date]) => date >= historyFrom(Number(first.slice(0, 4))) && date <= last)),
            company,
          )(asOf, period);
        const alone = read(asOf, asOf);
        expect(alone === null || alone.range !== null).toBe(true);
        expect(read(addDays(asOf, -89), addDays(asOf, 5))).toEqual(alone);
      },
    ),
    { numRuns: runs(12) },
  );
});
