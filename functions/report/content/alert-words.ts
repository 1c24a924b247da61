import type { AlertRule } from '../../lake/catalogue/alert.ts';
import type { ComparisonName, Language, PeriodName } from '../../lake/catalogue/kpi.ts';
import { colon, formatNumber } from '../format.ts';
import { capital } from './one-line.ts';

/** What a rule's limit is, in words that follow the figure: `above its limit of 75.0%`. */
export interface RulePhrase {
  /** For the subject: `above its limit`. */
  readonly short: string;
  /** With the level, already formatted; null where the level is not known. */
  readonly long: (level: string | null) => string;
}

interface RuleWords {
  readonly limit: readonly [above: string, below: string];
  readonly unusual: readonly [above: string, below: string];
  readonly outside: readonly [above: string, below: string];
  readonly of: (phrase: string, level: string) => string;
  readonly level: (phrase: string, level: string) => string;
  readonly target: string;
  readonly benchmark: string;
  readonly against: (comparison: ComparisonName, period: PeriodName) => string;
  /** `more than 20% above the benchmark`; `distance` null: simply above it. */
  readonly relative: (above: boolean, distance: string | null, reference: string) => string;
  readonly percent: (share: string) => string;
}

const previousEn = (period: PeriodName): string =>
  ({
    day: 'the previous day',
    last_7d: 'the 7 days before',
    last_28d: 'the 28 days before',
    mtd: 'the previous month',
    qtd: 'the previous quarter',
    ytd: 'the previous year',
    last_365d: 'the year before',
  })[period];
const previousFr = (period: PeriodName): string =>
  ({
    day: 'la veille',
    last_7d: 'les 7 jours précédents',
    last_28d: 'les 28 jours précédents',
    mtd: 'le mois précédent',
    qtd: 'le trimestre précédent',
    ytd: 'l’exercice précédent',
    last_365d: 'l’année précédente',
  })[period];

const WORDS: Readonly<Record<Language, RuleWords>> = {
  en: {
    limit: ['above its limit', 'below its limit'],
    unusual: ['unusually high', 'unusually low'],
    outside: ['usually at most', 'usually at least'],
    of: (phrase, level) => `${phrase} of ${level}`,
    level: (phrase, level) => `${phrase} (limit: ${level})`,
    target: 'its target',
    benchmark: 'the benchmark',
    against: (comparison, period) => (comparison === 'last_year' ? 'last year' : previousEn(period)),
    relative: (above, distance, reference) =>
      `${distance ? `more than ${distance} ` : ''}${above ? 'above' : 'below'} ${reference}`,
    percent: (share) => `${share}%`,
  },
  fr: {
    limit: ['au-dessus de sa limite', 'en dessous de sa limite'],
    unusual: ['anormalement haut', 'anormalement bas'],
    outside: ['d’ordinaire au plus', 'd’ordinaire au moins'],
    of: (phrase, level) => `${phrase} de ${level}`,
    level: (phrase, level) => `${phrase} (limite\u202f: ${level})`,
    target: 'son objectif',
    benchmark: 'la référence',
    against: (comparison, period) => (comparison === 'last_year' ? 'l’an dernier' : previousFr(period)),
    relative: (above, distance, reference) => {
      const side = above ? 'au-dessus' : 'en dessous';
      return distance ? `à plus de ${distance} ${side} ${de(reference)}` : `${side} ${de(reference)}`;
    },
    percent: (share) => `${share}\u202f%`,
  },
};

/** de + le = du, de + les = des. */
function de(noun: string): string {
  if (noun.startsWith('le ')) return `du ${noun.slice(3)}`;
  if (noun.startsWith('les ')) return `des ${noun.slice(4)}`;
  return `de ${noun}`;
}

/** The window that a figure was compared with, at the beginning of a sentence: `The 7 days before`, `L’an dernier`. */
export const earlierWindow = (against: ComparisonName, period: PeriodName, language: Language): string =>
  capital(WORDS[language].against(against, period));

/** Says what a rule watches for in a window. */
export function rulePhrase(rule: AlertRule, period: PeriodName, language: Language): RulePhrase {
  const words = WORDS[language];
  const above = rule.above !== undefined;
  const side = above ? 0 : 1;
  if (rule.kind === 'limit') {
    const phrase = words.limit[side];
    return { short: phrase, long: (level) => (level ? words.of(phrase, level) : phrase) };
  }
  if (rule.kind === 'anomaly') {
    const phrase = words.unusual[side];
    return {
      short: phrase,
      long: (level) => (level ? `${phrase}${colon[language]} ${words.outside[side]} ${level}` : phrase),
    };
  }
  const reference =
    rule.kind === 'target_gap'
      ? words.target
      : rule.kind === 'benchmark_gap'
        ? words.benchmark
        : words.against(rule.against, period);
  const bound = (rule.above ?? rule.below) as number;
  // "below +5 %" or "above −5 %" of something has no short name: the level says it.
  const natural = above ? bound >= 0 : bound <= 0;
  const distance =
    bound === 0 || !natural
      ? null
      : words.percent(
          formatNumber(
            Math.abs(bound) * 100,
            language,
            Number.isInteger(Math.round(Math.abs(bound) * 1e6) / 1e4) ? 0 : 1,
          ),
        );
  const phrase = natural ? words.relative(above, distance, reference) : words.limit[side];
  return { short: phrase, long: (level) => (level ? words.level(phrase, level) : phrase) };
}
