import { type DailySeries, sumOf } from '../../functions/lake/series/daily-series.ts';
import { datesBetween, dayNumber, firstOfMonth, lastOfMonth } from '../../functions/lake/values/day.ts';
import { Outlooks } from '../../functions/measure/forecast/back-test.ts';
import { randomStream } from '../../sandbox/kit/random.ts';
import { bind, DAY_ONE, type DayFigures, kpiOf, play } from '../../test/judge/play.ts';
import { ENDS_ON } from './made-up.ts';

/** The target of a month lies at most so far from what came. */
const FARTHEST = 0.12;
/** Short by more than this is a miss that somebody wants to hear of. */
const LARGE = 0.05;

/** A month with a target, and the day on which an alert said that it will be missed; null where none did. */
export interface Aim {
  readonly short: number;
  readonly toldOn: number | null;
}

/**
 * A year (from the day that played alerts begin with) of one KPI with a target each month, drawn evenly around what came, so that
 * half of the months miss theirs; judged each morning by `forecast_gap` as vigie.yaml has it by default (below the target, three days of trade).
 */
export function aims(series: DailySeries, seed: number): Aim[] {
  const random = randomStream(seed, 'targets');
  const outlooks = new Outlooks(series);
  const total = (from: string, to: string): number => sumOf(series, dayNumber(from), dayNumber(to));
  const days = datesBetween(DAY_ONE, ENDS_ON);
  const months = [...new Set(days.map(firstOfMonth))];
  const targets = new Map(
    months.map((month) => [
      month,
      total(month, lastOfMonth(month)) * (1 + FARTHEST * (2 * random.float() - 1)),
    ]),
  );
  const figures = days.map((asOf): DayFigures => {
    const start = firstOfMonth(asOf);
    const found = outlooks.of(asOf, start, lastOfMonth(asOf), 1);
    return {
      ...{ current: total(start, asOf), full_target: targets.get(start) as number },
      ...(found?.range && {
        ...{ forecast: found.forecast, forecast_low: found.range.low, forecast_high: found.range.high },
      }),
    };
  });
  const revenue = kpiOf({ id: 'net_revenue', unit: 'currency', windows: ['mtd'], headline: 'mtd' });
  const closed = days.filter((date) => !series.trades(dayNumber(date)));
  const { events } = play(bind({ kind: 'forecast_gap', below: 0 }, revenue), figures, {
    closed: { weekdays: [], days: closed },
  });
  const opened = events.filter(({ kind }) => kind === 'opened');
  return months.map((month) => ({
    short: 1 - total(month, lastOfMonth(month)) / (targets.get(month) as number),
    toldOn: Number(opened.find(({ asOf }) => firstOfMonth(asOf) === month)?.asOf.slice(8) ?? 0) || null,
  }));
}

/** How many alerts were right, and how many misses were told. */
export function aimLine(name: string, all: readonly Aim[]): void {
  const told = all.filter(({ toldOn }) => toldOn !== null);
  const right = told.filter(({ short }) => short > 0);
  const missed = all.filter(({ short }) => short > 0);
  const large = missed.filter(({ short }) => short > LARGE);
  const days = right.map(({ toldOn }) => toldOn as number).sort((a, b) => a - b);
  const share = (part: number, of: number): string => `${part} of ${of}`;
  console.log(
    `  ${name.padEnd(40)}${[
      `right ${share(right.length, told.length)}`,
      `missed months told ${share(right.length, missed.length)}`,
      `by over 5 % ${share(large.filter(({ toldOn }) => toldOn !== null).length, large.length)}`,
      `middle day ${days[Math.floor(days.length / 2)] ?? 'none'}`,
    ].join(', ')}`,
  );
}
