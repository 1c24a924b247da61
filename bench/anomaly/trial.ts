import { type DailySeries, valueOn } from '../../functions/lake/series/daily-series.ts';
import type { Random } from '../../sandbox/kit/random.ts';
import type { Kept, Rule } from './rules.ts';

/** Something done to a series: so many days in a row, times a factor. */
export interface Planted {
  readonly first: number;
  readonly days: number;
  readonly factor: number;
}

/** What a rule made of it: the day, from 0, on which it opened an alert; null where it did not. */
export interface Outcome extends Planted {
  readonly openedOn: number | null;
  /** The same at the level that companies write. */
  readonly atFixed: number | null;
}

export const SIZES = [0.2, 0.4, 0.6];
export const LENGTHS = [1, 3, 7];

/** Days of trade among the last so many days. */
export function judgedDays(series: DailySeries, count: number): number[] {
  const last = series.first + series.values.length - 1;
  return Array.from({ length: count }, (_, at) => last - count + 1 + at).filter((day) => series.trades(day));
}

/** Every size, length and sign, at random days. */
export function plants(
  series: DailySeries,
  days: readonly number[],
  random: Random,
  each: number,
): Planted[] {
  const usable = days.filter((day) => valueOn(series, day) > 0 && day + 7 <= (days.at(-1) as number));
  return SIZES.flatMap((size) =>
    LENGTHS.flatMap((length) =>
      [1 - size, 1 + size].flatMap((factor) =>
        Array.from({ length: each }, () => ({ first: random.pick(usable), days: length, factor })),
      ),
    ),
  );
}

const withPlanted = ({ series, measure }: Kept, { first, days, factor }: Planted): Kept => ({
  measure,
  series: {
    ...series,
    values: series.values.map((value, at) => {
      const day = series.first + at;
      return day >= first && day < first + days ? value * factor : value;
    }),
  },
});

/** The level at which a rule opens so many alerts on these days, on which nothing was planted. */
export function levelFor(rule: Rule, kept: Kept, days: readonly number[], falseAlerts: number): number {
  const found = deviations(rule, kept, days);
  const levels = [...new Set(found.map(Math.abs))].toSorted((a, b) => b - a);
  let level = Number.POSITIVE_INFINITY;
  for (const next of levels) {
    if (openings(found, next) > falseAlerts) break;
    level = next;
  }
  return level;
}

export const falseAt = (rule: Rule, kept: Kept, days: readonly number[], level: number): number =>
  openings(deviations(rule, kept, days), level);

/** Days that a rule leaves unjudged are quiet. */
function deviations(rule: Rule, kept: Kept, days: readonly number[]): number[] {
  const judge = rule(kept);
  return days.map((day) => judge(day) ?? 0);
}

/** Days in a row beyond the level, on one side, are one alert. */
const openings = (found: readonly number[], level: number): number =>
  found.filter(
    (each, at) => beyond(each, level) !== 0 && beyond(each, level) !== beyond(found[at - 1] ?? 0, level),
  ).length;

const beyond = (found: number, level: number): number => (Math.abs(found) > level ? Math.sign(found) : 0);

/** The day, from 0, on which a rule at each of these levels sees something planted, on its side. */
export function seen(
  rule: Rule,
  kept: Kept,
  planted: Planted,
  levels: readonly [equal: number, fixed: number],
): Outcome {
  const judge = rule(withPlanted(kept, planted));
  const found = Array.from({ length: planted.days }, (_, at) => {
    const day = planted.first + at;
    return (kept.series.trades(day) ? (judge(day) ?? 0) : 0) * (planted.factor > 1 ? 1 : -1);
  });
  const [openedOn, atFixed] = levels.map((level) => {
    const first = found.findIndex((each) => each > level);
    return first === -1 ? null : first;
  });
  return { ...planted, openedOn: openedOn ?? null, atFixed: atFixed ?? null };
}
