import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, datesBetween } from '../../../functions/lake/values/day.ts';
import { halvesOf, inputName, slicesOf } from '../../../functions/pull/api/slices.ts';
import type { Entity, Reading } from '../../../functions/pull/api/source.ts';
import type { Watermark } from '../../../functions/pull/api/watermarks.ts';

const entity = (reading: Reading): Entity => ({
  name: 'things',
  tables: ['ad_spend'],
  reading,
  pages: () => {
    throw new Error('not asked');
  },
  records: () => [],
  map() {},
});

const slices = (reading: Reading, asOf: string, known?: Watermark, startsOn = '2026-01-15') =>
  slicesOf(entity(reading), {}, { startsOn, asOf, known: () => known });

const day = fc.integer({ min: 0, max: 400 }).map((offset) => addDays('2026-01-15', offset));

describe('slices by day', () => {
  test('cover each day wanted once, in order, and never reach over the end of a month', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 40 }), (asOf, daysAtOnce) => {
        const found = slices({ by: 'day', lookBackDays: 7, daysAtOnce }, asOf);
        expect(found.flatMap(({ from, to }) => datesBetween(from ?? '', to ?? ''))).toEqual(
          datesBetween('2026-01-15', asOf),
        );
        for (const { from, to } of found) expect(from?.slice(0, 7)).toBe(to?.slice(0, 7));
        expect(new Set(found.map(({ key }) => key)).size).toBe(found.length);
      }),
    );
  });

  test.each([
    ['2026-11-20', 37, '2023-10-21'],
    ['2026-03-31', 37, '2023-03-01'],
    ['2026-02-28', 1, '2026-01-29'],
    ['2026-11-20', undefined, '2020-01-01'],
  ])('of %s begin no earlier than the %s months that the vendor still has', (asOf, months, first) => {
    const reach = months === undefined ? {} : { reachesBackMonths: months };
    const reading = { by: 'day', lookBackDays: 7, daysAtOnce: 31, ...reach } as const;
    expect(slices(reading, asOf, undefined, '2020-01-01')[0]?.from).toBe(first);
    // A company that wants less gets less.
    expect(slices(reading, asOf, undefined, '2026-02-10')[0]?.from).toBe('2026-02-10');
  });

  test('are cut at the same days whatever day is read from', () => {
    fc.assert(
      fc.property(day, day, fc.integer({ min: 1, max: 40 }), (read, asOf, daysAtOnce) => {
        const reading = { by: 'day', lookBackDays: 7, daysAtOnce } as const;
        const all = new Map(slices(reading, asOf).map((slice) => [slice.key, slice]));
        for (const slice of slices(reading, asOf, { startsOn: '2026-01-15', through: read })) {
          const full = all.get(slice.key);
          expect(full?.to).toBe(slice.to);
          expect((full?.from ?? '') <= (slice.from ?? '')).toBe(true);
        }
      }),
    );
  });

  test('read the look-back again, counted from the last reading: an outage leaves no day unread', () => {
    const [first] = slices({ by: 'day', lookBackDays: 7, daysAtOnce: 31 }, '2026-11-21', {
      startsOn: '2026-01-15',
      through: '2026-11-10',
    });
    expect([first?.from, first?.to]).toEqual(['2026-11-04', '2026-11-21']);
  });

  test('an earlier first day reads everything again', () => {
    const [first] = slices(
      { by: 'day', lookBackDays: 7, daysAtOnce: 31 },
      '2026-11-21',
      { startsOn: '2026-06-01', through: '2026-11-20' },
      '2026-03-01',
    );
    expect(first?.from).toBe('2026-03-01');
  });

  test('a month is one input, whatever it is cut into; its halves too', () => {
    const found = slices({ by: 'day', lookBackDays: 7, daysAtOnce: 5 }, '2026-02-28');
    expect([...new Set(found.map(inputName))]).toEqual(['things/2026-01', 'things/2026-02']);
    const [slice] = slices({ by: 'day', lookBackDays: 7, daysAtOnce: 31 }, '2026-01-20');
    const halves = halvesOf(slice as never) ?? [];
    expect(halves.map(({ from, to }) => [from, to])).toEqual([
      ['2026-01-15', '2026-01-17'],
      ['2026-01-18', '2026-01-20'],
    ]);
    expect(
      halvesOf({ ...(slice as never as object), from: '2026-01-15', to: '2026-01-15' } as never),
    ).toBeUndefined();
  });
});

describe('slices by change', () => {
  const reading = { by: 'change', overlapMinutes: 30 } as const;
  test('ask for everything first, then from the last reading less the overlap', () => {
    expect(slices(reading, '2026-11-21')[0]?.since).toBeNull();
    const known = { startsOn: '2026-01-15', through: '2026-11-21T06:00:00.000Z' };
    expect(slices(reading, '2026-11-21', known)[0]?.since).toBe('2026-11-21T05:30:00.000Z');
  });

  test('ask for everything again where an earlier first day is wanted', () => {
    const known = { startsOn: '2026-06-01', through: '2026-11-21T06:00:00.000Z' };
    expect(slices(reading, '2026-11-21', known, '2026-03-01')[0]?.since).toBeNull();
  });
});

test('nothing is asked before the first day wanted', () => {
  for (const reading of [{ by: 'whole' }, { by: 'change', overlapMinutes: 1 }] as const)
    expect(slices(reading, '2026-01-14')).toEqual([]);
});
