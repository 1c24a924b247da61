import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Company } from '../../../functions/lake/company/company.ts';
import { dueAt, hourOf, isOver } from '../../../functions/lake/company/due.ts';
import { addDays } from '../../../functions/lake/values/day.ts';
import { wallTime } from '../../../functions/lake/values/zone.ts';
import { runs } from '../../kit/runs.ts';

const companyIn = (time_zone: string, hours: Record<string, number> = {}) =>
  ({ company: { time_zone }, delivery: { hours } }) as unknown as Company;
const due = (zone: string, asOf: string, hour: number) =>
  dueAt(companyIn(zone), asOf, { hour, roles: [] })?.toISOString();

describe('when a reader is told of a day', () => {
  test.each([
    // Paris is an hour ahead of UTC in winter and two in summer.
    ['2026-11-21', 9, '2026-11-22T08:00:00.000Z'],
    ['2026-07-20', 9, '2026-07-21T07:00:00.000Z'],
    ['2026-11-21', 0, '2026-11-21T23:00:00.000Z'],
    ['2026-11-21', 23, '2026-11-22T22:00:00.000Z'],
    // On 29 March 2026 clocks go from 02:00 to 03:00: what was to come at two comes at three, with what comes at three.
    ['2026-03-28', 1, '2026-03-29T00:00:00.000Z'],
    ['2026-03-28', 2, '2026-03-29T01:00:00.000Z'],
    ['2026-03-28', 3, '2026-03-29T01:00:00.000Z'],
    // On 25 October it is two o'clock twice: the first counts.
    ['2026-10-24', 2, '2026-10-25T00:00:00.000Z'],
    ['2026-10-24', 3, '2026-10-25T02:00:00.000Z'],
  ])('of %s at %i in Paris: %s', (asOf, hour, instant) =>
    expect(due('Europe/Paris', asOf, hour)).toBe(instant),
  );

  test('an hour that summer time carries over midnight is the next day’s first', () =>
    // Nuuk, 28 March 2026: 23:00 on Saturday does not come, it is Sunday.
    expect(due('America/Nuuk', '2026-03-27', 23)).toBe('2026-03-29T01:00:00.000Z'));

  test('in every zone, on every day: at her hour, on the day after, but for the hours that do not exist', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    fc.assert(
      fc.property(
        zones,
        fc.integer({ min: 0, max: 364 }),
        fc.integer({ min: 0, max: 23 }),
        (zone, day, hour) => {
          const asOf = addDays('2026-01-01', day);
          const shown = wallTime(due(zone, asOf, hour) as string, zone);
          const wanted = `${addDays(asOf, 1)} ${String(hour).padStart(2, '0')}:00`;
          if (shown === wanted) return;
          // Skipped: no later than the clocks moved, and the minute before the clocks showed less than was wanted.
          const before = new Date(Date.parse(due(zone, asOf, hour) as string) - 3_600_000);
          expect(wallTime(before, zone) < wanted && shown > wanted, `${zone} ${wanted} ${shown}`).toBe(true);
        },
      ),
      { numRuns: runs(300) },
    );
  });
});

test('an hour of her own counts, else that of her first role that has one; nobody else waits', () => {
  const company = companyIn('Europe/Paris', { sales: 8, executive: 10 });
  expect(hourOf(company, { hour: 0, roles: ['sales'] })).toBe(0);
  expect(hourOf(company, { roles: ['executive', 'sales'] })).toBe(10);
  expect(hourOf(company, { roles: ['ops', 'sales'] })).toBe(8);
  expect(hourOf(company, { roles: ['ops'] })).toBeUndefined();
  expect(hourOf(company, { roles: ['toString'] })).toBeUndefined();
  expect(dueAt(company, '2026-11-21', { roles: [] })).toBeUndefined();
});

test('what was due on a day is out of date on the next', () => {
  const company = companyIn('Europe/Paris');
  const at = (now: string) => isOver(company, new Date('2026-11-22T08:00:00Z'), new Date(now));
  expect(at('2026-11-22T22:59:59Z')).toBe(false);
  expect(at('2026-11-22T23:00:00Z')).toBe(true);
});
