import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { zoneClock } from '../../../functions/lake/values/zone.ts';
import { runs } from '../../kit/runs.ts';

const zones = [
  'Europe/Paris',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/St_Johns',
  'UTC',
];
const instants = fc.integer({ min: Date.parse('1975-01-01'), max: Date.parse('2040-01-01') });
const DAY = 86_400_000;

describe.each(zones)('the clock of %s', (zone) => {
  const clock = zoneClock(zone);

  it('knows the business date of every instant', () => {
    fc.assert(
      fc.property(instants, (time) => {
        const date = Temporal.Instant.fromEpochMilliseconds(time)
          .toZonedDateTimeISO(zone)
          .toPlainDate()
          .toString();
        expect(new Date(clock.dayOf(time) * DAY).toISOString().slice(0, 10)).toBe(date);
      }),
      { numRuns: runs(60) },
    );
  });

  it('turns wall-clock times into instants', () => {
    fc.assert(
      fc.property(instants, (wall) => {
        const local = Temporal.PlainDateTime.from(new Date(wall).toISOString().slice(0, 23));
        expect(clock.instantOf(wall)).toBe(local.toZonedDateTime(zone).epochMilliseconds);
      }),
      { numRuns: runs(60) },
    );
  });
});

describe('a change of clocks', () => {
  const paris = zoneClock('Europe/Paris');
  const instant = (wall: string) => new Date(paris.instantOf(Date.parse(`${wall}Z`))).toISOString();

  it('moves a skipped time on, and takes the first of a repeated one', () => {
    expect(instant('2026-03-29T02:30:00')).toBe('2026-03-29T01:30:00.000Z');
    expect(instant('2026-10-25T02:30:00')).toBe('2026-10-25T00:30:00.000Z');
  });
});
