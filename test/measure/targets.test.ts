import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../functions/lake/values/day.ts';
import { onDay, prorated, type TargetSpan } from '../../functions/measure/targets.ts';
import { tradingDaysBetween } from '../../functions/measure/trading-days.ts';
import { runs } from '../kit/runs.ts';

const weekdays = tradingDaysBetween({ weekdays: ['saturday', 'sunday'], days: [] });
const everyDay = tradingDaysBetween({ weekdays: [], days: [] });
const span = (startsOn: string, endsOn: string, value: number): TargetSpan => ({
  startsOn,
  endsOn,
  value: BigInt(value) * 1_000_000n,
});
const year = span('2026-01-01', '2026-12-31', 365);

test('windows that meet share a span’s value without losing any of it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 363 }),
      fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
      (day, value) => {
        const spans = [{ ...year, value }];
        const first = prorated(spans, '2026-01-01', addDays('2026-01-01', day), everyDay) as bigint;
        const second = prorated(spans, addDays('2026-01-01', day + 1), '2026-12-31', everyDay) as bigint;
        // Each part is rounded once.
        expect(Math.abs(Number(first + second - value))).toBeLessThanOrEqual(1);
        expect(prorated(spans, '2026-01-01', '2026-12-31', everyDay)).toBe(value);
      },
    ),
    { numRuns: runs(50) },
  );
});

test('a window over two spans takes its part of each', () => {
  const spans = [span('2026-01-01', '2026-01-31', 31), span('2026-02-01', '2026-02-28', 56)];
  expect(prorated(spans, '2026-01-30', '2026-02-02', everyDay)).toBe(6_000_000n);
});

test('a month’s own target counts instead of the year’s', () => {
  const spans = [year, span('2026-03-01', '2026-03-31', 310)];
  expect(prorated(spans, '2026-02-28', '2026-03-01', everyDay)).toBe(11_000_000n);
  expect(onDay(spans, '2026-03-31')).toBe(310_000_000n);
  expect(onDay(spans, '2026-04-01')).toBe(365_000_000n);
});

test('a day of trade without a target leaves the window without one; a closed day does not', () => {
  const spans = [span('2026-11-16', '2026-11-20', 5)];
  expect(prorated(spans, '2026-11-16', '2026-11-22', weekdays)).toBe(5_000_000n);
  expect(prorated(spans, '2026-11-16', '2026-11-23', weekdays)).toBeUndefined();
  expect(prorated(spans, '2026-11-21', '2026-11-22', weekdays)).toBeUndefined();
  expect(onDay(spans, '2026-11-23')).toBeUndefined();
});
