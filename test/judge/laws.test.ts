import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexFigures } from '../../functions/judge/figures.ts';
import { decide } from '../../functions/judge/policy.ts';
import type { AlertCommand, AlertEvent, AlertState } from '../../functions/lake/catalogue/alert.ts';
import { bind, type DayFigures, day, type Figure, kpiOf, play, rowsOf } from './play.ts';

const ALWAYS_OPEN = { weekdays: [], days: [] };
const level = fc.integer({ min: 0, max: 20 });
const figure: fc.Arbitrary<Figure> = fc.oneof(
  { weight: 6, arbitrary: level },
  { weight: 1, arbitrary: fc.record({ stale: level }) },
);
const dayFigures: fc.Arbitrary<DayFigures | null> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  {
    weight: 8,
    arbitrary: fc.record({
      current: figure,
      members: fc.dictionary(fc.constantFrom('north', 'south', 'west'), level),
    }),
  },
);
const series = fc.array(dayFigures, { minLength: 1, maxLength: 25 });
const rule = fc
  .record({
    above: fc.integer({ min: 8, max: 12 }),
    band: fc.integer({ min: 0, max: 5 }),
    for: fc.integer({ min: 1, max: 3 }),
    recover_for: fc.integer({ min: 1, max: 3 }),
    renotify_after_days: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    dimension: fc.option(fc.constant('region'), { nil: undefined }),
  })
  .map(({ band, ...rest }) => bind({ ...rest, clear: rest.above - band }));
const command: fc.Arbitrary<AlertCommand> = fc
  .record({
    kind: fc.constantFrom('snooze' as const, 'acknowledge' as const, 'wake' as const),
    member: fc.constantFrom(null, 'north'),
    after: fc.integer({ min: 1, max: 20 }),
    length: fc.integer({ min: 1, max: 8 }),
  })
  .map(({ kind, member, after, length }) => ({
    kind,
    rule: 'r',
    member,
    at: `${day(after + 1)}T08:00:00Z`,
    after: day(after),
    until: kind === 'snooze' ? day(after + length) : null,
    by: 'ops',
    note: null,
  }));
/** The store writes no two commands of one moment for a rule. */
const commands = fc.uniqueArray(command, { maxLength: 3, selector: ({ at }) => at });

const byAlert = (events: readonly AlertEvent[]): Map<string | null, AlertEvent[]> =>
  events.reduce((map, event) => map.set(event.member, [...(map.get(event.member) ?? []), event]), new Map());

const open = (state: AlertState | undefined): boolean => state != null && state.firedOn !== null;

