import { describe, expect, it } from 'vitest';
import { indexFigures } from '../../functions/judge/figures.ts';
import { decide } from '../../functions/judge/policy.ts';
import type { AlertCommand, AlertState } from '../../functions/lake/catalogue/alert.ts';
import type { CubeQuantity } from '../../functions/lake/catalogue/cube.ts';
import {
  bind,
  type DayFigures,
  day,
  type Figure,
  happenings,
  kpiOf,
  letters,
  type PlayOptions,
  play,
  rowsOf,
} from './play.ts';

const share = kpiOf({
  id: 'cart_abandonment_rate',
  ratio: true,
  unit: 'percent',
  benchmark: { value: 0.75, source: 'study' },
});
const weekend = { weekdays: ['saturday' as const, 'sunday' as const], days: [] };

interface Case {
  readonly rule: Record<string, unknown>;
  readonly days: readonly (Figure | DayFigures | null)[];
  readonly states: string;
  readonly events: readonly string[];
  readonly options?: PlayOptions;
}

const cases: Record<string, Case> = {
  'fires at once': { rule: { above: 10 }, days: [9, 11, 12], states: 'nFF', events: ['2 opened'] },
  'the level itself is not beyond it': { rule: { above: 10 }, days: [10], states: 'n', events: [] },
  'below, at the level and beyond': {
    rule: { below: 10 },
    days: [10, 9.99],
    states: 'nF',
    events: ['2 opened'],
  },
  'resolves once': {
    rule: { above: 10 },
    days: [11, 9, 9],
    states: 'Fnn',
    events: ['1 opened', '2 resolved'],
  },
  'waits for the runs in a row it asks for': {
    rule: { above: 10, for: 3 },
    days: [11, 11, 9, 11, 11, 11],
    states: 'ppnppF',
    events: ['6 opened'],
  },
  'recovers only after the runs in a row it asks for': {
    rule: { above: 10, recover_for: 2 },
    days: [11, 9, 11, 9, 9, 9],
    states: 'FrFrnn',
    events: ['1 opened', '5 resolved'],
  },
  'stays between the levels: neither fires nor resolves': {
    rule: { above: 10, clear: 8 },
    days: [9, 11, 9, 8.5, 10, 8, 9],
    states: 'nFFFFnn',
    events: ['2 opened', '6 resolved'],
  },
  'a recovery that stops between the levels starts over': {
    rule: { above: 10, clear: 8, recover_for: 2 },
    days: [11, 7, 9, 7, 7],
    states: 'FrFrn',
    events: ['1 opened', '5 resolved'],
  },
  'between the levels a pending alert is dropped': {
    rule: { above: 10, clear: 8, for: 2 },
    days: [11, 9, 11],
    states: 'pnp',
    events: [],
  },
  'tells again after so many days, and only then': {
    rule: { above: 10, renotify_after_days: 3 },
    days: [11, 11, 11, 11, 11, 11, 11, 9],
    states: 'FFFFFFFn',
    events: ['1 opened', '4 still_firing', '7 still_firing', '8 resolved'],
  },
  'does not tell again while recovering': {
    rule: { above: 10, renotify_after_days: 2, recover_for: 3 },
    days: [11, 9, 9, 11],
    states: 'FrrF',
    events: ['1 opened', '4 still_firing'],
  },
  'never tells again when not asked to': {
    rule: { above: 10 },
    days: Array(40).fill(11),
    states: 'F'.repeat(40),
    events: ['1 opened'],
  },
  'stale data: told once, and when they are back; the alert stands still': {
    rule: { above: 10 },
    days: [11, { stale: 5 }, { stale: 5 }, 12, 9],
    states: 'FxxFn',
    events: ['1 opened', '2 no_data', '4 data_back', '5 resolved'],
  },
  'incomplete data never fire': {
    rule: { above: 10 },
    days: [9, { incomplete: 99 }, 9],
    states: 'nxn',
    events: ['2 no_data', '3 data_back'],
  },
  'a missing figure is no data': {
    rule: { below: 10 },
    days: [11, null, 11],
    states: 'nxn',
    events: ['2 no_data', '3 data_back'],
  },
  'data that come back bad open the alert on that day': {
    rule: { above: 10 },
    days: [9, null, 11],
    states: 'nxF',
    events: ['2 no_data', '3 data_back', '3 opened'],
  },
  'a gap does not break the runs in a row': {
    rule: { above: 10, for: 2 },
    days: [11, { stale: 0 }, 11],
    states: 'pxF',
    events: ['2 no_data', '3 data_back', '3 opened'],
  },
  'a KPI that never had a figure is not spoken of': {
    rule: { above: 10 },
    days: [null, null, 11],
    states: '..F',
    events: ['3 opened'],
  },
  'days without trade are not judged': {
    rule: { below: 10, for: 2 },
    days: [11, 11, 11, 11, 5, 0, 0, 5],
    states: 'nnnnpppF',
    events: ['8 opened'],
    options: { closed: weekend },
  },
  'a run that was missed is no run': {
    rule: { above: 10, for: 2 },
    days: [11, 9, 11],
    states: 'pF',
    events: ['3 opened'],
    options: { judged: [1, 3] },
  },
};

