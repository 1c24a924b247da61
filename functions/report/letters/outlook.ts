import type { Kpi } from '../../lake/catalogue/kpi.ts';
import { type FormatOptions, formatHeadline, formatShare } from '../../languages/numbers.ts';
import { figureValueOf, type WindowFigures } from '../model/day.ts';

/**
 * Where a window that runs on will end, with its range and how far such forecasts usually are off; null where there is no
 * forecast. Of a KPI that is one itself, the range and the error of what is shown.
 */
export function outlookOf(
  kpi: Pick<Kpi, 'unit' | 'forecasts'>,
  line: WindowFigures | undefined,
  format: FormatOptions,
): string | null {
  const { forecast: words } = format.language;
  const value = figureValueOf(line, 'forecast');
  const period = line?.period;
  if (value === null || (period !== 'mtd' && period !== 'qtd' && period !== 'ytd')) return null;
  // Nobody is told of four tenths of an order that may come.
  const whole = (number: number): number => (kpi.unit === 'count' ? Math.round(number) : number);
  const shown = (number: number): string => formatHeadline(whole(number), kpi.unit, format);
  const [low, high, error] = (['forecast_low', 'forecast_high', 'forecast_error'] as const).map((kind) =>
    figureValueOf(line, kind),
  );
  const head = kpi.forecasts ? words.itself : words.byTheEnd[period](shown(value));
  if (low == null || high == null || error == null) return [head, words.untried].join(' · ');
  const off = value > 0 ? [words.usualError(shareOff(error / value, format))] : [];
  return [head, words.range(shown(low), shown(high)), ...off].join(' · ');
}

/** A share that would be rounded to nothing is less than one in a hundred: no forecast is never off. */
const shareOff = (share: number, { language }: FormatOptions): string =>
  share < 0.005 ? `<\u00a0${formatShare(0.01, language)}` : formatShare(share, language);
