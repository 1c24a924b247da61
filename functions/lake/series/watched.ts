import type { DailySeries } from './daily-series.ts';
import type { Measure } from './deviation.ts';

/** What is known of a figure, day by day. */
export interface Watched {
  /** Days of which nothing is known hold what the same weekday of the week before did. */
  readonly series: DailySeries;
  /** Whether a day's figure is known and to be trusted. */
  known(day: number): boolean;
  /** Whether a day of trade lies beside a holiday or another closed day that is no weekday's. */
  bridges(day: number): boolean;
  /** Days that a figure is the sum of; 1 where the figures of the series are judged as they are. */
  readonly summed: number;
  /** Days that a window has, and shares with those just before it. */
  readonly window: number;
  readonly measure: Measure;
  /** Days of history looked at; what lies before is as if it were not there. */
  readonly depth: number;
}

/** What a figure usually is on a day, and what that rests on. */
export interface Usual {
  readonly expected: number;
  /** Days of trade whose own deviations tell how far is far. */
  readonly days: number;
  readonly used: {
    readonly weekday: boolean;
    readonly place: boolean;
    readonly special: boolean;
    readonly year: boolean;
  };
  /** The figure that is so many spreads away; of 0, what is expected. */
  at(deviations: number): number;
  /** How many spreads away a figure is; 0 within what season and place leave open. */
  deviations(value: number): number;
}

/** Why nothing can be said of a day: the days of history that there are and would be needed; or its place was never seen. */
export type Unknown =
  | { readonly why: 'history'; readonly days: number; readonly needed: number }
  | { readonly why: 'place' }
  | { readonly why: 'nothing' };