const ratioCases: Record<string, Case> = {
  'a denominator of zero has no value: it neither fires nor resolves': {
    rule: { above: 0.5 },
    days: [
      [0, 0],
      [8, 10],
      [0, 0],
      [1, 10],
    ],
    states: 'nFFn',
    events: ['2 opened', '4 resolved'],
  },
  'too little volume does not fire': {
    rule: { above: 0.5, min_volume: 100 },
    days: [
      [99, 99],
      [100, 100],
    ],
    states: 'nF',
    events: ['2 opened'],
  },
  'too little volume does not keep an alert from resolving': {
    rule: { above: 0.5, min_volume: 100 },
    days: [
      [100, 100],
      [1, 10],
    ],
    states: 'Fn',
    events: ['1 opened', '2 resolved'],
  },
  // Wilson, 95 %: 8 of 10 lies in 0.49…0.94, 80 of 100 in 0.71…0.87, 800 of 1000 in 0.77…0.82.
  'fires only when the interval excludes the level': {
    rule: { above: 0.75, confidence: 0.95 },
    days: [
      [8, 10],
      [80, 100],
      [800, 1000],
    ],
    states: 'nnF',
    events: ['3 opened'],
  },
  'on the lower side too': {
    rule: { below: 0.85, confidence: 0.95 },
    days: [
      [8, 10],
      [80, 100],
      [800, 1000],
    ],
    states: 'nnF',
    events: ['3 opened'],
  },
  'both guards must be passed': {
    rule: { above: 0.7, confidence: 0.95, min_volume: 2000 },
    days: [
      [800, 1000],
      [1600, 2000],
    ],
    states: 'nF',
    events: ['2 opened'],
  },
  'measures a gap to the benchmark in parts of it': {
    rule: { kind: 'benchmark_gap', above: 0.1, clear: 0.05 },
    days: [
      [82, 100],
      [83, 100],
      [80, 100],
      [78, 100],
    ],
    states: 'nFFn',
    events: ['2 opened', '4 resolved'],
  },
  'measures a gap to the target': {
    rule: { kind: 'target_gap', below: -0.1 },
    days: [
      { current: [46, 100], target: [0.5, 1] },
      { current: [44, 100], target: [0.5, 1] },
      { current: [44, 100] },
      { current: [45, 100], target: [0.5, 1] },
    ],
    states: 'nFFn',
    events: ['2 opened', '4 resolved'],
  },
};

