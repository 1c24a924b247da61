import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindOf } from '../../functions/lake/catalogue/alert-kinds/kinds.ts';
import { bind, type DayFigures, day, happenings, kpiOf, letters, type PlayOptions, play } from './play.ts';

/** Revenue of a month of 28 days that began on day one's 1 January: day 1 is the 5th, day 27 the 31st, day 28 1 February. */
const revenue = kpiOf({ id: 'net_revenue', unit: 'currency', windows: ['mtd'], headline: 'mtd' });
const funnel = kpiOf({ id: 'order_forecast', forecasts: true, windows: ['mtd'], headline: 'mtd' });
const rule = (more: Record<string, unknown> = {}) =>
  bind({ kind: 'forecast_gap', below: 0, for: 1, ...more }, revenue);
const LAST = 27;

/** A day on which 100 are wanted of the whole month, with the range of where it will end. */
const range = (low: number, high: number, more: Partial<DayFigures> = {}): DayFigures => ({
  ...{ current: 50, target: 60, full_target: 100 },
  ...{ forecast: (low + high) / 2, forecast_low: low, forecast_high: high },
  ...more,
});
const missed = range(80, 99);
const open = range(90, 105);

type Case = readonly [
  name: string,
  rule: Record<string, unknown>,
  days: (DayFigures | null)[],
  states: string,
  events: string[],
];
const cases: Case[] = [
  ['the whole range below the target opens', {}, [open, missed, missed], 'nFF', ['2 opened']],
  ['its end at the target does not', {}, [range(80, 100)], 'n', []],
  [
    'as soon as the target is within the range it is over',
    {},
    [missed, range(80, 100)],
    'Fn',
    ['1 opened', '2 resolved'],
  ],
  [
    'three days of trade, unless said otherwise',
    { for: undefined },
    [missed, missed, open, missed, missed, missed],
    'ppnppF',
    ['6 opened'],
  ],
  [
    'the part of the target that is due is not what it looks at',
    {},
    [range(101, 120, { current: 10, target: 60 })],
    'n',
    [],
  ],
  [
    'a forecast without range says nothing',
    {},
    [
      { current: 50, full_target: 100, forecast: 60 },
      { current: 50, full_target: 100 },
    ],
    'nn',
    [],
  ],
  ['without a target it says nothing', {}, [range(1, 2, { full_target: 0 })], 'n', []],
  [
    'an alert whose forecast has no range today stays as it is',
    {},
    [missed, { current: 50, full_target: 100, forecast: 120 }, open],
    'FFn',
    ['1 opened', '3 resolved'],
  ],
  ['by more than a share of the target', { below: -0.1 }, [range(80, 90), range(80, 89)], 'nF', ['2 opened']],
  [
    'late data are no forecast',
    {},
    [missed, { current: { stale: 1 } }, missed],
    'FxF',
    ['1 opened', '2 no_data', '3 data_back'],
  ],
  [
    'of what should be low, the low end above the target',
    { below: undefined, above: 0 },
    [range(99, 130), range(100, 130), range(101, 130)],
    'nnF',
    ['3 opened'],
  ],
];

describe('a window that will miss its target', () => {
  it.each(cases)('%s', (_, more, days, states, events) => {
    const played = play(rule(more), days);
    expect(letters(played)).toBe(states);
    expect(happenings(played)).toEqual(events);
  });

  it('keeps what is forecast, the range and the target, not the figure to date', () => {
    expect(play(rule(), [missed]).events).toMatchObject([
      { value: 89.5, level: 100, basis: { low: 80, high: 99 }, period: 'mtd' },
    ]);
  });
});

it.each([
  [{ period: 'last_7d' }, 'period', /last_7d is not forecast; give `period` mtd or qtd/],
  [{ dimension: 'region' }, 'dimension', /only totals are forecast/],
])('%j is refused', (more, field, said) => {
  const { rule: refused, period } = bind({ kind: 'forecast_gap', below: 0, ...more }, funnel);
  const mistakes = kindOf(refused).mistakes(refused, funnel, period);
  expect(mistakes).toEqual([{ field, message: expect.stringMatching(said) }]);
});

