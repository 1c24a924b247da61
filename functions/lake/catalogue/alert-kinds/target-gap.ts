import { defineAlertKind, RELATIVE_SIGNS, relativeTo } from './kind.ts';
import { relativePhrase } from './phrases.ts';

const TARGET: Readonly<Record<string, string>> = { en: 'its target', fr: 'son objectif' };

/** A figure beside the part of its target that is due. */
export const targetGap = defineAlertKind({
  kind: 'target_gap',
  fields: {},
  signs: RELATIVE_SIGNS,
  figures: () => ['target'],
  history: () => 0,
  scale: (_rule, _kpi, look) => relativeTo(look.figure('target')),
  mistakes: () => [],
  phrase: (rule, _period, language) => relativePhrase(rule, language, TARGET[language.tag]),
});