const comparisonCases: Record<string, Case> = {
  'measures a change in parts of what was before': {
    rule: { kind: 'change', against: 'previous', below: -0.2 },
    days: [
      { current: 80, previous: 100 },
      { current: 79, previous: 100 },
      { current: 100, previous: 79 },
    ],
    states: 'nFn',
    events: ['2 opened', '3 resolved'],
  },
  'a change of a negative amount is measured by its size': {
    rule: { kind: 'change', against: 'previous', below: -0.2 },
    days: [
      { current: -110, previous: -100 },
      { current: -130, previous: -100 },
    ],
    states: 'nF',
    events: ['2 opened'],
  },
  'nothing to compare with, or zero: not judged': {
    rule: { kind: 'change', against: 'last_year', above: 0.2 },
    days: [{ current: 80 }, { current: 80, last_year: 0 }, { current: 80, last_year: 10 }],
    states: 'nnF',
    events: ['3 opened'],
  },
  'an amount that falls to nothing has the volume it had': {
    rule: { kind: 'change', against: 'previous', below: -0.5, min_volume: 50 },
    days: [
      { current: 1, previous: 10 },
      { current: 0, previous: 100 },
    ],
    states: 'nF',
    events: ['2 opened'],
  },
};

const check =
  (kpi = kpiOf()) =>
  (_: string, { rule, days, states, events, options }: Case) => {
    const played = play(bind(rule, kpi), days, options);
    expect({ states: letters(played), events: happenings(played) }).toEqual({ states, events });
  };

describe('the states of an alert', () => {
  it.each(Object.entries(cases))('%s', check());
});
describe('a rule on a ratio', () => {
  it.each(Object.entries(ratioCases))('%s', check(share));
});
describe('a rule on a comparison', () => {
  it.each(Object.entries(comparisonCases))('%s', check());
});

describe('an event', () => {
  it('carries what is needed to tell it', () => {
    const { events, states } = play(bind({ above: 10, severity: 'critical', for: 2 }), [11, 12, 9]);
    expect(events[0]).toEqual({
      rule: 'r',
      member: null,
      kpi: 'orders',
      kind: 'opened',
      severity: 'critical',
      asOf: day(2),
      period: 'day',
      dimension: null,
      value: 12,
      level: 10,
      firedOn: day(2),
      notify: ['ops'],
      muted: false,
    });
    expect(events[1]).toMatchObject({ kind: 'resolved', value: 9, firedOn: day(2) });
    expect(states[0]?.[0]).toMatchObject({
      state: 'pending',
      since: day(1),
      count: 1,
      firedOn: null,
      value: 11,
    });
    expect(states[2]?.[0]).toMatchObject({
      state: 'normal',
      since: day(3),
      firedOn: null,
      lastNotifiedOn: null,
    });
  });

  it('gives a relative level in the KPI’s unit', () => {
    const { events } = play(bind({ kind: 'change', against: 'previous', below: -0.2 }), [
      { current: 70, previous: 100 },
    ]);
    expect(events[0]).toMatchObject({ value: 70, level: 80 });
  });
});

