import { z } from 'zod';
import type { LimitWords } from '../../../languages/language.ts';
import { robustSpread } from '../../values/statistics.ts';
import type { PeriodName } from '../kpi.ts';
import { defineAlertKind, type RuleMistake } from './kind.ts';
import { limitPhrase } from './phrases.ts';

/** Fewer weeks than these say nothing about what is usual. */
const LEAST_HISTORY = 4;

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

/** A figure that is far from what is usual: a robust z-score (median, MAD) against the same weekday of the last weeks. */
export const anomaly = defineAlertKind({
  kind: 'anomaly',
  /** `above` and `below` are deviations. */
  fields: { weeks: z.int().min(4).max(52).default(12) },
  signs: {
    above: 'positive: deviations from the median',
    below: 'negative: deviations from the median',
  },
  figures: () => [],
  weeks: ({ weeks }) => weeks,
  scale({ weeks }, _kpi, look) {
    const past = look.sameWeekdays(weeks);
    if (past.length < Math.max(LEAST_HISTORY, Math.ceil(weeks / 2))) return null;
    const { usual, spread } = robustSpread(past);
    return spread === 0 ? null : { zero: usual, unit: spread, base: usual };
  },
  mistakes(rule, _kpi, period) {
    const mistakes: RuleMistake[] = [];
    if (!isRolling(period))
      mistakes.push({
        field: rule.period ? 'period' : 'kind',
        message: `a window that grows (${period}) has no usual value for a weekday; give \`period\` day, last_7d or last_28d`,
      });
    if (rule.confidence !== undefined)
      mistakes.push({
        field: 'confidence',
        message: 'an anomaly is measured against its own spread and takes no interval; use min_volume',
      });
    return mistakes;
  },
  phrase: (rule, _period, language) => limitPhrase(rule, language, WORDS[language.tag]),
});

const isRolling = (period: PeriodName): boolean => period === 'day' || period.startsWith('last_');
