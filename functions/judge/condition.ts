import { boundOf, type Look } from '../lake/catalogue/alert-kinds/kind.ts';
import { kindOf } from '../lake/catalogue/alert-kinds/kinds.ts';
import { type FigureKind, OTHER_MEMBERS } from '../lake/catalogue/kpi.ts';
import type { BoundRule } from '../lake/company/alert-rules.ts';
import { figureValue } from '../lake/snapshot/snapshot.ts';
import { asksUsual } from './budget.ts';
import type { Figure } from './figures.ts';
import { passesGuards } from './guards.ts';
import { isSum, usualOf } from './usual.ts';
import type { DayOfFigures, Verdict } from './verdict.ts';

/** Levels in the KPI's unit, and the figure they were made from (null for a fixed limit). */
interface Levels {
  readonly level: number;
  readonly clear: number;
  readonly base: number | null;
}

/** Judges one rule for one member (null: the total) on a day whose data are complete and fresh. */
export function judgeCondition(bound: BoundRule, member: string | null, day: DayOfFigures): Verdict {
  const figure = day.figures.find(bound, 'current', member, day.asOf) ?? nothingLeft(bound, member, day);
  if (!figure) return { says: 'gone', value: null, level: null, deviations: null };
  const { value, held, ...against } = judgedOf(bound, member, figure, day);
  const levels = levelsOf(bound, member, day);
  const seen = { value, level: levels?.level ?? null, ...against };
  if (held === null || levels === null) return { says: 'hold', ...seen };
  const { level, clear, base } = levels;
  const above = bound.rule.above !== undefined;
  if (above ? held > level : held < level)
    return { says: passesGuards(bound, figure, { value: held, level, base }) ? 'breach' : 'hold', ...seen };
  return { says: (above ? held <= clear : held >= clear) ? 'clear' : 'hold', ...seen };
}

/** What is told of a day, and what is held against the level: the figure, or the end of a forecast's range. */
interface Judged extends Pick<Verdict, 'value' | 'deviations' | 'basis'> {
  readonly held: number | null;
}

function judgedOf(bound: BoundRule, member: string | null, figure: Figure, day: DayOfFigures): Judged {
  const { ahead } = kindOf(bound.rule);
  if (ahead) {
    const end = ahead(bound.rule, lookOf(bound, member, day));
    return { value: end?.expected ?? null, held: end?.nearest ?? null, deviations: null, basis: end?.basis };
  }
  const value = figureValue(figure, bound.kpi.ratio);
  return { value, held: value, ...againstUsual(bound, member, value, day) };
}

/** What a window came to, on its last day, and what was wanted of it. */
export function endOf(
  bound: BoundRule,
  member: string | null,
  day: DayOfFigures,
): Pick<Verdict, 'value' | 'level'> {
  const level = levelsOf(bound, member, day)?.level ?? null;
  return { value: valueAt(bound, 'current', member, day.asOf, day), level };
}

/** How far a figure is from what is usual, and what that rests on, of a rule that asks. */
function againstUsual(
  bound: BoundRule,
  member: string | null,
  value: number | null,
  day: DayOfFigures,
): Pick<Verdict, 'deviations' | 'basis'> {
  if (!asksUsual(bound)) return { deviations: null };
  const usual = usualOf(bound, member, day);
  if ('why' in usual) return { deviations: null, basis: usual };
  const { expected, days, used } = usual;
  return { deviations: value === null ? null : usual.deviations(value), basis: { expected, days, used } };
}

/**
 * The 0 of a member that has no rows in the window and had some in what the rule compares with: the total has its data, so
 * that it is no gap. What is compared belongs to the same list of members, of the same day. Of rates, and of levels that
 * somebody must record, nobody knows.
 */
function nothingLeft(bound: BoundRule, member: string | null, day: DayOfFigures): Figure | undefined {
  const { rule, kpi } = bound;
  if (member === null || member === OTHER_MEMBERS || !isSum(kpi)) return undefined;
  if (asksUsual(bound)) return usuallySomething(bound, member, day) ? NOTHING : undefined;
  const windows = kindOf(rule)
    .figures(rule)
    .filter((kind) => kind === 'previous' || kind === 'last_year');
  const had = windows.some((kind) => (valueAt(bound, kind, member, day.asOf, day) ?? 0) !== 0);
  return had ? NOTHING : undefined;
}

const NOTHING: Figure = { numerator: '0', denominator: null, quality: 'ok' };

/** Whether a member without rows usually has some, and is not among the others of the day. */
const usuallySomething = (bound: BoundRule, member: string, day: DayOfFigures): boolean =>
  !day.figures.find(bound, 'current', OTHER_MEMBERS, day.asOf) && !('why' in usualOf(bound, member, day));

/** The rule's levels on that day; null where there is nothing to measure against. */
function levelsOf(bound: BoundRule, member: string | null, day: DayOfFigures): Levels | null {
  const { rule, kpi } = bound;
  const scale = kindOf(rule).scale(rule, kpi, lookOf(bound, member, day));
  if (scale === null) return null;
  const wanted = boundOf(rule);
  return { level: scale.at(wanted), clear: scale.at(rule.clear ?? wanted), base: scale.base };
}

/** Where the rule's kind finds the figures of the rule's window and member. */
const lookOf = (bound: BoundRule, member: string | null, day: DayOfFigures): Look => ({
  figure: (kind) => valueAt(bound, kind, member, day.asOf, day),
  usual: () => usualOf(bound, member, day),
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
  if (kind === 'target' || kind === 'full_target') return figureValue(figure, figure.denominator !== null);
  return figure.quality === 'ok' ? figureValue(figure, bound.kpi.ratio) : null;
}