describe('a rule with a dimension', () => {
  const rule = bind({ above: 10, dimension: 'region', recover_for: 2 });
  const total = { current: 30 };

  it('has one alert a member', () => {
    const played = play(rule, [
      { ...total, members: { north: 11, south: 5 } },
      { ...total, members: { north: 12, south: 15 } },
      { ...total, members: { north: 5, south: 15 } },
      { ...total, members: { north: 5, south: 5 } },
    ]);
    expect([letters(played, 'north'), letters(played, 'south'), letters(played)]).toEqual([
      'FFrn',
      'nFFr',
      'nnnn',
    ]);
    expect(happenings(played)).toEqual(['1 opened north', '2 opened south', '4 resolved north']);
  });

  it('resolves a member that is gone like one that is well again, then forgets it', () => {
    const played = play(rule, [
      { ...total, members: { north: 11, south: 5 } },
      { ...total, members: {} },
      { ...total, members: {} },
      { ...total, members: {} },
    ]);
    expect([letters(played, 'north'), letters(played, 'south')]).toEqual(['Fr..', 'n...']);
    expect(played.events.at(-1)).toMatchObject({
      kind: 'resolved',
      member: 'north',
      value: null,
      asOf: day(3),
    });
  });

  it('takes a member of a sum that has nothing left for 0, where the rule compares it with something', () => {
    const falls = { kind: 'change', against: 'last_year', below: -0.6, dimension: 'region', min_volume: 5 };
    const days = [
      { current: 30, members: { north: 10, south: 20 }, membersLastYear: { north: 12, south: 18 } },
      { current: 20, members: { south: 20 }, membersLastYear: { north: 12, south: 18, west: 3 } },
      { current: 20, members: { south: 20 }, membersLastYear: { north: 12, south: 18 } },
      { current: 20, members: { south: 20 }, membersLastYear: { south: 18 } },
    ];
    const played = play(bind(falls), days);
    // South did not fall; the west was too little; of the north nothing is compared any more on the fourth day.
    expect(happenings(played)).toEqual(['2 opened north', '4 resolved north']);
    expect(played.events[0]).toMatchObject({ value: 0, level: expect.closeTo(4.8) });
    // Named or not.
    expect(happenings(play(bind({ ...falls, members: ['north', 'west'] }), days))).toEqual([
      '2 opened north',
      '4 resolved north',
    ]);
    // What a rate would be without anything to count, or a level that nobody recorded, is not known.
    expect(happenings(play(bind(falls, kpiOf({ ratio: true, unit: 'percent' })), days))).toEqual([]);
    const followers = { kind: 'level', name: 'numerator' } as unknown as CubeQuantity;
    const levels = kpiOf({ cube: { quantities: [followers], gives: 'figures' } });
    expect(happenings(play(bind(falls, levels), days))).toEqual([]);
  });

  it('tells of missing data once, not once a member', () => {
    const played = play(rule, [
      { ...total, members: { north: 11, south: 5 } },
      { current: { stale: 1 }, members: { north: { stale: 1 } } },
      null,
      { ...total, members: { north: 11, south: 5 } },
    ]);
    expect([letters(played, 'north'), letters(played, 'south'), letters(played)]).toEqual([
      'FxxF',
      'nxxn',
      'nxxn',
    ]);
    expect(happenings(played)).toEqual(['1 opened north', '2 no_data', '4 data_back']);
  });

  it('judges only the members named, and “(other)” only when it is named', () => {
    const members = { north: 11, south: 11, '(other)': 99 };
    expect(happenings(play(rule, [{ ...total, members }]))).toEqual(['1 opened north', '1 opened south']);
    const named = bind({ above: 10, dimension: 'region', members: ['south', '(other)'] });
    expect(happenings(play(named, [{ ...total, members }]))).toEqual(['1 opened (other)', '1 opened south']);
  });
});

