import { weekdayOf } from '../../lake/values/day.ts';

/** The values of an axis: its ends are its first and its last rule. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  /** Where a rule is drawn, ascending. */
  readonly rules: readonly number[];
}

/** A scale with round rules, three to seven of them, around all values. */
export function scaleOf(values: readonly number[]): Scale {
  const known = values.length === 0 ? [0] : values;
  const low = Math.min(...known);
  const high = Math.max(...known);
  const rough = (high - low || Math.abs(high) || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const times = (value: number): number => placeOf(value / step);
  const [first, last] = [Math.floor(times(low)), Math.ceil(times(high))];
  const [from, to] = first < last ? [first, last] : flat(first);
  const rules = Array.from({ length: to - from + 1 }, (_, index) => (from + index) * step);
  return { min: rules[0] as number, max: rules.at(-1) as number, rules };
}

/** A ten-thousandth of a step is seen by nobody; more would put a value beyond its axis. */
const UNSEEN = 1e-4;

/** 0.3 is three times 0.1, and a bit less to a computer. */
function placeOf(times: number): number {
  const whole = Math.round(times);
  return Math.abs(times - whole) <= Math.min(Math.abs(times) * 5e-12, UNSEEN) ? whole : times;
}

/** Nothing but zero stands on the axis, anything else that never moves in the middle. */
const flat = (place: number): [number, number] => (place === 0 ? [0, 4] : [place - 1, place + 1]);

/** The places of days that are named: first days of months where there is more than a quarter, else Mondays; thinned until the labels have room. */
export function dayTicks(dates: readonly string[], width: number): number[] {
  const candidates = dates.flatMap((date, index) =>
    (dates.length > 92 ? date.endsWith('-01') : dates.length < 10 || weekdayOf(date) === 'monday')
      ? [index]
      : [],
  );
  const room = Math.max(2, Math.floor(width / 64));
  const every = Math.ceil(candidates.length / room);
  const margin = (dates.length - 1) * 0.03;
  return candidates.filter(
    (index, place) => place % every === 0 && index >= margin && index <= dates.length - 1 - margin,
  );
}
