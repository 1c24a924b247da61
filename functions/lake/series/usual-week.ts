import { median, robustSpread } from '../values/statistics.ts';
import { LEVEL, Levels } from './levels.ts';
import type { Unknown, Usual, Watched } from './watched.ts';

/** Clean days of trade that tell how far is far, and the fewest of them; windows that overlap need more. */
const SPREAD = { days: 120, fewest: 30, windows: { most: 13, fewest: 5 } } as const;
/** So far off, in spreads, a day was one of its own, which may come again a year later. */
const EVENT = 2.5;
/** Months in which a place was seen before it is judged; from three on they tell its own spread. */
const PLACE = { fewest: 2, spread: 3 } as const;
/** Of days that come once a year, or lie beside a holiday, little is known: so many times the spread. */
const RARE = 2;
/** A weekday's usual share is a median of n weeks: its own error, and what its own days hide of theirs, are some 3/n of a day's variance. */
const WEEKDAY_ERROR = 3.14;
const MOST_WEEKS = 26;

/** What is usual in a week, as learnt from what lies before it. */
export class UsualWeek {
  /** The last day that it was learnt from. */
  readonly until: number;
  readonly #watched: Watched;
  readonly #levels: Levels;

  constructor(watched: Watched, until: number) {
    this.until = until;
    this.#watched = watched;
    this.#levels = new Levels(watched, until);
  }

  of(day: number): Usual | Unknown {
    const shapes = this.#shapes(day);
    if (shapes === null) return { why: 'place' };
    const { window } = this.#watched;
    const rests = this.#restsBefore(day);
    const level = this.#levels.level(day - window);
    const everSome = shapes[0] > 0 && (level === null || level > 0);
    if (!everSome && this.until - this.#levels.series.first >= LEVEL.within) return { why: 'nothing' };
    const needed = Math.max(SPREAD.fewest, SPREAD.windows.fewest * (window - 1));
    if (rests.length < needed || level === null) return { why: 'history', days: rests.length, needed };
    const least = this.#watched.measure.least(level * shapes[0]);
    const spread = Math.max(robustSpread(rests).spread, least);
    const move = this.#levels.seasonMove(day);
    const events = this.#levels.events(day, EVENT * spread);
    const open = shapes.flatMap((shape) => [1, move ?? 1, ...events].map((factor) => level * shape * factor));
    if (Math.min(...open) <= 0) return { why: 'nothing' };
    const rare = events.length > 0 || this.#isRare(day) ? RARE : 1;
    return {
      ...this.#scale(open, median(rests), this.#spreadOf(day, spread) * rare),
      days: rests.length,
      used: { ...this.#used(day), year: move !== null },
    };
  }

  /**
   * `open`: what may be expected, as much or as little of place and season as one believes. A figure within is as expected; one
   * beyond is measured from the nearer end. `lean`: by how much the figure was off in the middle.
   */
  #scale(
    open: readonly number[],
    lean: number,
    spread: number,
  ): Pick<Usual, 'expected' | 'at' | 'deviations'> {
    const { measure } = this.#watched;
    const [low, high] = [Math.min(...open), Math.max(...open)];
    const expected = measure.back(lean, median(open));
    return {
      expected,
      at: (deviations) =>
        deviations === 0 ? expected : measure.back(lean + deviations * spread, deviations > 0 ? high : low),
      deviations: (value) => {
        const above = (measure.of(value, high) - lean) / spread;
        const below = (measure.of(value, low) - lean) / spread;
        return above > 0 ? above : Math.min(0, below);
      },
    };
  }

  /** What a level of 1 would bring, with the place in the month as far as it is believed, and in full; null of a place not seen. */
  #shapes(day: number): [number, number] | null {
    const { profile } = this.#levels;
    let [believed, full] = [0, 0];
    for (const each of this.#levels.window(day)) {
      const expected = profile.expected(each);
      const place = profile.isSpecial(each) ? null : profile.place(each);
      if (place !== null && place.rests.length < PLACE.fewest) return null;
      believed += expected;
      full +=
        place === null || place.factor <= 0 ? expected : (expected * median(place.rests)) / place.factor;
    }
    return [believed, full];
  }

  #used(day: number): Pick<Usual['used'], 'weekday' | 'place' | 'special'> {
    const days = this.#levels.window(day);
    const { profile } = this.#levels;
    return {
      weekday: this.#watched.summed === this.#watched.window,
      place: days.some((each) => profile.place(each) !== null),
      special: days.some((each) => profile.isSpecial(each)),
    };
  }

  /** Of a day with a place of its own in the month not less than what that place varies by. */
  #spreadOf(day: number, usual: number): number {
    const weeks = (this.until - this.#levels.series.first + 1) / 7;
    const ofDay = usual * Math.sqrt(1 + WEEKDAY_ERROR / Math.min(MOST_WEEKS, Math.max(1, weeks)));
    const place = this.#levels.profile.place(day)?.rests ?? [];
    if (this.#watched.summed > 1 || place.length < PLACE.spread) return ofDay;
    const middle = median(place);
    return Math.max(ofDay, robustSpread(place.map((rest) => this.#watched.measure.of(rest, middle))).spread);
  }

  #isRare(day: number): boolean {
    return this.#watched.summed === 1 && (this.#levels.profile.isSpecial(day) || this.#watched.bridges(day));
  }

  /** How far clean days before were from what was expected of them, newest first. */
  #restsBefore(day: number): number[] {
    const { window } = this.#watched;
    const most = Math.max(SPREAD.days, SPREAD.windows.most * window);
    const rests: number[] = [];
    for (let each = day - window; each >= this.#levels.series.first && rests.length < most; each -= 1) {
      const rest = this.#levels.rest(each);
      if (rest !== null) rests.push(rest);
    }
    return rests;
  }
}
