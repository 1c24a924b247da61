import { describe, expect, test } from 'vitest';
import {
  after24Hours,
  daysFrom,
  holidays,
  isAfter,
  localText,
  tradingDayBefore,
} from '../../sandbox/kit/calendar.ts';

describe('the days of the company', () => {
  test('public holidays follow Easter', () => {
    // Easter Sundays: 31 March 2024, 20 April 2025, 5 April 2026.
    expect(holidays('2024-06-01', '2024-06-02')).toEqual([
      '2024-01-01',
      '2024-04-01',
      '2024-05-01',
      '2024-05-09',
      '2024-12-25',
      '2024-12-26',
    ]);
    expect(holidays('2025-01-01', '2026-12-31')).toEqual(
      expect.arrayContaining(['2025-04-21', '2025-05-29', '2026-04-06', '2026-05-14']),
    );
  });

  test('Sundays and holidays are closed', () => {
    const days = daysFrom('2026-12-24', 5);
    expect(days.map((day) => day.trading)).toEqual([true, false, false, false, true]);
    expect(tradingDayBefore(days, 3).date).toBe('2026-12-24');
    expect(() => tradingDayBefore(days.slice(1, 2), 0)).toThrow('no trading day');
  });

  test('24 hours after a Saturday night is Monday when the clocks go forward', () => {
    const days = daysFrom('2026-03-28', 4);
    expect(after24Hours(days, { day: 0, second: 23.5 * 3600 })).toEqual({ day: 2, second: 1800 });
    expect(after24Hours(days, { day: 0, second: 9 * 3600 })).toEqual({ day: 1, second: 10 * 3600 });
  });

  test('… and an hour earlier on the wall clock when they go back', () => {
    const days = daysFrom('2026-10-24', 3);
    expect(after24Hours(days, { day: 0, second: 23.5 * 3600 })).toEqual({ day: 1, second: 22.5 * 3600 });
  });

  test('instants carry the offset of their day', () => {
    const [summer, winter] = [daysFrom('2026-07-01', 1)[0], daysFrom('2026-12-01', 1)[0]];
    expect(summer && localText(summer, 32_401)).toBe('2026-07-01T09:00:01+02:00');
    expect(winter && localText(winter, 86_399)).toBe('2026-12-01T23:59:59+01:00');
  });

  test('moments are ordered by day, then by second', () => {
    expect(isAfter({ day: 1, second: 5 }, { day: 1, second: 5 })).toBe(false);
    expect(isAfter({ day: 1, second: 6 }, { day: 1, second: 5 })).toBe(true);
    expect(isAfter({ day: 2, second: 0 }, { day: 1, second: 5 })).toBe(true);
  });
});
