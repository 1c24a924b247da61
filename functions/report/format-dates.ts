import type { ComparisonName, Language, PeriodName } from '../lake/catalogue/kpi.ts';

/** English dates are written day first: the readers are not only American. */
export const LOCALES = { en: 'en-GB', fr: 'fr-FR' } as const;

const DATE_STYLES = {
  /** `Saturday 21 November 2026` */
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  /** `21 November 2026` */
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  /** `21 November` */
  day: { day: 'numeric', month: 'long' },
  /** `21 Nov` */
  short: { day: 'numeric', month: 'short' },
} as const;

/** A date `YYYY-MM-DD` in words. French writes the first of a month `1er`. */
export function formatDate(
  date: string,
  language: Language,
  style: keyof typeof DATE_STYLES = 'long',
): string {
  const parts = new Intl.DateTimeFormat(LOCALES[language], {
    ...DATE_STYLES[style],
    timeZone: 'UTC',
  }).formatToParts(new Date(`${date}T00:00:00Z`));
  const text = parts.map((part) =>
    part.type === 'day' && language === 'fr' && part.value === '1' ? '1er' : part.value,
  );
  return text.join('').replace(',', '');
}

/** An instant as a person reads it in the company's zone: `22 Nov, 07:04`. */
export function formatInstant(instant: string, language: Language, timeZone: string): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  }).format(new Date(instant));
}

const PERIODS: Record<Language, Record<PeriodName, string>> = {
  en: {
    day: 'the day',
    last_7d: 'last 7 days',
    last_28d: 'last 28 days',
    mtd: 'month to date',
    qtd: 'quarter to date',
    ytd: 'year to date',
    last_365d: 'last 365 days',
  },
  fr: {
    day: 'le jour',
    last_7d: '7 derniers jours',
    last_28d: '28 derniers jours',
    mtd: 'cumul du mois',
    qtd: 'cumul du trimestre',
    ytd: 'cumul de l’exercice',
    last_365d: '365 derniers jours',
  },
};

/** A window in words: `last 7 days`, `cumul du mois`. */
export const periodName = (period: PeriodName, language: Language): string => PERIODS[language][period];

const PREVIOUS: Record<Language, Record<PeriodName, string>> = {
  en: {
    day: 'vs the day before',
    last_7d: 'vs the 7 days before',
    last_28d: 'vs the 28 days before',
    mtd: 'vs the month before',
    qtd: 'vs the quarter before',
    ytd: 'vs the year before',
    last_365d: 'vs the 365 days before',
  },
  fr: {
    day: 'vs la veille',
    last_7d: 'vs les 7 jours précédents',
    last_28d: 'vs les 28 jours précédents',
    mtd: 'vs le mois précédent',
    qtd: 'vs le trimestre précédent',
    ytd: 'vs l’exercice précédent',
    last_365d: 'vs les 365 jours précédents',
  },
};

/** What a figure is compared with, after the change: `+4 % sur un an`, `−2.1% vs the 7 days before`. Empty for `current`. */
export function comparisonName(comparison: ComparisonName, period: PeriodName, language: Language): string {
  if (comparison === 'current') return '';
  if (comparison === 'previous') return PREVIOUS[language][period];
  return language === 'en' ? 'vs last year' : 'sur un an';
}
