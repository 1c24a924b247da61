import type { Period } from '../lake/catalogue/periods.ts';
import { addDays } from '../lake/values/day.ts';

/** Dates, both ends included; null: without end on that side. */
export interface DateRange {
  readonly from: string | null;
  readonly to: string | null;
}

export interface RangeOptions {
  /** Days needed before a window's first day; `all`: from the beginning. */
  readonly history: number | 'all';
  /** Days needed after a window's last day; `all`: whatever there is. */
  readonly ahead: number | 'all';
  /** Whether the SQL looks at `prior_starts_on`/`prior_ends_on`, so that these windows are needed too. */
  readonly prior: boolean;
}

/** The dates a table must hold for these periods: as few ranges as possible, ascending, neither touching nor overlapping. */
export function neededRanges(
  periods: readonly Period[],
  { history, ahead, prior }: RangeOptions,
): DateRange[] {
  const merged = merge(
    longestByStart(periods, prior).map(({ from, to }) => ({
      from: history === 'all' ? from : addDays(from, -history),
      to: ahead === 'all' ? to : addDays(to, ahead),
    })),
  );
  const first = merged[0];
  const last = merged.at(-1);
  if (!first || !last) return [];
  if (history === 'all') return [{ from: null, to: ahead === 'all' ? null : last.to }];
  return ahead === 'all' ? [{ from: first.from, to: null }] : merged;
}

interface ClosedRange {
  readonly from: string;
  readonly to: string;
}

/** A year's back-fill has thousands of windows but a few hundred first days: of each, the longest window counts. */
function longestByStart(periods: readonly Period[], prior: boolean): ClosedRange[] {
  const longest = new Map<string, string>();
  const add = (from: string, to: string): void => {
    longest.set(from, later(to, longest.get(from) ?? to));
  };
  for (const { startsOn, endsOn, priorStartsOn, priorEndsOn } of periods) {
    add(startsOn, endsOn);
    if (prior) add(priorStartsOn, priorEndsOn);
  }
  return [...longest].map(([from, to]) => ({ from, to }));
}

function merge(spans: readonly ClosedRange[]): ClosedRange[] {
  const merged: { from: string; to: string }[] = [];
  for (const span of spans.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = merged.at(-1);
    if (last && span.from <= addDays(last.to, 1)) last.to = later(last.to, span.to);
    else merged.push({ ...span });
  }
  return merged;
}

const later = (a: string, b: string): string => (a < b ? b : a);

/** The condition in SQL that a DATE column lies in one of the ranges; undefined where every date does. */
export function inRanges(column: string, ranges: readonly DateRange[]): string | undefined {
  const parts = ranges.map((range) => inRange(column, range));
  if (parts.includes(undefined)) return undefined;
  return parts.length === 1 ? parts[0] : `(${parts.join(' OR ')})`;
}

function inRange(column: string, { from, to }: DateRange): string | undefined {
  if (from !== null && to !== null) return `${column} BETWEEN DATE '${from}' AND DATE '${to}'`;
  if (from !== null) return `${column} >= DATE '${from}'`;
  return to === null ? undefined : `${column} <= DATE '${to}'`;
}
