import { describe, expect, it } from 'vitest';
import { labelsOf, noLabels } from '../../../functions/lake/catalogue/labels.ts';
import { explainChange } from '../../../functions/lake/drivers/explain-change.ts';
import { en } from '../../../functions/languages/en.ts';
import { fr } from '../../../functions/languages/fr.ts';
import type { Language } from '../../../functions/languages/language.ts';
import { causesSentence } from '../../../functions/report/letters/causes.ts';
import { kpiOf } from '../fixtures.ts';

const rate = kpiOf('rate', 'Rate', 'Taux', { ratio: true, unit: 'percent', headline: 'last_7d' });
const amount = kpiOf('amount', 'Amount', 'Montant');

type Member = readonly [name: string, numerator: number, denominator?: number];
const rows = (members: readonly Member[]) => {
  const sum = (index: 1 | 2): number => members.reduce((total, member) => total + (member[index] ?? 0), 0);
  const part = (member: string | null, numerator: number, denominator: number | undefined) => ({
    dimension: member === null ? null : 'brand',
    member,
    numerator: String(numerator),
    denominator: denominator === undefined ? null : String(denominator),
  });
  const ratio = members[0]?.[2] !== undefined;
  return [
    part(null, sum(1), ratio ? sum(2) : undefined),
    ...members.map(([name, up, down]) => part(name, up, down)),
  ];
};
/** Explained by windows that were all as the one before. */
const explained = (kpi: typeof rate, before: readonly Member[], now: readonly Member[], windows = 9) => {
  const earlier = Array.from({ length: windows }, () => rows(before));
  return explainChange(kpi, rows(now), rows(before), { habit: earlier.slice(0, 8), runs: [earlier] });
};

const say = (
  kpi: typeof rate,
  before: readonly Member[],
  now: readonly Member[],
  language: Language = en,
  labels = noLabels,
  windows = 9,
) =>
  causesSentence({ against: 'previous', explanation: explained(kpi, before, now, windows) }, kpi, 'last_7d', {
    language,
    currency: 'EUR',
    labels,
  })
    ?.replaceAll('\u202f', '_')
    .replaceAll('\u2060', '')
    .replaceAll('\u00a0', ' ') ?? null;

describe('what moved a figure, in a sentence', () => {
  const before = [
    ['Nord', 72, 100],
    ['Sud', 70, 100],
    ['Est', 71, 100],
  ] as const;

  it('a member whose own rate moved', () => {
    const now = [
      ['Nord', 95, 100],
      ['Sud', 70, 100],
      ['Est', 71, 100],
    ] as const;
    expect(say(rate, before, now)).toBe(
      '+7.7 pts vs the 7 days before: mostly brand Nord (+7.7 pts, from 72.0% to 95.0%).',
    );
    expect(say(rate, before, now, fr)).toBe(
      '+7,7 pts vs les 7 jours précédents_: surtout marque «_Nord_» (+7,7 pts, de 72,0_% à 95,0_%).',
    );
  });

  it('no line ends between a sign and its currency', () => {
    const options = { language: en, currency: 'EUR', labels: noLabels } as const;
    const before = [
      ['A', 200],
      ['B', 400],
    ] as const;
    const explanation = explained(amount, before, [
      ['A', 500],
      ['B', 400],
    ]);
    const sentence = causesSentence({ against: 'previous', explanation }, amount, 'last_7d', options);
    expect(sentence).toMatch(/^\+\u2060€300 vs/);
  });

  it('a member that is an id, by its name', () => {
    const now = [['4711', 95, 100] as const, ...before.slice(1)];
    const was = [['4711', 72, 100] as const, ...before.slice(1)];
    const labels = labelsOf(new Map([['brand', new Map([['4711', 'Pneu\nNord <b>']])]]));
    expect(say(rate, was, now, en, labels)).toBe(
      '+7.7 pts vs the 7 days before: mostly brand Pneu Nord <b> (+7.7 pts, from 72.0% to 95.0%).',
    );
  });

  it('a member that only weighs more: of two that are each other’s rest, the one that moved', () => {
    const one = [
      ['Dear', 90, 100],
      ['Cheap', 10, 100],
    ] as const;
    const two = [
      ['Dear', 180, 200],
      ['Cheap', 10, 100],
    ] as const;
    expect(say(rate, one, two)).toBe(
      '+13.3 pts vs the 7 days before: mostly brand Dear (+5.6 pts, its share went from 50% to 67%).',
    );
  });

  it('an amount: who brought it, and who took away', () => {
    expect(
      say(
        amount,
        [
          ['A', 100],
          ['B', 100],
          ['C', 800],
        ],
        [
          ['A', 400],
          ['B', 20],
          ['C', 800],
        ],
      ),
    ).toBe('+€220 vs the 7 days before: mostly brand A (+€300); the other way, B (−€80).');
  });

  it('nobody in particular', () => {
    expect(
      say(
        amount,
        [
          ['A', 100],
          ['B', 100],
        ],
        [
          ['A', 150],
          ['B', 150],
        ],
      ),
    ).toBe('+€100 vs the 7 days before, with no single cause.');
    expect(
      say(
        amount,
        [
          ['A', 100],
          ['B', 100],
        ],
        [
          ['A', 150],
          ['B', 150],
        ],
        fr,
      ),
    ).toBe('+100_€ vs les 7 jours précédents, sans cause unique.');
  });

  it('nothing, where it hardly moved or did not', () => {
    expect(
      say(
        amount,
        [
          ['A', 1000],
          ['B', 1000],
        ],
        [
          ['A', 1020],
          ['B', 1010],
        ],
      ),
    ).toBeNull();
    expect(say(rate, before, before)).toBeNull();
  });
});