describe('whatever the figures, rules and commands', () => {
  it('an alert is not opened twice without being resolved, nor resolved without being open', () => {
    fc.assert(
      fc.property(rule, series, commands, (bound, days, said) => {
        for (const events of byAlert(play(bound, days, { commands: said }).events).values()) {
          const turns = events
            .map((event) => event.kind)
            .filter((kind) => kind === 'opened' || kind === 'resolved');
          expect(turns).toEqual(turns.map((_, index) => (index % 2 === 0 ? 'opened' : 'resolved')));
        }
      }),
    );
  });

  it('missing data and their return are told in turn', () => {
    fc.assert(
      fc.property(rule, series, (bound, days) => {
        const turns = play(bound, days)
          .events.map((event) => event.kind)
          .filter((kind) => kind === 'no_data' || kind === 'data_back');
        expect(turns).toEqual(turns.map((_, index) => (index % 2 === 0 ? 'no_data' : 'data_back')));
      }),
    );
  });

  it('without trusted data nothing opens, resolves or is repeated, and nothing that was open is lost', () => {
    fc.assert(
      fc.property(rule, series, commands, (bound, days, said) => {
        const played = play(bound, days, { commands: said });
        const untrusted = days.map((figures) => typeof figures?.current !== 'number');
        for (const event of played.events) {
          const index = days.findIndex((_, at) => day(at + 1) === event.asOf);
          expect(event.kind === 'no_data').toBe(untrusted[index]);
        }
        for (const [index, states] of played.states.entries()) {
          if (!untrusted[index]) continue;
          const before = (played.states[index - 1] ?? []).filter(open);
          expect(states.filter(open).map((state) => [state.member, state.firedOn])).toEqual(
            before.map((state) => [state.member, state.firedOn]),
          );
        }
      }),
    );
  });

  it('a day on which nothing changes tells nothing, apart from a repetition that is due', () => {
    fc.assert(
      fc.property(rule, level, fc.integer({ min: 1, max: 12 }), (bound, value, length) => {
        const days = Array.from({ length: length + bound.rule.for }, () => ({
          current: value,
          members: { north: value },
        }));
        const later = play(bound, days).events.filter((event) => event.asOf > day(bound.rule.for));
        expect(later.filter((event) => event.kind !== 'still_firing')).toEqual([]);
        if (bound.rule.renotify_after_days === undefined) expect(later).toEqual([]);
      }),
    );
  });

  it('within the band between clear level and limit nothing flaps', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 6, max: 10 }), { minLength: 1, maxLength: 20 }), (values) => {
        const bound = bind({ above: 10, clear: 5 });
        expect(play(bound, values).events).toEqual([]);
        expect(play(bound, [11, ...values]).events.map((event) => event.kind)).toEqual(['opened']);
      }),
    );
  });

  it('the order of rows and of earlier states does not matter', () => {
    fc.assert(
      fc.property(rule, series, commands, (bound, days, said) => {
        const rows = rowsOf(kpiOf(), days);
        const earlier = play(bound, days.slice(0, -1), { commands: said }).states.at(-1) ?? [];
        const input = {
          rules: [bound],
          commands: said,
          asOf: day(days.length),
          closed: ALWAYS_OPEN,
          fiscalYearStarts: 1,
          mostUnusual: 3,
        };
        const one = decide({ ...input, figures: indexFigures(rows), earlier });
        const two = decide({
          ...input,
          figures: indexFigures(rows.toReversed()),
          earlier: earlier.toReversed(),
          commands: said.toReversed(),
        });
        expect(two.events).toEqual(one.events);
        expect(two.states).toEqual(one.states);
      }),
    );
  });

  it('one alert does not depend on another', () => {
    fc.assert(
      fc.property(rule, rule, series, (a, b, days) => {
        const other = { ...b, rule: { ...b.rule, id: 'other' } };
        const together = play([a, other], days).events;
        expect(together.filter((event) => event.rule === 'r')).toEqual(play(a, days).events);
      }),
    );
  });

  it('commands change who is told, never what is so', () => {
    fc.assert(
      fc.property(rule, series, commands, (bound, days, said) => {
        const bare = ({ muted: _, lastNotifiedOn: __, ...state }: AlertState) => state;
        const [silent, plain] = [play(bound, days, { commands: said }), play(bound, days)];
        expect(silent.states.map((states) => states.map(bare))).toEqual(
          plain.states.map((states) => states.map(bare)),
        );
      }),
    );
  });

  it('nothing of a snoozed alert is mailed, and no end without its beginning', () => {
    fc.assert(
      fc.property(
        rule,
        series,
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 15 }),
        (bound, days, from, length) => {
          const until = day(from + length);
          const snooze: AlertCommand = {
            kind: 'snooze',
            rule: 'r',
            member: null,
            at: '2026-01-01T00:00:00Z',
            after: day(from),
            until,
            by: 'ops',
            note: null,
          };
          const { events } = play(bound, days, { commands: [snooze] });
          for (const event of events)
            if (event.asOf > day(from) && event.asOf <= until) expect(event.muted).toBe(true);
          for (const told of byAlert(events.filter((event) => !event.muted)).values()) {
            const ends = told.findIndex((event) => event.kind === 'resolved');
            const begins = told.findIndex(
              (event) => event.kind === 'opened' || event.kind === 'still_firing',
            );
            if (ends >= 0) expect(begins >= 0 && begins < ends).toBe(true);
          }
        },
      ),
    );
  });
});
