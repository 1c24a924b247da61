import type { Language, LimitWords } from '../../../languages/language.ts';
import { formatNumber } from '../../../languages/numbers.ts';
import { boundOf, type CommonRule, type Phrase } from './kind.ts';

type Sides = Pick<CommonRule, 'above' | 'below'>;

/** `above its limit`, `above its limit of 75.0%`; with a kind's own words where it has them. */
export function limitPhrase(rule: Sides, language: Language, own?: LimitWords): Phrase {
  const { phrase, withLevel } = own ?? language.alerts.limit;
  const isAbove = rule.above !== undefined;
  const short = phrase[isAbove ? 0 : 1];
  return { short, long: (level) => (level ? withLevel(short, level, isAbove) : short) };
}

/** `more than 20% above the benchmark`; without a word for what it is relative to, what is said of any limit. */
export function relativePhrase(rule: Sides, language: Language, reference: string | undefined): Phrase {
  const { alerts } = language;
  const bound = boundOf(rule);
  const isAbove = rule.above !== undefined;
  // "below +5 %" or "above −5 %" of something has no short name: the level says it.
  const isNatural = isAbove ? bound >= 0 : bound <= 0;
  const short =
    isNatural && reference !== undefined
      ? alerts.relative(isAbove, bound === 0 ? null : distanceOf(bound, language), reference)
      : alerts.limit.phrase[isAbove ? 0 : 1];
  return { short, long: (level) => (level ? alerts.atLevel(short, level) : short) };
}

/** `20%`, `2.5%` */
function distanceOf(bound: number, language: Language): string {
  const percent = Math.round(Math.abs(bound) * 1e6) / 1e4;
  return language.writing.percent(
    formatNumber(Math.abs(bound) * 100, language, Number.isInteger(percent) ? 0 : 1),
  );
}