it('of a KPI that is a forecast itself the target is that of the whole window', () => {
  const bound = bind({ kind: 'forecast_gap', below: 0, for: 1 }, funnel);
  expect(kindOf(bound.rule).mistakes(bound.rule, funnel, 'mtd')).toEqual([]);
  const { full_target, ...figures } = { ...missed, target: 100 };
  expect(happenings(play(bound, [figures]))).toEqual(['1 opened']);
});

describe('the alert ends with its window', () => {
  /** The month's last days, its last one with what came, and the days after. */
  const around = (before: DayFigures | null, after: (DayFigures | null)[], options?: PlayOptions) => {
    const judged = [LAST - 1, LAST, ...after.map((_, index) => LAST + 1 + index)];
    const came: DayFigures = { current: 97, target: 100, full_target: 100 };
    const days = [...Array<null>(LAST - 2).fill(null), before, came, ...after];
    return (more: Record<string, unknown> = {}) => play(rule(more), days, { judged, ...options });
  };

  it('on the first day of the next one it is told with what came, and judged anew the day after', () => {
    const played = around(missed, [missed, missed])();
    expect(letters(played)).toBe('FFnF');
    expect(happenings(played)).toEqual([`${LAST - 1} opened`, `${LAST + 1} ended`, `${LAST + 2} opened`]);
    expect(played.events[1]).toMatchObject({ value: 97, level: 100, firedOn: day(LAST - 1) });
  });

  it('on the first day that is judged, whether there was trade on the last one or not', () => {
    // 31 January and 1 February 2026 are a weekend.
    const weekend = { weekdays: ['saturday' as const, 'sunday' as const], days: [] };
    const played = around(missed, [missed, open], { closed: weekend })();
    expect(happenings(played)).toEqual([`${LAST - 1} opened`, `${LAST + 2} ended`]);
    expect(played.events[1]).toMatchObject({ value: 97 });
  });

  it('what waited in the old window does not count in the new one', () => {
    expect(letters(around(missed, [missed, missed])({ for: 2 }))).toBe('pnpF');
    expect(letters(around(missed, [null, missed, missed])({ for: 2 }))).toBe('pnxpF');
  });

  it('who snoozed it is not told', () => {
    const snooze = {
      ...{ kind: 'snooze' as const, rule: 'r', member: null, at: `${day(LAST)}T08:00:00Z` },
      ...{ after: day(LAST - 1), until: day(LAST + 5), by: 'ops', note: null },
    };
    const played = around(missed, [open], { commands: [snooze] })();
    expect(happenings(played)).toEqual([`${LAST - 1} opened`, `${LAST + 1} ended (muted)`]);
  });

  it('a year that does not begin in January has quarters of its own', () => {
    const quarterly = kpiOf({ id: 'net_revenue', unit: 'currency', windows: ['qtd'], headline: 'qtd' });
    const bound = bind({ kind: 'forecast_gap', below: 0, for: 1 }, quarterly);
    const days = Array<DayFigures>(LAST + 2).fill(missed);
    expect(happenings(play(bound, days))).toEqual(['1 opened']);
    const fiscal = play(bound, days, { fiscalYearStarts: 2 });
    expect(happenings(fiscal)).toEqual(['1 opened', `${LAST + 1} ended`, `${LAST + 2} opened`]);
  });

  it('whatever comes: no alert outlives its month, and each one that opened ends once', () => {
    const ends = fc.tuple(fc.integer({ min: 80, max: 110 }), fc.integer({ min: 0, max: 20 }));
    const days = fc.array(
      fc.oneof(
        { weight: 1, arbitrary: fc.constant(null) },
        { weight: 6, arbitrary: ends.map(([low, width]) => range(low, low + width)) },
      ),
      { minLength: 20, maxLength: 70 },
    );
    fc.assert(
      fc.property(
        days,
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        (all, wait, recover) => {
          const { states, events } = play(rule({ for: wait, recover_for: recover }), all);
          for (const [index, [state]] of states.entries()) {
            if (state === undefined || state.state === 'no_data' || state.firedOn === null) continue;
            expect(state.firedOn.slice(0, 7)).toBe(day(index + 1).slice(0, 7));
          }
          const turns = events.filter(({ kind }) => ['opened', 'resolved', 'ended'].includes(kind));
          expect(turns.map(({ kind }) => kind === 'opened')).toEqual(turns.map((_, at) => at % 2 === 0));
        },
      ),
      { numRuns: 40 },
    );
  });
});
