import { defineAlertKind, RELATIVE_SIGNS, relativeTo } from './kind.ts';
import { relativePhrase } from './phrases.ts';

const BENCHMARK: Readonly<Record<string, string>> = { en: 'the benchmark', fr: 'la référence' };

/** A figure beside what others reach. */
export const benchmarkGap = defineAlertKind({
  kind: 'benchmark_gap',
  fields: {},
  signs: RELATIVE_SIGNS,
  figures: () => [],
  history: () => 0,
  scale: (_rule, kpi) => relativeTo(kpi.benchmark?.value ?? null),
  mistakes: (_rule, kpi) =>
    kpi.benchmark
      ? []
      : [
          {
            field: 'kind',
            message: `${kpi.id} has no benchmark; use \`limit\`, \`change\` or \`target_gap\``,
          },
        ],
  phrase: (rule, _period, language) => relativePhrase(rule, language, BENCHMARK[language.tag]),
});
