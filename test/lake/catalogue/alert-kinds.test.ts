import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { alertKinds, alertRule, kindOf } from '../../../functions/lake/catalogue/alert-kinds/kinds.ts';
import { en } from '../../../functions/languages/en.ts';
import { fr } from '../../../functions/languages/fr.ts';
import { languages } from '../../../functions/languages/languages.ts';

const FOLDER = 'functions/lake/catalogue/alert-kinds';
/** What the kinds share. */
const SHARED = ['kind', 'kinds', 'phrases'];

it('lists every kind that has a file, and docs/alerts.md tells of each', async () => {
  const files = (await readdir(FOLDER)).map((name) => name.replace(/\.ts$/, ''));
  const kinds = files.filter((name) => !SHARED.includes(name)).map((name) => name.replaceAll('-', '_'));
  expect(alertKinds.map(({ kind }) => kind).toSorted()).toEqual(kinds.toSorted());
  const page = await readFile('docs/alerts.md', 'utf8');
  for (const { kind } of alertKinds) expect(page).toContain(`\`${kind}\``);
});

it.each(alertKinds.map(({ kind }) => kind))('%s says the same in every language, in its words', (kind) => {
  const more = kind === 'change' ? { against: 'last_year' } : {};
  for (const side of [{ above: 0.2 }, { below: kind === 'limit' ? 0.2 : -0.2 }]) {
    const rule = alertRule.parse({ id: 'r', kpi: 'k', kind, ...side, ...more });
    const said = languages.map((language) => kindOf(rule).phrase(rule, 'last_7d', language));
    for (const phrase of said) expect(phrase.long('81.2%')).toMatch(/^\p{Ll}.*81\.2%\)?$/u);
    expect(new Set(said.map(({ short }) => short)).size).toBe(languages.length);
    if (kind === 'limit') continue;
    const generic = languages.flatMap(({ alerts }) => alerts.limit.phrase);
    for (const { short } of said) expect(generic).not.toContain(short);
  }
});

it('in a language that a kind has no words in, says what is said of any limit in that language', () => {
  const other = { ...fr, tag: 'xx' };
  for (const kind of ['target_gap', 'forecast_gap', 'benchmark_gap', 'anomaly'] as const) {
    const rule = alertRule.parse({ id: 'r', kpi: 'k', kind, above: 3 });
    expect(kindOf(rule).phrase(rule, 'last_7d', other).short).toBe('au-dessus de sa limite');
  }
});

const phrases = (rule: Record<string, unknown>) => {
  const parsed = alertRule.parse({ id: 'r', kpi: 'k', ...rule });
  return [en, fr].map((language) =>
    kindOf(parsed).phrase(parsed, 'last_7d', language).long('X').replaceAll('\u202f', '_'),
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
    { kind: 'forecast_gap', below: 0 },
    'set to end below its target of X',
    'parti pour finir en dessous de son objectif de X',
  ],
  [
    { kind: 'forecast_gap', above: 0.1 },
    'set to end more than 10% above its target (limit: X)',
    'parti pour finir à plus de 10_% au-dessus de son objectif (limite_: X)',
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

it('an anomaly says what it was judged by, and what it could not tell from chance or season', () => {
  const rule = alertRule.parse({ id: 'r', kpi: 'k', kind: 'anomaly', below: -3 });
  const said = (year: boolean) =>
    [en, fr].map((language) =>
      kindOf(rule)
        .explain?.(
          rule,
          { expected: 100, days: 118, used: { weekday: true, place: true, special: false, year } },
          language,
          { write: (value) => (value === 100 ? 'X' : '?'), level: 'Y' },
        )
        ?.replaceAll('\u202f', '_'),
    );
  expect(said(true)).toEqual([
    'Usual: X, judged by the last weeks, the weekday, the place in the month and the year before (118 days compared). Down to Y it could be chance.',
    'Habituel_: X, jugé d’après les dernières semaines, le jour de la semaine, la place dans le mois et l’année d’avant (118 jours comparés). Jusqu’à Y, ce peut être le hasard.',
  ]);
  for (const text of said(false))
    expect(text).toMatch(/a season or a yearly campaign|une saison ou une campagne/);
  const basis = { expected: 1, days: 1, used: { weekday: true, place: false, special: false, year: true } };
  expect(kindOf(rule).explain?.(rule, basis, { ...fr, tag: 'xx' }, { write: String, level: 'Y' })).toBeNull();
});
