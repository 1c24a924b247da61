import { defineAlertKind } from './kind.ts';
import { limitPhrase } from './phrases.ts';

/** A figure beyond a level in its own unit. */
export const limit = defineAlertKind({
  kind: 'limit',
  fields: {},
  signs: null,
  figures: () => [],
  history: () => 0,
  scale: () => ({ at: (level) => level, base: null }),
  mistakes: () => [],
  phrase: (rule, _period, language) => limitPhrase(rule, language),
});
