import type { Direction, Unit } from '../lake/values/vocabulary.ts';
import { numberFormat, pluralRules } from './formats.ts';
import type { Language, PluralForms } from './language.ts';

export interface FormatOptions {
  readonly language: Language;
  /** Reporting currency, ISO 4217. */
  readonly currency: string;
}

const NARROW_NBSP = '\u202f';

/** A real minus sign, and one kind of narrow space before every unit sign: Intl mixes U+00A0 and U+202F. */
const typeset = (text: string): string => text.replace('-', '−').replaceAll('\u00a0', NARROW_NBSP);

function format(value: number, language: Language, options: Intl.NumberFormatOptions): string {
  return typeset(numberFormat(language.locale, { signDisplay: 'negative', ...options }).format(value));
}

/** A plain number with a fixed count of decimals: `1,234.5`, `1 234,5`. */
export const formatNumber = (value: number, language: Language, decimals = 0): string =>
  format(value, language, fixed(decimals));

const fixed = (digits: number) => ({ minimumFractionDigits: digits, maximumFractionDigits: digits });

/** The form that the language has for so many: French counts 0 and 1.5 as one, English only 1. */
export const plural = (value: number, language: Language, forms: PluralForms): string =>
  forms[pluralRules(language.locale, {}).select(Math.abs(value))] ?? forms.other;

/**
 * A figure in its unit: `€691,123`, `691 123 €`, `81.2%`, `81,2 %`, `12.5 days`. `percent` values are fractions
 * (0.81). No value is said in words, never as 0.
 */
export function formatValue(value: number | null, unit: Unit, options: FormatOptions): string {
  const { language } = options;
  if (value === null) return language.figures.noValue;
  if (unit === 'currency') return money(value, options, Math.abs(value) < 1000 ? 2 : 0);
  if (unit === 'percent')
    return format(value, language, {
      style: 'percent',
      ...fixed(Math.abs(value) < 0.01 && value !== 0 ? 2 : 1),
    });
  if (unit === 'ratio') return formatNumber(value, language, 2);
  const digits = Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : 1;
  const number = formatNumber(value, language, digits);
  if (unit === 'count') return number;
  return `${number}\u00a0${plural(Number(value.toFixed(digits)), language, language.figures[unit])}`;
}

/** How much of a whole, in full per cents: `82%`, `82 %`. */
export const formatShare = (share: number, language: Language): string =>
  format(share, language, { style: 'percent', ...fixed(0) });

const money = (value: number, { language, currency }: FormatOptions, digits: number): string =>
  format(value, language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', ...fixed(digits) });

/** In full where a phone has room for it, else as `formatShort`: the big figures of mails. */
export const formatHeadline = (value: number | null, unit: Unit, options: FormatOptions): string =>
  value !== null && Math.abs(value) >= 10_000_000
    ? formatShort(value, unit, options)
    : formatValue(value, unit, options);

/** Three significant digits for big amounts and counts (`€1.24M`, `1,24 M€`), else as `formatValue`: headlines, axes. */
export function formatShort(value: number | null, unit: Unit, options: FormatOptions): string {
  if (
    value === null ||
    Math.abs(value) < 999_500 ||
    (unit !== 'currency' && unit !== 'count' && unit !== 'units')
  )
    return formatValue(value, unit, options);
  const style =
    unit === 'currency'
      ? ({ style: 'currency', currency: options.currency, currencyDisplay: 'narrowSymbol' } as const)
      : {};
  return format(value, options.language, {
    notation: 'compact',
    minimumSignificantDigits: 3,
    maximumSignificantDigits: 3,
    ...style,
  });
}

const signed = (value: number, language: Language, options: Intl.NumberFormatOptions): string =>
  typeset(numberFormat(language.locale, { signDisplay: 'exceptZero', ...options }).format(value));

/** Percentage points. */
function points(difference: number, language: Language): string {
  const rounded = Math.round(Math.abs(difference) * 1000) / 10;
  return `${signed(difference * 100, language, fixed(1))}\u00a0${plural(rounded, language, language.figures.percentagePoints)}`;
}

/**
 * The change from `reference` to `value`: in percentage points for rates (`+2.3 pts`), relative for everything else
 * (`+4.2%`), as a difference where the reference is not positive. Null where there is nothing to compare.
 */
export function formatChange(
  value: number | null,
  reference: number | null,
  unit: Unit,
  options: FormatOptions,
): string | null {
  if (value === null || reference === null) return null;
  const { language, currency } = options;
  const difference = value - reference;
  if (unit === 'percent') return points(difference, language);
  if (reference > 0)
    return signed(difference / reference, language, {
      style: 'percent',
      ...fixed(Math.abs(difference / reference) < 0.0995 ? 1 : 0),
    });
  if (unit !== 'currency') return signed(difference, language, { maximumFractionDigits: 1 });
  return signed(difference, language, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    ...fixed(0),
  });
}

/** How finely a sentence says its numbers: of figures in the hundreds nobody reads the cents. */
export interface SentenceFormat extends FormatOptions {
  /** The figure that the sentence is about; without it numbers are said as finely as they are. */
  readonly about?: number;
}

/**
 * For the middle of a sentence, where three or four digits are all that is read: `€99,200`, `€1,494`, `€830`. Cents only
 * where the figure itself is below 100.
 */
export function formatRounded(value: number, unit: Unit, options: SentenceFormat): string {
  const { language, currency, about = value } = options;
  const size = Math.abs(value);
  const isAmount = unit === 'currency' || unit === 'count' || unit === 'units';
  if (!isAmount || size >= 999_500) return formatShort(value, unit, options);
  if (size < 10_000)
    return unit === 'currency' && Math.abs(about) >= 100
      ? money(Math.round(value), options, 0)
      : formatValue(value, unit, options);
  const style = unit === 'currency' ? { style: unit, currency, currencyDisplay: 'narrowSymbol' } : {};
  return format(value, language, { ...style, maximumSignificantDigits: 3 } as Intl.NumberFormatOptions);
}

/** A difference in the KPI's unit, always with its sign: `+€18,200`, `−3,1 pts`, `+12`. */
export function formatDifference(difference: number, unit: Unit, options: SentenceFormat): string {
  const sign = difference > 0 ? '+' : '';
  if (unit === 'percent') return points(difference, options.language);
  return `${sign}${formatRounded(difference, unit, options)}`;
}

/** Whether a move is good news: `same` also where neither direction is good. */
export function judgement(
  value: number | null,
  reference: number | null,
  good: Direction,
): 'better' | 'worse' | 'same' {
  if (value === null || reference === null || value === reference || good === 'neither') return 'same';
  return value > reference === (good === 'up') ? 'better' : 'worse';
}
