import { expect, it } from 'vitest';
import { alertRule } from '../../../functions/lake/catalogue/alert.ts';
import { rulePhrase } from '../../../functions/report/content/alert-words.ts';

const phrases = (rule: Record<string, unknown>) => {
  const parsed = alertRule.parse({ id: 'r', kpi: 'k', ...rule });
  return (['en', 'fr'] as const).map((language) =>
    rulePhrase(parsed, 'last_7d', language).long('X').replaceAll('\u202f', '_'),
  );
};

it.each<[Record<string, unknown>, string, string]>([
  [{ kind: 'limit', above: 0.8 }, 'above its limit of X', 'au-dessus de sa limite de X'],
  [{ kind: 'limit', below: 3 }, 'below its limit of X', 'en dessous de sa limite de X'],
  [
    { kind: 'change', against: 'previous', above: 0.5 },
    'more than 50% above the 7 days before (limit: X)',
    'à plus de 50_% au-dessus des 7 jours précédents (limite_: X)',
  ],
  [
    { kind: 'change', against: 'last_year', below: -0.125 },
    'more than 12.5% below last year (limit: X)',
    'à plus de 12,5_% en dessous de l’an dernier (limite_: X)',
  ],
  [
    { kind: 'target_gap', below: 0 },
    'below its target (limit: X)',
    'en dessous de son objectif (limite_: X)',
  ],
  [
    { kind: 'benchmark_gap', above: 0.05 },
    'more than 5% above the benchmark (limit: X)',
    'à plus de 5_% au-dessus de la référence (limite_: X)',
  ],
  [
    { kind: 'change', against: 'last_year', below: 0.05 },
    'below its limit (limit: X)',
    'en dessous de sa limite (limite_: X)',
  ],
  [
    { kind: 'anomaly', above: 4 },
    'unusually high: usually at most X',
    'anormalement haut_: d’ordinaire au plus X',
  ],
])('%j', (rule, english, french) => {
  expect(phrases(rule)).toEqual([english, french]);
});
