import { boundOf, type Look } from '../lake/catalogue/alert-kinds/kind.ts';
import { kindOf } from '../lake/catalogue/alert-kinds/kinds.ts';
import { type FigureKind, OTHER_MEMBERS } from '../lake/catalogue/kpi.ts';
import type { BoundRule } from '../lake/company/alert-rules.ts';
import { isTradingDay } from '../lake/company/calendar.ts';
import type { Company } from '../lake/company/company.ts';
import { figureValue } from '../lake/snapshot/snapshot.ts';
import { addDays } from '../lake/values/day.ts';
import type { Figure, FigureIndex } from './figures.ts';
import { passesGuards } from './guards.ts';

export type Closed = Company['company']['closed'];

/** Where the figures of a day are looked up, and which days count. */
export interface DayOfFigures {
  readonly figures: FigureIndex;
  readonly asOf: string;
  readonly closed: Closed;
}

/**
 * What a day says of a rule and member.
 *
 * - `breach`: beyond the level, and every guard is passed.
 * - `clear`: on the right side of the clear level.
 * - `hold`: neither; or there is too little to judge by: no value (denominator of zero), nothing to compare with,
 *   too little volume. It neither opens nor resolves.
 * - `gone`: the member is no longer in the figures, though the KPI has data, and nothing says that it fell to 0.
 */
export interface Verdict {
  readonly says: 'breach' | 'clear' | 'hold' | 'gone';
  readonly value: number | null;
  /** The level to cross, in the KPI's unit. */
  readonly level: number | null;
}

/** Levels in the KPI's unit, and the figure they were made from (null for a fixed limit). */
interface Levels {
  readonly level: number;
  readonly clear: number;
  readonly base: number | null;
}

/** Judges one rule for one member (null: the total) on a day whose data are complete and fresh. */
export function judgeCondition(bound: BoundRule, member: string | null, day: DayOfFigures): Verdict {
  const figure = day.figures.find(bound, 'current', member, day.asOf) ?? nothingLeft(bound, member, day);
  if (!figure) return { says: 'gone', value: null, level: null };
  const value = figureValue(figure, bound.kpi.ratio);
  const levels = levelsOf(bound, member, day);
  if (value === null || levels === null) return { says: 'hold', value, level: levels?.level ?? null };
  const { level, clear, base } = levels;
  const above = bound.rule.above !== undefined;
  if (above ? value > level : value < level) {
    return { says: passesGuards(bound, figure, { value, level, base }) ? 'breach' : 'hold', value, level };
  }
  return { says: (above ? value <= clear : value >= clear) ? 'clear' : 'hold', value, level };
}

/**
 * The 0 of a member that has no rows in the window and had some in what the rule compares with: the total has its data, so
 * that it is no gap. What is compared belongs to the same list of members, of the same day. Of rates, and of levels that
 * somebody must record, nobody knows.
 */
function nothingLeft(bound: BoundRule, member: string | null, day: DayOfFigures): Figure | undefined {
  const { rule, kpi } = bound;
  const isSum = !kpi.ratio && kpi.additive && !kpi.cube?.quantities.some(({ kind }) => kind === 'level');
  if (member === null || member === OTHER_MEMBERS || !isSum) return undefined;
  const windows = kindOf(rule)
    .figures(rule)
    .filter((kind) => kind === 'previous' || kind === 'last_year');
  const had = windows.some((kind) => (valueAt(bound, kind, member, day.asOf, day) ?? 0) !== 0);
  return had ? { numerator: '0', denominator: null, quality: 'ok' } : undefined;
}

/** The rule's levels on that day; null where there is nothing to measure against. */
function levelsOf(bound: BoundRule, member: string | null, day: DayOfFigures): Levels | null {
  const { rule, kpi } = bound;
  const scale = kindOf(rule).scale(rule, kpi, lookOf(bound, member, day));
  if (scale === null) return null;
  const { zero, unit, base } = scale;
  const wanted = boundOf(rule);
  return { level: zero + wanted * unit, clear: zero + (rule.clear ?? wanted) * unit, base };
}

/** Where the rule's kind finds the figures of the rule's window and member. */
const lookOf = (bound: BoundRule, member: string | null, day: DayOfFigures): Look => ({
  figure: (kind) => valueAt(bound, kind, member, day.asOf, day),
  sameWeekdays: (weeks) =>
    Array.from({ length: weeks }, (_, index) => addDays(day.asOf, -7 * (index + 1)))
      .filter((date) => isTradingDay(day.closed, date))
      .map((date) => valueAt(bound, 'current', member, date, day))
      .filter((value) => value !== null),
});

/** A target is the target whatever the quality of what it is set beside, and may have another denominator. */
function valueAt(
  bound: BoundRule,
  kind: FigureKind,
  member: string | null,
  asOf: string,
  day: DayOfFigures,
): number | null {
  const figure = day.figures.find(bound, kind, member, asOf);
  if (!figure) return null;
  if (kind === 'target') return figureValue(figure, figure.denominator !== null);
  return figure.quality === 'ok' ? figureValue(figure, bound.kpi.ratio) : null;
}
