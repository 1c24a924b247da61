import { defineAlertKind } from './kind.ts';
import { limitPhrase } from './phrases.ts';

/** A figure beyond a level in its own unit. */
export const limit = defineAlertKind({
  kind: 'limit',
  fields: {},
  signs: null,
  figures: () => [],
  weeks: () => 0,
  scale: () => ({ zero: 0, unit: 1, base: null }),
  mistakes: () => [],
  phrase: (rule, _period, language) => limitPhrase(rule, language),
});
