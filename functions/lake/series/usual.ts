import { UsualWeek } from './usual-week.ts';
import type { Unknown, Usual, Watched } from './watched.ts';

/** What is usual, day by day; nothing on or after the day asked for is looked at. */
export class UsualDays {
  readonly #watched: Watched;
  /** The last week and day that were asked for: days are judged one after the other. */
  #week: UsualWeek | null = null;
  #last: { readonly day: number; readonly found: Usual | Unknown } | null = null;

  constructor(watched: Watched) {
    this.#watched = watched;
  }

  /** What the figure of a day usually is, or why nobody can say. */
  of(day: number): Usual | Unknown {
    if (this.#last?.day === day) return this.#last.found;
    // Learnt once a week, from what was there on the Sunday before, whichever days are asked for.
    const until = day - 1 - ((((day + 3) % 7) + 7) % 7);
    if (this.#week?.until !== until) this.#week = new UsualWeek(this.#watched, until);
    const found = this.#week.of(day);
    this.#last = { day, found };
    return found;
  }
}
