import type { Kpi, PeriodName } from '../../lake/kpi.ts';
import {
  colon,
  comparisonName,
  type FormatOptions,
  formatDifference,
  formatNumber,
  formatValue,
  semicolon,
} from '../format.ts';
import { memberName } from './alerts.ts';

/** What moved a figure, along the one dimension that says most. Contributions are in the KPI's unit and add up to `change`. */
export interface Causes {
  readonly against: 'previous' | 'last_year';
  readonly change: number;
  readonly dimension: string;
  /** Largest contribution in the direction of the change first. */
  readonly members: readonly MemberCause[];
}

export interface MemberCause {
  readonly member: string;
  readonly contribution: number;
  /** Of a ratio: its own value, and its part of the denominator, before and after. Null where it has none. */
  readonly ratio: {
    readonly before: number | null;
    readonly after: number | null;
    readonly weightBefore: number;
    readonly weightAfter: number;
    readonly rateEffect: number;
    readonly mixEffect: number;
  } | null;
}

/** A cause below this part of the change is not worth a word. */
const NOTABLE = 0.15;

const WORDS = {
  en: {
    mostly: 'mostly',
    and: 'and',
    butLess: 'the other way',
    weight: (from: string, to: string) => `its share went from ${from} to ${to}`,
    rate: (from: string, to: string) => `from ${from} to ${to}`,
  },
  fr: {
    mostly: 'surtout',
    and: 'et',
    butLess: 'en sens inverse',
    weight: (from: string, to: string) => `sa part passe de ${from} à ${to}`,
    rate: (from: string, to: string) => `de ${from} à ${to}`,
  },
} as const;

/**
 * One sentence: `+6.2 pts vs 7 days before: mostly brand Nordwind (+4.1 pts, from 72.0% to 95.0%); the other way,
 * Alpina (−0.8 pts).` Null when nothing moved, or no member stands out.
 */
export function causesSentence(
  causes: Causes,
  kpi: Kpi,
  period: PeriodName,
  options: FormatOptions,
): string | null {
  const { language } = options;
  const words = WORDS[language];
  const notable = (cause: MemberCause): boolean =>
    Math.abs(cause.contribution) >= NOTABLE * Math.abs(causes.change);
  const along = causes.members
    .filter((cause) => cause.contribution * causes.change > 0 && notable(cause))
    .slice(0, 2);
  const against = causes.members.findLast(
    (cause) => cause.contribution * causes.change < 0 && notable(cause),
  );
  if (along.length === 0) return null;
  const dimension = inLower(kpi.dimensions[causes.dimension]?.[language] ?? '');
  const told = along.map((cause) => memberText(cause, kpi, options)).join(` ${words.and} `);
  const counter = against
    ? `${semicolon[language]} ${words.butLess}, ${memberText(against, kpi, options)}`
    : '';
  const change = formatDifference(causes.change, kpi.unit, options);
  return `${change} ${comparisonName(causes.against, period, language)}${colon[language]} ${words.mostly} ${dimension} ${told}${counter}.`.replaceAll(
    '  ',
    ' ',
  );
}

const inLower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** `Nordwind (+4.1 pts, from 72.0% to 95.0%)`: whichever of rate and mix explains more of it. */
function memberText(cause: MemberCause, kpi: Kpi, options: FormatOptions): string {
  const { language } = options;
  const name = memberName(cause.member, language);
  const how = cause.ratio ? howText(cause.ratio, kpi, options) : '';
  return `${language === 'fr' ? quotedFr(name) : name} (${formatDifference(cause.contribution, kpi.unit, options)}${how})`;
}

const quotedFr = (name: string): string => (/^\p{Ll}/u.test(name) ? name : `«\u202f${name}\u202f»`);

function howText(ratio: NonNullable<MemberCause['ratio']>, kpi: Kpi, options: FormatOptions): string {
  const words = WORDS[options.language];
  if (Math.abs(ratio.mixEffect) > Math.abs(ratio.rateEffect)) {
    const percent = (share: number): string =>
      `${formatNumber(share * 100, options.language)}${options.language === 'fr' ? '\u202f' : ''}%`;
    return `, ${words.weight(percent(ratio.weightBefore), percent(ratio.weightAfter))}`;
  }
  if (ratio.before === null || ratio.after === null) return '';
  return `, ${words.rate(formatValue(ratio.before, kpi.unit, options), formatValue(ratio.after, kpi.unit, options))}`;
}
