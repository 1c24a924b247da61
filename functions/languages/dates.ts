import type { ComparisonName, PeriodName } from '../lake/values/vocabulary.ts';
import { dateFormat } from './formats.ts';
import type { Language } from './language.ts';

const DATE_STYLES = {
  /** `Saturday 21 November 2026` */
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  /** `21 November 2026` */
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  /** `November 2026` */
  month: { month: 'long', year: 'numeric' },
  /** `21 November` */
  day: { day: 'numeric', month: 'long' },
  /** `21 Nov` */
  short: { day: 'numeric', month: 'short' },
} as const;

/** A date `YYYY-MM-DD` in words. */
export function formatDate(
  date: string,
  language: Language,
  style: keyof typeof DATE_STYLES = 'long',
): string {
  const format = dateFormat(language.locale, { ...DATE_STYLES[style], timeZone: 'UTC' });
  const parts = format.formatToParts(new Date(`${date}T00:00:00Z`));
  const text = parts.map((part) =>
    part.type === 'day' ? language.writing.dayOfMonth(part.value) : part.value,
  );
  return text.join('').replace(',', '');
}

/** An instant as a person reads it in the company's zone: `22 Nov, 07:04`. */
export function formatInstant(instant: string, language: Language, timeZone: string): string {
  return dateFormat(language.locale, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  }).format(new Date(instant));
}

/** A window in words: `last 7 days`, `cumul du mois`. */
export const periodName = (period: PeriodName, language: Language): string =>
  language.figures.periods[period];

/** What a figure is compared with, after the change: `+4 % sur un an`, `−2.1% vs the 7 days before`. Empty for `current`. */
export function comparisonName(comparison: ComparisonName, period: PeriodName, language: Language): string {
  if (comparison === 'current') return '';
  return comparison === 'previous' ? language.figures.vsPrevious[period] : language.figures.vsLastYear;
}

/** The window of a KPI's figure, as it follows its name: of one that is a forecast, what it is a forecast of. */
export function windowName(
  kpi: { readonly forecasts?: true | undefined },
  period: PeriodName,
  language: Language,
): string {
  const whole = period === 'mtd' || period === 'qtd' || period === 'ytd';
  return kpi.forecasts && whole ? language.forecast.periods[period] : periodName(period, language);
}
