import { z } from 'zod';
import { comparisonNames } from '../kpi.ts';
import { defineAlertKind, RELATIVE_SIGNS, relativeTo } from './kind.ts';
import { relativePhrase } from './phrases.ts';

/** A figure that moved against the window before, or against last year. */
export const change = defineAlertKind({
  kind: 'change',
  fields: { against: z.enum(comparisonNames).exclude(['current']) },
  signs: RELATIVE_SIGNS,
  figures: ({ against }) => [against],
  history: () => 0,
  scale: ({ against }, _kpi, look) => relativeTo(look.figure(against)),
  mistakes: () => [],
  phrase: (rule, period, language) => {
    const { previous, lastYear } = language.figures;
    return relativePhrase(rule, language, rule.against === 'last_year' ? lastYear : previous[period]);
  },
});