describe('a person’s word', () => {
  const say = (
    kind: AlertCommand['kind'],
    after: number,
    more: Partial<AlertCommand> = {},
  ): AlertCommand => ({
    kind,
    rule: 'r',
    member: null,
    at: `${day(after + 1)}T08:00:00Z`,
    after: day(after),
    until: null,
    by: 'ops',
    note: null,
    ...more,
  });
  const rule = bind({ above: 10, renotify_after_days: 2 });
  const days = [11, 11, 11, 11, 11, 11, 11, 11, 9];

  it('acknowledged: silent until resolved, then told', () => {
    const played = play(rule, days, { commands: [say('acknowledge', 1)] });
    expect(happenings(played)).toEqual(['1 opened', '9 resolved']);
    expect(played.states.map((states) => states[0]?.muted)).toEqual([false, ...Array(7).fill(true), false]);
  });

  it('an acknowledgement does not outlive its alert', () => {
    const played = play(rule, [11, 11, 9, 11], { commands: [say('acknowledge', 1)] });
    expect(happenings(played)).toEqual(['1 opened', '3 resolved', '4 opened']);
  });

  it('snoozed: silent to its last day, then told again', () => {
    expect(happenings(play(rule, days, { commands: [say('snooze', 1, { until: day(6) })] }))).toEqual([
      '1 opened',
      '7 still_firing',
      '9 resolved',
    ]);
  });

  it('opened while snoozed: told when the snooze is over', () => {
    const once = bind({ above: 10 });
    expect(
      happenings(play(once, [9, 11, 11, 11], { commands: [say('snooze', 1, { until: day(3) })] })),
    ).toEqual(['2 opened (muted)', '4 still_firing']);
  });

  it('opened and resolved while snoozed: nobody is mailed, neither then nor later', () => {
    expect(
      happenings(play(rule, [9, 11, 9, 9], { commands: [say('snooze', 1, { until: day(3) })] })),
    ).toEqual(['2 opened (muted)', '3 resolved (muted)']);
  });

  it('missing data of a snoozed rule are not mailed', () => {
    expect(happenings(play(rule, [9, null, 9], { commands: [say('snooze', 1, { until: day(3) })] }))).toEqual(
      ['2 no_data (muted)', '3 data_back (muted)'],
    );
  });

  it('woken: heard again', () => {
    const commands = [say('acknowledge', 1), say('wake', 4)];
    expect(happenings(play(rule, days, { commands }))).toEqual([
      '1 opened',
      '5 still_firing',
      '7 still_firing',
      '9 resolved',
    ]);
  });

  it('counts only for the days judged after it was given: judging a day again tells the same', () => {
    expect(happenings(play(rule, days, { commands: [say('snooze', 1, { until: day(6) })] }))[0]).toBe(
      '1 opened',
    );
  });

  it('about one member leaves the others alone', () => {
    const both = { current: 30, members: { north: 11, south: 11 } };
    const perRegion = bind({ above: 10, dimension: 'region', renotify_after_days: 1 });
    const played = play(perRegion, [both, both], { commands: [say('acknowledge', 1, { member: 'north' })] });
    expect(happenings(played)).toEqual(['1 opened north', '1 opened south', '2 still_firing south']);
  });

  it('the later of two has the last word, whatever the order they are read in', () => {
    const commands = [say('wake', 3), say('snooze', 1, { until: day(8) })];
    expect(happenings(play(rule, days, { commands }))).toEqual(
      happenings(play(rule, days, { commands: commands.toReversed() })),
    );
  });
});

describe('a rule that was edited', () => {
  const regions = { current: 30, members: { north: 11 } };
  const judgeOnce = (rule: Record<string, unknown>, earlier: readonly AlertState[]) =>
    decide({
      rules: [bind(rule)],
      figures: indexFigures(rowsOf(kpiOf(), [regions])),
      earlier,
      commands: [],
      asOf: day(1),
      closed: { weekdays: [], days: [] },
      fiscalYearStarts: 1,
      mostUnusual: 3,
    });

  it('from the total to a dimension: the total’s alert is over without a word', () => {
    const [total] = play(bind({ above: 10 }), [11]).states;
    const decision = judgeOnce({ above: 10, dimension: 'region', for: 2 }, total ?? []);
    expect(decision.states).toMatchObject([
      { member: null, state: 'normal', firedOn: null },
      { member: 'north', state: 'pending' },
    ]);
    expect(decision.events).toEqual([]);
  });

  it('from a dimension to the total, to other members, or to another id: the members are forgotten', () => {
    const [members = []] = play(bind({ above: 10, dimension: 'region' }), [regions]).states;
    expect(judgeOnce({ above: 100 }, members).states).toMatchObject([{ member: null, state: 'normal' }]);
    const other = judgeOnce({ above: 10, dimension: 'region', members: ['south'] }, members);
    expect(other.states.map((state) => state.member)).toEqual([null]);
    expect(judgeOnce({ id: 'new', above: 100 }, members).states).toMatchObject([
      { rule: 'new', member: null },
    ]);
  });
});
