import { median } from '../values/statistics.ts';
import { type DailySeries, valueOn } from './daily-series.ts';
import { type Profile, profileAt } from './profile.ts';
import { remembered } from './remembered.ts';
import type { Watched } from './watched.ts';
import { comesOn } from './yearly-days.ts';

/** Clean days of trade that tell the level of now, how far back they are looked for, and the fewest of them. */
export const LEVEL = { days: 20, within: 60, fewest: 10 } as const;
/** The same weekday a year before; days around it that tell how a season moved the level, and the furthest believed. */
const YEAR = 364;
const SEASON = { beside: 3, fewest: 3, most: 2 } as const;

/** How much is done now, and was before, out of what a series' profile expects of each day. */
export class Levels {
  readonly series: DailySeries;
  readonly profile: Profile;
  readonly #watched: Watched;

  /** As learnt from the days up to `until`, as far back as is looked at. */
  constructor(watched: Watched, until: number) {
    const { series, depth, summed, window } = watched;
    const first = Math.max(series.first, until - depth + 1);
    this.#watched = watched;
    this.series = { ...series, first, values: series.values.slice(first - series.first) };
    this.profile = summed < window ? flat(this.series) : profileAt(this.series, until);
  }

  /** The days that a figure of a day is made of. */
  window(day: number): number[] {
    return Array.from({ length: this.#watched.summed }, (_, back) => day - back);
  }

  /** What a usual day was, by the clean days up to a day; null of too few. */
  readonly level = remembered((until: number): number | null => {
    const found: number[] = [];
    const from = Math.max(this.series.first, until - LEVEL.within + 1);
    for (let day = until; day >= from && found.length < LEVEL.days; day -= 1)
      found.push(...this.#levelOn(day));
    return found.length < LEVEL.fewest ? null : median(found);
  });

  /** How far a clean day was from what the days before it let expect; null of another, or of too little before. */
  readonly rest = remembered((day: number): number | null => {
    const value = this.#value(day);
    const level = value === null ? null : this.level(day - this.#watched.window);
    if (value === null || level === null || level <= 0) return null;
    const shape = this.window(day).reduce((sum, each) => sum + this.profile.expected(each), 0);
    const expected = level * shape * Math.sqrt(this.seasonMove(day) ?? 1);
    return expected > 0 ? this.#watched.measure.of(value, expected) : null;
  });

  /** How the level had moved, on the same days a year before, from what it was just before them; null without that year. */
  seasonMove(day: number): number | null {
    const then = day - YEAR;
    const before = this.level(then - this.#watched.window);
    if (before === null || before <= 0) return null;
    const beside = this.#watched.window > 1 ? this.window(then) : around(then);
    const found = beside.flatMap((each) => this.#levelOn(each));
    if (found.length < Math.min(SEASON.fewest, beside.length)) return null;
    return Math.min(SEASON.most, Math.max(1 / SEASON.most, median(found) / before));
  }

  /** What was done on this day a year before, out of the usual, where that was `far` off: fairs, sales, holidays that nobody lists. */
  events(day: number, far: number): number[] {
    const { window, measure, known } = this.#watched;
    if (window > 1) return [];
    return [day - YEAR, ...comesOn(day).same.slice(0, 1)].flatMap((then) => {
      const expected = (this.level(then - 1) ?? 0) * this.profile.expected(then);
      if (expected <= 0 || !known(then)) return [];
      const value = valueOn(this.series, then);
      return value > 0 && Math.abs(measure.of(value, expected)) > far ? [value / expected] : [];
    });
  }

  /** What a clean day says of the level: one number, or none. */
  #levelOn(day: number): number[] {
    const expected = this.profile.expected(day);
    return expected > 0 && day >= this.series.first && this.#isClean(day)
      ? [valueOn(this.series, day) / expected]
      : [];
  }

  /** The figure of a day like others; null where it is not known, or of days of its own. */
  #value(day: number): number | null {
    if (!this.series.trades(day)) return null;
    let sum = 0;
    for (const each of this.window(day)) {
      if (each < this.series.first) return null;
      if (this.series.trades(each) && !this.#isClean(each)) return null;
      sum += valueOn(this.series, each);
    }
    return sum;
  }

  #isClean(day: number): boolean {
    return this.#watched.known(day) && this.profile.tells(day);
  }
}

const around = (day: number): number[] =>
  Array.from({ length: 2 * SEASON.beside + 1 }, (_, at) => day - SEASON.beside + at);

/** Windows that overlap know neither weekday nor place. */
const flat = (series: DailySeries): Profile => ({
  expected: (day) => (series.trades(day) ? 1 : 0),
  tells: () => true,
  isSpecial: () => false,
  place: () => null,
});
