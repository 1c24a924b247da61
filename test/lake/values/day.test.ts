import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  dateOf,
  datesBetween,
  dayNumber,
  dayNumberOf,
  daysBetween,
  dayText,
  firstOfMonth,
  isDay,
  lastOfMonth,
  weekdayOf,
} from '../../../functions/lake/values/day.ts';
import { instantNumber } from '../../../functions/lake/values/instant.ts';
import { businessDate, zoneClock } from '../../../functions/lake/values/zone.ts';

/** Nearly every day that four digits of a year can write, by its number. */
const number = fc.integer({ min: dayNumberOf(0, 1, 1), max: dayNumberOf(9998, 12, 31) });
const plain = (day: string): Temporal.PlainDate => Temporal.PlainDate.from(day);

describe('a day', () => {
  it('is counted as the calendar of Temporal counts it', () => {
    fc.assert(
      fc.property(number, (days) => {
        const told = Temporal.PlainDate.from('1970-01-01').add({ days });
        const text = told.toString();
        expect([dayText(days), dayNumber(text)]).toEqual([text, days]);
        expect(dayNumberOf(told.year, told.month, told.day)).toBe(days);
        expect(dateOf(days)).toEqual({ year: told.year, month: told.month, day: told.day });
        const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
        expect(weekdayOf(text)).toBe(weekdays[told.dayOfWeek - 1]);
        expect(firstOfMonth(text)).toBe(told.with({ day: 1 }).toString());
        expect(lastOfMonth(text)).toBe(told.with({ day: told.daysInMonth }).toString());
      }),
    );
  });

  it('moves by days and months as in Temporal', () => {
    const inside = fc.integer({ min: dayNumberOf(1900, 1, 1), max: dayNumberOf(2100, 12, 31) });
    fc.assert(
      fc.property(inside, fc.integer({ min: -4000, max: 4000 }), (start, count) => {
        const day = dayText(start);
        const later = addDays(day, count);
        expect(later).toBe(plain(day).add({ days: count }).toString());
        expect([daysBetween(day, later), daysBetween(later, day) + count]).toEqual([count, 0]);
        expect(datesBetween(day, later)).toHaveLength(Math.max(0, count + 1));
        const months = count % 100;
        expect(addMonths(day, months)).toBe(plain(day).add({ months }).toString());
      }),
    );
    expect([addMonths('2026-03-31', -1), addMonths('2024-02-29', 12)]).toEqual(['2026-02-28', '2025-02-28']);
    expect(datesBetween('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
  });

  it('is a text that Temporal takes, and no other', () => {
    const digits = (least: number, most: number) =>
      fc.integer({ min: least, max: most }).map((value) => String(value).padStart(2, '0'));
    const likely = fc
      .tuple(fc.integer({ min: 1890, max: 2110 }), digits(0, 14), digits(0, 33))
      .map((parts) => parts.join('-'));
    fc.assert(
      fc.property(fc.oneof(likely, fc.string({ maxLength: 11 })), (text) => {
        const reads = (): boolean => {
          try {
            return /^\d{4}-\d\d-\d\d$/.test(text) && plain(text).toString() === text;
          } catch {
            return false;
          }
        };
        expect(isDay(text)).toBe(reads());
      }),
    );
    expect(['2026-02-29', '2024-02-29', '1900-02-29', '2000-02-29', '2026-13-01'].map(isDay)).toEqual([
      false,
      true,
      false,
      true,
      false,
    ]);
    expect(() => addDays('2026-02-30', 1)).toThrow(RangeError);
    expect(dayNumberOf(2026, 1, 0)).toBeNaN();
  });
});

describe('an instant', () => {
  it('is its milliseconds, and its day in a zone what Temporal says', () => {
    const instants = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
    const zones = fc.constantFrom(
      'UTC',
      'Europe/Paris',
      'America/St_Johns',
      'Asia/Kathmandu',
      'Pacific/Apia',
    );
    fc.assert(
      fc.property(instants, zones, (instant, zone) => {
        expect(instantNumber(instant.toISOString())).toBe(instant.getTime());
        const day = Temporal.Instant.from(instant.toISOString()).toZonedDateTimeISO(zone).toPlainDate();
        expect(businessDate(instant, zone)).toBe(day.toString());
        expect(dayText(zoneClock(zone).dayOf(instant.getTime()))).toBe(day.toString());
      }),
    );
    expect(['2026-11-21', '2026-11-21T24:00:00Z', '2026-11-21T10:00:00+01:00'].map(instantNumber)).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
  });
});
