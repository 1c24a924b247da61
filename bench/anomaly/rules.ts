import { type DailySeries, valueOn } from '../../functions/lake/series/daily-series.ts';
import type { Measure } from '../../functions/lake/series/deviation.ts';
import { UsualDays } from '../../functions/lake/series/usual.ts';
import { robustSpread } from '../../functions/lake/values/statistics.ts';

/** A series, and what its noise is measured with. */
export interface Kept {
  readonly series: DailySeries;
  readonly measure: Measure;
}

/** How far a day's figure is from what is usual, in spreads; null where the rule says nothing. */
export type Rule = ({ series, measure }: Kept) => (day: number) => number | null;

const WEEKS = 12;
const PLAIN_DAYS = 60;

/** The rules beside each other. */
export const rules = {
  'the rule': ({ series, measure }) => {
    const usual = new UsualDays({
      series,
      known: (day) => day >= series.first,
      bridges: () => false,
      ...{ summed: 1, window: 1, measure, depth: 800 },
    });
    return (day) => {
      const found = usual.of(day);
      return 'why' in found ? null : found.deviations(valueOn(series, day));
    };
  },
  'same weekday (0.2)':
    ({ series }) =>
    (day) => {
      const past = Array.from({ length: WEEKS }, (_, back) => day - 7 * (back + 1))
        .filter((each) => each >= series.first && series.trades(each))
        .map((each) => valueOn(series, each));
      if (past.length < WEEKS / 2) return null;
      const { usual, spread } = robustSpread(past);
      return spread === 0 ? null : (valueOn(series, day) - usual) / spread;
    },
  'plain z-score':
    ({ series }) =>
    (day) => {
      const past: number[] = [];
      for (let each = day - 1; each >= series.first && past.length < PLAIN_DAYS; each -= 1)
        if (series.trades(each)) past.push(valueOn(series, each));
      if (past.length < PLAIN_DAYS / 2) return null;
      const mean = past.reduce((sum, value) => sum + value, 0) / past.length;
      const spread = Math.sqrt(past.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (past.length - 1));
      return spread === 0 ? null : (valueOn(series, day) - mean) / spread;
    },
} satisfies Record<string, Rule>;
