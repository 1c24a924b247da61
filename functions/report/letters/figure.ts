import type { FigureKind, Kpi, PeriodName } from '../../lake/catalogue/kpi.ts';
import { addDays } from '../../lake/values/day.ts';
import { comparisonName, formatDate, windowName } from '../../languages/dates.ts';
import type { Language } from '../../languages/language.ts';
import { formatChange, formatHeadline, formatNumber, formatShare, plural } from '../../languages/numbers.ts';
import { type ComparedFigure, type Day, figureValueOf, headlineOf, type KpiDay } from '../model/day.ts';
import { type Reading, readingOf } from '../model/reading.ts';
import { benchmarkOf, intervalOf } from './beside.ts';
import type { Comparison, FigureBlock, TargetLine, Tone } from './blocks.ts';
import { hrefOf, placeOf } from './links.ts';
import { figureName, formatOf } from './names.ts';
import { outlookOf } from './outlook.ts';
import { trendOf } from './trend.ts';
import { lastDateFor, whyNoValue } from './trust.ts';

/** A KPI of the day as a headline figure. A late one is shown with its date, and compared with nothing. */
export function figureBlock(day: Day, of: KpiDay, language: Language): FigureBlock {
  const { kpi, period, quality } = of;
  const value = figureValueOf(headlineOf(of));
  const comparable = value !== null && quality !== 'stale';
  return {
    kind: 'figure',
    name: figureName(day, of, language),
    href: hrefOf(day, placeOf(day, kpi.id), language),
    period: windowName(kpi, period, language),
    value: value === null ? null : formatHeadline(value, kpi.unit, formatOf(day, language)),
    noValue: language.figures.noValue,
    note: value === null ? whyNoValue(day, of, language) : noteOf(day, of, language),
    comparisons: comparable ? comparisonsOf(day, of, language) : [],
    target: comparable ? targetOf(day, of, language) : null,
    outlook: comparable ? outlookOf(kpi, headlineOf(of), formatOf(day, language)) : null,
    chart: trendOf(day, of, language),
    sentence: null,
  };
}

/** What a reader must know of a figure that is there. */
function noteOf(day: Day, of: KpiDay, language: Language): string | null {
  const { kpi, quality } = of;
  const format = formatOf(day, language);
  const notes = [
    qualityNote(day, of, language),
    ripeNote(day, kpi, language),
    intervalOf(kpi, headlineOf(of), format),
    quality === 'stale' ? null : benchmarkOf(kpi, headlineOf(of), format),
  ];
  return notes.filter((note) => note !== null).join(' ') || null;
}

/**
 * The last day that is in a figure, where it is not the day's own. Of a rate by entry: whom it is of, and that younger ones are not
 * judged yet (decision 0036). Of what its source knows late: until when it counts.
 */
export function ripeNote(
  day: Day,
  { ripens, late }: Pick<Kpi, 'ripens' | 'late'>,
  language: Language,
): string | null {
  if (late !== undefined) return language.trust.until(formatDate(addDays(day.asOf, -late), language));
  if (ripens === undefined) return null;
  const until = formatDate(addDays(day.asOf, -ripens), language);
  return language.trust.ripe(
    until,
    `${formatNumber(ripens, language)} ${plural(ripens, language, language.figures.days)}`,
  );
}

function qualityNote(day: Day, { kpi, quality }: KpiDay, language: Language): string | null {
  if (quality === 'incomplete') return language.trust.incompleteNote;
  if (quality !== 'stale') return null;
  const date = lastDateFor(day, kpi);
  return language.trust.staleNote(date && formatDate(date, language, 'day'));
}

/** Of a year, the window before is the year before: said once. */
const sameAsLastYear = (period: PeriodName): boolean => period === 'ytd' || period === 'last_365d';

function comparisonsOf(day: Day, of: KpiDay, language: Language): Comparison[] {
  const { period } = of;
  const kinds = sameAsLastYear(period) ? (['last_year'] as const) : (['last_year', 'previous'] as const);
  return kinds.flatMap(
    (kind) => against(day, of, kind, comparisonName(kind, period, language), language) ?? [],
  );
}

function targetOf(day: Day, of: KpiDay, language: Language): TargetLine | null {
  const line = headlineOf(of);
  const [value, target, full] = [
    figureValueOf(line),
    figureValueOf(line, 'target'),
    figureValueOf(line, 'full_target'),
  ];
  if (target === null) return null;
  const { unit } = of.kpi;
  const options = formatOf(day, language);
  // Of a month's 60 customers 42.9 are due by now: nobody looks for nine tenths of one.
  const isWhole = unit === 'count' && full !== null && Math.abs(target) >= 10;
  const text = formatHeadline(isWhole ? Math.round(target) : target, unit, options);
  const label = full === null ? language.mail.target(text) : language.mail.targetDue(text);
  const compared = against(day, of, 'target', label, language);
  const whole =
    full === null || full <= 0 || value === null
      ? null
      : language.mail.targetWhole(formatShare(value / full, language), formatHeadline(full, unit, options));
  return compared && { ...compared, whole };
}

const TONES: Record<Reading, Tone> = { better: 'good', worse: 'bad', same: 'calm' };

const against = (
  day: Day,
  of: KpiDay,
  kind: FigureKind,
  label: string,
  language: Language,
): Comparison | null => changeOf(day, of.kpi, headlineOf(of), kind, label, language);

/** How a window, or a member, moved; null where there is nothing to compare it with. */
export function changeOf(
  day: Day,
  kpi: Kpi,
  line: ComparedFigure | undefined,
  kind: FigureKind,
  label: string,
  language: Language,
): Comparison | null {
  const [value, before] = [figureValueOf(line), figureValueOf(line, kind)];
  const change = formatChange(value, before, kpi.unit, formatOf(day, language));
  if (change === null) return null;
  const moved = /^[+−]/.test(change);
  if (!moved) return { change: language.mail.unchanged, label, tone: 'calm' };
  return { change, label, tone: TONES[readingOf(line, kind, kpi, change)] };
}
