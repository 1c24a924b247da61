import type { Language, LimitWords } from '../../../languages/language.ts';
import type { PeriodName } from '../kpi.ts';
import { defineAlertKind, type RuleMistake, type UsualBasis } from './kind.ts';
import { limitPhrase } from './phrases.ts';

/** Days of history looked at: two years of a total; of members, whose figures are many, one year and what its level takes. */
export const HISTORY = { total: 800, member: 440 } as const;
/** What is usual is learnt once a week. */
const WEEK = 7;

const WORDS: Readonly<Record<string, LimitWords>> = {
  en: {
    phrase: ['unusually high', 'unusually low'],
    withLevel: (phrase, level, isAbove) =>
      `${phrase}: ${isAbove ? 'usually at most' : 'usually at least'} ${level}`,
  },
  fr: {
    phrase: ['anormalement haut', 'anormalement bas'],
    withLevel: (phrase, level, isAbove) =>
      `${phrase}\u202f: ${isAbove ? 'd’ordinaire au plus' : 'd’ordinaire au moins'} ${level}`,
  },
};

/** What an anomaly was judged by, and what it cannot tell apart. */
interface BasisWords {
  readonly used: Readonly<Record<keyof UsualBasis['used'] | 'weeks', string>>;
  readonly usual: (expected: string, used: string, days: number) => string;
  readonly chance: (level: string, isAbove: boolean) => string;
  readonly noYear: string;
}

const BASIS: Readonly<Record<string, BasisWords>> = {
  en: {
    used: {
      weeks: 'the last weeks',
      weekday: 'the weekday',
      place: 'the place in the month',
      special: 'the same day in earlier years',
      year: 'the year before',
    },
    usual: (expected, used, days) => `Usual: ${expected}, judged by ${used} (${days} days compared).`,
    chance: (level, isAbove) => `${isAbove ? 'Up' : 'Down'} to ${level} it could be chance.`,
    noYear: 'There is no year before to go by: a season or a yearly campaign would look like this, too.',
  },
  fr: {
    used: {
      weeks: 'les dernières semaines',
      weekday: 'le jour de la semaine',
      place: 'la place dans le mois',
      special: 'le même jour des années passées',
      year: 'l’année d’avant',
    },
    usual: (expected, used, days) =>
      `Habituel\u202f: ${expected}, jugé d’après ${used} (${days} jours comparés).`,
    chance: (level) => `Jusqu’à ${level}, ce peut être le hasard.`,
    noYear:
      'Il n’y a pas d’année d’avant à laquelle se fier\u202f: une saison ou une campagne annuelle aurait la même allure.',
  },
};

/** A figure far from what is usual on such a day, in spreads of the figure's own deviations. */
export const anomaly = defineAlertKind({
  kind: 'anomaly',
  /** `above` and `below` are deviations. */
  fields: {},
  signs: {
    above: 'positive: deviations from what is usual',
    below: 'negative: deviations from what is usual',
  },
  figures: () => [],
  history: ({ dimension }) => WEEK + (dimension === undefined ? HISTORY.total : HISTORY.member),
  asksUsual: true,
  scale(_rule, _kpi, look) {
    const usual = look.usual();
    return 'why' in usual ? null : { at: usual.at, base: usual.expected };
  },
  mistakes(rule, _kpi, period) {
    const mistakes: RuleMistake[] = [];
    if (!JUDGED.includes(period))
      mistakes.push({
        field: rule.period ? 'period' : 'kind',
        message: `a window that ${period === 'last_365d' ? 'is a year long' : 'grows'} (${period}) has no usual value; give \`period\` day, last_7d or last_28d`,
      });
    if (rule.confidence !== undefined)
      mistakes.push({
        field: 'confidence',
        message: 'an anomaly is measured against its own spread and takes no interval; use min_volume',
      });
    return mistakes;
  },
  phrase: (rule, _period, language) => limitPhrase(rule, language, WORDS[language.tag]),
  explain(rule, basis, language, { level, write }) {
    const words = BASIS[language.tag];
    if (words === undefined || !('expected' in basis)) return null;
    const parts = [
      words.usual(write(basis.expected), usedText(basis, words, language), basis.days),
      ...(level === null ? [] : [words.chance(level, rule.above !== undefined)]),
      ...(basis.used.year ? [] : [words.noYear]),
    ];
    return parts.join(' ');
  },
});

const JUDGED: readonly PeriodName[] = ['day', 'last_7d', 'last_28d'];

function usedText({ used }: UsualBasis, words: BasisWords, { locale }: Language): string {
  const named = (['weekday', 'place', 'special', 'year'] as const).filter((each) => used[each]);
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format([
    words.used.weeks,
    ...named.map((each) => words.used[each]),
  ]);
}
