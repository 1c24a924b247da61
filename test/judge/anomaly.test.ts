import { describe, expect, it } from 'vitest';
import type { DayFigures, Figure } from './play.ts';
import { bind, happenings, kpiOf, letters, play } from './play.ts';

const WEEKEND = { weekdays: ['saturday' as const, 'sunday' as const], days: [] };
/** Noise that is the same on every machine: from −1 to 1. */
const noise = (at: number): number => (((at * 7919) % 101) - 50) / 50;
/** Weeks of days around 100 that vary by 5, ending before day one, a Monday. */
const calm = (weeks: number, around = 100): number[] =>
  Array.from({ length: 7 * weeks }, (_, at) => Math.round(around * (1 + 0.05 * noise(at))));
const low = bind({ kind: 'anomaly', below: -3.5 });
const high = bind({ kind: 'anomaly', above: 3.5 });

describe('an anomaly', () => {
  it('opens far from what is usual, on its side, and ends where it is usual again', () => {
    const history = calm(30);
    const played = play(low, [101, 55, 60, 99], { history });
    expect(letters(played)).toBe('nFFn');
    expect(happenings(play(high, [101, 55, 160, 99], { history }))).toEqual(['3 opened', '4 resolved']);
  });

  it('says what is usual, what that rests on, and no year before where there is none', () => {
    const [opened] = play(low, [55], { history: calm(30) }).events;
    expect(opened?.basis).toMatchObject({
      days: 120,
      used: { weekday: true, place: false, special: false, year: false },
    });
    const { expected = 0 } = (opened?.basis ?? {}) as { expected?: number };
    expect(expected).toBeGreaterThan(95);
    expect(expected).toBeLessThan(105);
    expect(opened?.level).toBeGreaterThan(60);
  });

  it('knows the weekday', () => {
    const history = calm(30).map((value, at) => (at % 7 === 0 ? 3 * value : value));
    expect(letters(play(high, [305, 100, 300], { history }))).toBe('nnF');
  });

  it('too short a history is said, and nothing guessed', () => {
    const played = play(low, [5], { history: calm(5) });
    expect(letters(played)).toBe('n');
    expect(played.states[0]?.[0]?.basis).toMatchObject({ why: 'history', needed: 30 });
  });

  it('untrusted days are no history: neither as they are nor as nothing', () => {
    const history: Figure[] = calm(30).map((value, at) => (at > 150 && at % 5 === 0 ? { stale: 1 } : value));
    expect(letters(play(low, [98, 97, 96], { history }))).toBe('nnn');
    const allStale: Figure[] = calm(30).map((value, at) => (at > 40 ? { stale: value } : value));
    expect(play(low, [5], { history: allStale }).states[0]?.[0]?.basis).toMatchObject({ why: 'history' });
  });

  it('one instead of two is no anomaly, though most days have two', () => {
    const history = calm(30).map((_, at) => (at % 9 === 0 ? 1 : 2));
    expect(letters(play(low, [2, 1, 0, 2], { history }))).toBe('nnnn');
    expect(letters(play(high, [2, 3, 4, 20], { history }))).toBe('nnnF');
  });

  it('what always was nothing is judged by nobody', () => {
    const played = play(high, [5], { history: calm(30).map(() => 0) });
    expect(letters(played)).toBe('n');
    expect(played.states[0]?.[0]?.basis).toEqual({ why: 'nothing' });
  });

  it('the last day of trade of a month does what it always does', () => {
    // Day one is 5 January 2026; 29 and 30 January are Thursday and Friday, the last.
    const dates = Array.from({ length: 400 }, (_, at) => at - 400 + 1);
    const isLast = (n: number): boolean => {
      const date = new Date(Date.UTC(2026, 0, 4 + n));
      const next = new Date(date);
      do next.setUTCDate(next.getUTCDate() + 1);
      while (next.getUTCDay() % 6 === 0);
      return date.getUTCDay() % 6 !== 0 && next.getUTCMonth() !== date.getUTCMonth();
    };
    const of = (n: number): number => Math.round((isLast(n) ? 500 : 100) * (1 + 0.05 * noise(n + 1000)));
    const january = Array.from({ length: 28 }, (_, at) => of(at + 1));
    expect(isLast(26)).toBe(true);
    const played = play(high, january, { history: dates.map(of), closed: WEEKEND });
    expect(happenings(played)).toEqual([]);
    // … and as much on the day before is no month end.
    const early = january.map((value, at) => (at === 24 ? 500 : value));
    expect(happenings(play(high, early, { history: dates.map(of), closed: WEEKEND }))).toEqual([
      '25 opened',
      '26 resolved',
    ]);
  });

  it('a month end that was never seen is not judged', () => {
    const closed = WEEKEND;
    const played = play(
      high,
      Array.from({ length: 28 }, (_, at) => (at === 25 ? 500 : 100)),
      {
        history: calm(5),
        closed,
      },
    );
    expect(letters(played)).not.toContain('F');
    expect(played.states[25]?.[0]?.basis).toEqual({ why: 'place' });
  });
});

