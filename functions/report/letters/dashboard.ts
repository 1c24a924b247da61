import { comparisonName } from '../../languages/dates.ts';
import type { Language } from '../../languages/language.ts';
import { formatNumber, formatShort } from '../../languages/numbers.ts';
import { type Day, figureValueOf, type KpiDay, type MemberFigures } from '../model/day.ts';
import type { Comparison, DashboardPart, DashboardRow, FigureBlock } from './blocks.ts';
import { changeOf } from './figure.ts';
import { formatOf, memberName } from './names.ts';

/** What a dashboard shows part by part, and by which dimension: losses, stage by stage. */
const PARTS: Readonly<Record<string, string>> = { stage_losses: 'stage' };
/** Parts beyond these are in the report. */
const MOST_PARTS = 6;

/** A figure as a line of the sales dashboard; losses stage by stage. `figure`: the same as a block of its own. */
export function dashboardRow(day: Day, of: KpiDay, figure: FigureBlock, language: Language): DashboardRow {
  const { name, href, period, value, noValue, note, target, comparisons, outlook } = figure;
  return {
    ...{ id: of.kpi.id, name, href, period, value, noValue, note },
    // Where a forecast's interval and error stand; what a month to date will end at is with its own figure.
    outlook: of.kpi.forecasts ? outlook : null,
    // The objective where there is one, then what says most beside it.
    comparisons: [...(target ? [target] : []), ...comparisons].slice(0, 2),
    whole: target?.whole ?? null,
    parts: value === null ? [] : partsOf(day, of, language),
  };
}

/** Members with the most behind them: in a funnel that is its order, for what leaves a stage cannot enter the next. */
function partsOf(day: Day, of: KpiDay, language: Language): DashboardPart[] {
  const dimension = PARTS[of.kpi.id];
  const members = of.breakdowns.find((each) => each.dimension === dimension)?.members ?? [];
  if (dimension === undefined || of.quality === 'stale') return [];
  return members.slice(0, MOST_PARTS).map((line) => ({
    name: memberName(day.labels, of.kpi, dimension, line.member, language),
    value: shownValue(day, of, line, language),
    detail: outOf(line, language),
    moved: movedOf(day, of, line, language),
    share: of.kpi.unit === 'percent' ? figureValueOf(line) : line.share,
  }));
}

const shownValue = (day: Day, { kpi }: KpiDay, line: MemberFigures, language: Language): string => {
  const value = figureValueOf(line);
  return value === null ? language.figures.noValue : formatShort(value, kpi.unit, formatOf(day, language));
};

function movedOf(
  day: Day,
  { kpi, period }: KpiDay,
  line: MemberFigures,
  language: Language,
): Comparison | null {
  const label = comparisonName('previous', period, language);
  return line.notable.has('previous') ? changeOf(day, kpi, line, 'previous', label, language) : null;
}

function outOf({ figures: { current } }: MemberFigures, language: Language): string | null {
  if (current?.numerator == null || current.denominator === null) return null;
  const said = (value: number): string => formatNumber(value, language);
  return language.figures.outOf(said(current.numerator), said(current.denominator));
}
