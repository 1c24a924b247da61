import type { Range } from './interval.ts';

/** What a window will be at its end; without a range where too few earlier ones tell how far off it may be. */
export interface Forecast {
  readonly value: number;
  readonly range: Range | null;
}