describe('members', () => {
  const region = bind({ kind: 'anomaly', below: -3.5, dimension: 'region' });
  const days = (weeks: number): DayFigures[] =>
    calm(weeks).map((north, at) => ({
      current: 2 * north,
      members: { north, south: calm(weeks)[(at + 3) % (7 * weeks)] as number },
    }));

  it('one that has nothing left is unusual, though nothing is recorded of it', () => {
    const played = play(
      region,
      [
        { current: 200, members: { north: 100, south: 99 } },
        { current: 100, members: { north: 100 } },
      ],
      {
        history: days(30),
      },
    );
    expect(happenings(played)).toEqual(['2 opened south']);
  });

  it('but not where it may be among the others', () => {
    const played = play(
      region,
      [
        { current: 200, members: { north: 100, south: 99 } },
        { current: 200, members: { north: 100, '(other)': 100 } },
      ],
      { history: days(30) },
    );
    expect(happenings(played)).toEqual([]);
  });
});

describe('the budget of a day', () => {
  const names = Array.from({ length: 40 }, (_, at) => `r${String(at).padStart(2, '0')}`);
  const history = (weeks: number): DayFigures[] =>
    Array.from({ length: 7 * weeks }, (_, at) => ({
      current: 4000,
      members: Object.fromEntries(
        names.map((name, of) => [name, Math.round(1000 * (1 + 0.05 * noise(at + 13 * of)))]),
      ),
    }));
  const today = (falls: Readonly<Record<string, number>>): DayFigures => ({
    current: 4000,
    members: { ...Object.fromEntries(names.map((name) => [name, 1000])), ...falls },
  });
  const rule = bind({ kind: 'anomaly', below: -3, dimension: 'region' });

  it('opens the furthest off, so many a day; the others may open the day after', () => {
    const falls = { r01: 100, r02: 300, r03: 200, r04: 400, r05: 350 };
    const played = play(rule, [today(falls), today(falls)], { history: history(30) });
    expect(happenings(played)).toEqual([
      '1 opened r01',
      '1 opened r02',
      '1 opened r03',
      '2 opened r04',
      '2 opened r05',
    ]);
    expect(happenings(play(rule, [today(falls)], { history: history(30), mostUnusual: 1 }))).toEqual([
      '1 opened r01',
    ]);
    expect(play(rule, [today(falls)], { history: history(30) }).heldBack[0]).toMatchObject([
      { member: 'r05', why: 'budget' },
      { member: 'r04', why: 'budget' },
    ]);
  });

  it('of forty, one that is only just unusual is chance; alone it opens', () => {
    const just = play(bind({ kind: 'anomaly', below: -3, dimension: 'region' }), [today({ r07: 868 })], {
      history: history(30),
    });
    expect(happenings(just)).toEqual([]);
    expect(just.heldBack[0]).toMatchObject([{ member: 'r07', why: 'chance' }]);
    const alone = bind({ kind: 'anomaly', below: -3, dimension: 'region', members: ['r07'] });
    expect(happenings(play(alone, [today({ r07: 868 })], { history: history(30) }))).toEqual([
      '1 opened r07',
    ]);
  });

  it('no other kind of alert counts', () => {
    const limits = Array.from({ length: 6 }, (_, at) => bind({ id: `l${at}`, above: 10 }));
    expect(play(limits, [11], { kpi: kpiOf() }).events).toHaveLength(6);
  });
});
