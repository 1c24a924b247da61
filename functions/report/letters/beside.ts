import type { Kpi } from '../../lake/catalogue/kpi.ts';
import { surveyInterval } from '../../lake/snapshot/survey.ts';
import { type FormatOptions, formatChange, formatHeadline, formatNumber } from '../../languages/numbers.ts';
import { type ComparedFigure, figureValueOf } from '../model/day.ts';

/** Between what a survey's figure would lie had everybody been asked, and how many answered; null where it is no survey's. */
export function intervalOf(
  kpi: Pick<Kpi, 'survey' | 'unit'>,
  line: ComparedFigure | undefined,
  format: FormatOptions,
): string | null {
  const figure = line?.figures.current;
  const interval = surveyInterval(kpi, figure);
  if (interval === null || figure?.denominator == null) return null;
  const shown = (value: number): string => formatHeadline(value, kpi.unit, format);
  const { language } = format;
  return language.figures.interval(
    shown(interval.low),
    shown(interval.high),
    formatNumber(figure.denominator, language),
  );
}

/** What others reach, and how far the figure is from it; null where no benchmark is known. */
export function benchmarkOf(
  { benchmark, unit }: Pick<Kpi, 'benchmark' | 'unit'>,
  line: ComparedFigure | undefined,
  format: FormatOptions,
): string | null {
  if (benchmark === undefined) return null;
  const gap = formatChange(figureValueOf(line), benchmark.value, unit, format);
  return gap && format.language.figures.benchmark(formatHeadline(benchmark.value, unit, format), gap);
}
