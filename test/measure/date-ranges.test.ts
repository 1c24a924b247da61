import fc from 'fast-check';
import { expect, test } from 'vitest';
import { periodNames } from '../../functions/lake/catalogue/kpi.ts';
import { periodsFor } from '../../functions/lake/company/calendar.ts';
import { addDays, datesBetween } from '../../functions/lake/values/day.ts';
import { type DateRange, inRanges, neededRanges } from '../../functions/measure/date-ranges.ts';
import { runs } from '../kit/runs.ts';

const calendar = { fiscal_year_starts: 1, closed: { weekdays: [], days: [] } };
const asOfs = fc.uniqueArray(
  fc.integer({ min: 0, max: 900 }).map((days) => addDays('2024-01-01', days)),
  { minLength: 1, maxLength: 4 },
);
const windows = fc.subarray([...periodNames], { minLength: 1 });
const days = (ranges: readonly DateRange[]) =>
  ranges.flatMap(({ from, to }) => datesBetween(from ?? '', to ?? ''));

test('exactly the days of the windows, their history and what lies ahead, in few ranges that never touch', () => {
  const reach = fc.record({
    history: fc.integer({ min: 0, max: 40 }),
    ahead: fc.integer({ min: 0, max: 5 }),
    prior: fc.boolean(),
  });
  fc.assert(
    fc.property(asOfs, windows, reach, (dates, periods, options) => {
      const rows = periodsFor(calendar, dates, periods);
      const wanted = new Set(
        rows.flatMap((p) => [
          ...datesBetween(addDays(p.startsOn, -options.history), addDays(p.endsOn, options.ahead)),
          ...(options.prior
            ? datesBetween(addDays(p.priorStartsOn, -options.history), addDays(p.priorEndsOn, options.ahead))
            : []),
        ]),
      );
      const ranges = neededRanges(rows, options);
      expect(days(ranges)).toEqual([...wanted].sort());
      for (const [index, range] of ranges.slice(1).entries()) {
        expect((range.from ?? '') > addDays(ranges[index]?.to ?? '', 1)).toBe(true);
      }
    }),
    { numRuns: runs(40) },
  );
});

test('all of history is one open range; so is all that lies ahead', () => {
  const rows = periodsFor(calendar, ['2026-03-15'], ['day']);
  const options = { history: 0, ahead: 0, prior: false } as const;
  const sql = (more: object) => inRanges('d', neededRanges(rows, { ...options, ...more }));
  expect(sql({ history: 'all' })).toBe("d <= DATE '2026-03-15'");
  expect(sql({ history: 'all', ahead: 3 })).toBe("d <= DATE '2026-03-18'");
  expect(sql({ ahead: 'all' })).toBe("d >= DATE '2025-03-16'");
  expect(sql({ history: 'all', ahead: 'all' })).toBeUndefined();
  expect(sql({})).toBe(
    "(d BETWEEN DATE '2025-03-16' AND DATE '2025-03-16' OR d BETWEEN DATE '2026-03-14' AND DATE '2026-03-15')",
  );
});
