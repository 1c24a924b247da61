import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainChange } from '../../../functions/lake/drivers/explain-change.ts';

type Row = Parameters<typeof explainChange>[1][number];
type Members = Record<string, number | [number, number]>;

const row = (dimension: string | null, member: string | null, figure: number | [number, number]): Row => {
  const [numerator, denominator] = Array.isArray(figure) ? figure : [figure, null];
  return {
    dimension,
    member,
    numerator: String(numerator),
    denominator: denominator === null ? null : String(denominator),
  };
};

/** The total and the members of each dimension. */
const rows = (total: number | [number, number], dimensions: Record<string, Members> = {}): Row[] => [
  row(null, null, total),
  ...Object.entries(dimensions).flatMap(([dimension, members]) =>
    Object.entries(members).map(([member, figure]) => row(dimension, member, figure)),
  ),
];

/** The exact split of the only dimension, or of one by name. */
const splitOf = (explanation: ReturnType<typeof explainChange>, dimension?: string) =>
  explanation.dimensions.find((split) => dimension === undefined || split.dimension === dimension) ?? null;

const amount = { ratio: false, unit: 'currency' } as const;
const ratio = { ratio: true, unit: 'percent' } as const;

describe('the change of an amount', () => {
  it('is carried by each member’s own change', () => {
    const explained = explainChange(
      amount,
      rows(90, { region: { north: 40, south: 50 } }),
      rows(100, { region: { north: 52, south: 48 } }),
    );
    expect(explained).toMatchObject({ before: 100, after: 90, change: -10 });
    const split = splitOf(explained);
    expect(split).toMatchObject({ exact: true, rest: 0, rate: null, mix: null });
    expect(split?.members.map((each) => [each.member, each.contribution])).toEqual([
      ['north', -12],
      ['south', 2],
    ]);
  });

  it('counts a member that appeared or vanished as nothing before or after', () => {
    const explained = explainChange(
      amount,
      rows(30, { region: { a: 10, b: 20 } }),
      rows(25, { region: { a: 10, c: 15 } }),
    );
    const members = Object.fromEntries(splitOf(explained)?.members.map((each) => [each.member, each]) ?? []);
    expect(members).toMatchObject({
      b: { contribution: 20, presence: 'appeared', before: null },
      c: { contribution: -15, presence: 'vanished', after: null },
    });
  });
});

describe('the change of a ratio', () => {
  it('that comes from one member’s own rate is rate', () => {
    const split = explainChange(
      ratio,
      rows([60, 100], { device: { d: [20, 50], m: [40, 50] } }),
      rows([40, 100], { device: { d: [20, 50], m: [20, 50] } }),
    );
    expect(split.change).toBeCloseTo(0.2, 12);
    expect(splitOf(split)?.rate).toBeCloseTo(0.2, 12);
    expect(splitOf(split)?.mix).toBeCloseTo(0, 12);
    expect(splitOf(split)?.members[0]).toMatchObject({ member: 'm', before: 0.4, after: 0.8 });
  });

  it('that comes from a shift between members is mix', () => {
    const split = explainChange(
      ratio,
      rows([55, 100], { device: { d: [5, 50], m: [50, 50] } }),
      rows([28, 100], { device: { d: [8, 80], m: [20, 20] } }),
    );
    expect(splitOf(split)?.rate).toBeCloseTo(0, 12);
    expect(splitOf(split)?.mix).toBeCloseTo(0.27, 12);
  });

  it('worked by hand: half rate, half mix', () => {
    // Shares ½→¾ and ½→¼, rates 0.2→0.4 and 0.6→0.6: R 0.4 → 0.45; rate ⅝·0.2 = 0.125; mix (0.3−0.425)·¼ + (0.6−0.425)·(−¼) = −0.075.
    const split = explainChange(
      ratio,
      rows([45, 100], { device: { a: [30, 75], b: [15, 25] } }),
      rows([40, 100], { device: { a: [10, 50], b: [30, 50] } }),
    );
    expect(splitOf(split)?.rate).toBeCloseTo(0.125, 12);
    expect(splitOf(split)?.mix).toBeCloseTo(-0.075, 12);
  });

  it('a cost without customers is a rate effect, and nothing is lost', () => {
    const split = explainChange(
      ratio,
      rows([1500, 10], { channel: { ads: [1000, 10], fair: [500, 0] } }),
      rows([1000, 10], { channel: { ads: [1000, 10] } }),
    );
    const fair = splitOf(split)?.members.find((each) => each.member === 'fair');
    expect(fair).toMatchObject({ contribution: 50, rate: 50, mix: 0, after: null });
  });

  it('of members that overlap is not split', () => {
    const before = rows([40, 100], { category: { a: [30, 60], b: [30, 60] } });
    const after = rows([50, 100], { category: { a: [48, 60], b: [30, 60] } });
    const split = splitOf(explainChange(ratio, after, before));
    expect(split).toMatchObject({ exact: false, rate: null, mix: null, rest: null });
    expect(split?.members[0]).toMatchObject({ member: 'a', before: 0.5, after: 0.8, contribution: null });
  });

  it('of carts with several brands puts the brand first without which nothing changed', () => {
    // 50 carts hold a, 50 a and b, 50 b, 250 neither; only those with a got worse, which drags b along.
    const before = rows([200, 400], { brand: { a: [50, 100], b: [50, 100], c: [125, 250] } });
    const after = rows([240, 400], { brand: { a: [90, 100], b: [70, 100], c: [125, 250] } });
    const split = splitOf(explainChange(ratio, after, before));
    expect(split?.members.map((each) => each.member)).toEqual(['a', 'b', 'c']);
  });

  it('whose members share one denominator is a sum, split exactly', () => {
    const before = rows([100, 1000], { channel: { ads: [60, 1000], fair: [40, 1000] } });
    const after = rows([180, 1200], { channel: { ads: [144, 1200], fair: [36, 1200] } });
    const split = splitOf(explainChange(ratio, after, before));
    expect(split).toMatchObject({ exact: true, rest: expect.closeTo(0, 12), mix: 0 });
    const ads = { member: 'ads', contribution: expect.closeTo(0.06, 12), weightBefore: null };
    expect(split?.members[0]).toMatchObject(ads);
  });
});

describe('no explanation is made up', () => {
  it.each([
    ['no earlier figure', ratio, rows([1, 2]), []],
    ['no figure', ratio, [], rows([1, 2])],
    [
      'a denominator of zero',
      ratio,
      rows([1, 0], { region: { a: [1, 0] } }),
      rows([1, 2], { region: { a: [1, 2] } }),
    ],
    ['no dimension', amount, rows(5), rows(6)],
  ])('%s', (_, kpi, current, comparison) => {
    expect(explainChange(kpi, current, comparison)).toMatchObject({ culprit: null, dimensions: [] });
  });
});

describe('laws', () => {
  const figure = fc.tuple(fc.integer({ min: -1000, max: 1_000_000 }), fc.integer({ min: 0, max: 5000 }));
  const window = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), figure, { minKeys: 1 });
  const whole = (members: Record<string, [number, number]>): [number, number] =>
    Object.values(members).reduce<[number, number]>(([n, d], each) => [n + each[0], d + each[1]], [0, 0]);
  const explained = (before: Record<string, [number, number]>, after: Record<string, [number, number]>) =>
    explainChange(ratio, rows(whole(after), { x: after }), rows(whole(before), { x: before }));

  it('contributions, and rate and mix, add up to the change of a ratio', () => {
    fc.assert(
      fc.property(window, window, (before, after) => {
        const { change, ...rest } = explained(before, after);
        const split = splitOf({ change, ...rest });
        if (!split?.exact) return;
        const parts = split.members.map((each) => each.contribution ?? Number.NaN);
        const sum = parts.reduce((total, part) => total + part, 0);
        const scale = 1 + parts.reduce((total, part) => total + Math.abs(part), 0);
        expect(Math.abs(sum - (change as number)) / scale).toBeLessThan(1e-9);
        expect(
          Math.abs((split.rate as number) + (split.mix as number) - (change as number)) / scale,
        ).toBeLessThan(1e-9);
      }),
    );
  });

  it('contributions add up to the change of an amount', () => {
    const amounts = fc.dictionary(
      fc.constantFrom('a', 'b', 'c', 'd'),
      fc.integer({ min: -1_000_000, max: 1_000_000 }),
      { minKeys: 1 },
    );
    const sum = (members: Record<string, number>): number =>
      Object.values(members).reduce((total, each) => total + each, 0);
    fc.assert(
      fc.property(amounts, amounts, (before, after) => {
        const explanation = explainChange(
          amount,
          rows(sum(after), { x: after }),
          rows(sum(before), { x: before }),
        );
        const split = splitOf(explanation);
        expect(split?.members.reduce((total, each) => total + (each.contribution as number), 0)).toBe(
          explanation.change,
        );
        expect(split?.rest).toBe(0);
      }),
    );
  });

  it('swapping the windows turns every sign and nothing else', () => {
    fc.assert(
      fc.property(window, window, (before, after) => {
        const [one, two] = [splitOf(explained(before, after)), splitOf(explained(after, before))];
        for (const each of one?.members ?? []) {
          const other = two?.members.find((member) => member.member === each.member);
          expect(other?.contribution).toBeCloseTo(-(each.contribution as number), 6);
          expect(other?.mix).toBeCloseTo(-(each.mix as number), 6);
        }
      }),
    );
  });

  it('the order of rows does not matter', () => {
    fc.assert(
      fc.property(window, window, (before, after) => {
        const [one, two] = [rows(whole(after), { x: after }), rows(whole(before), { x: before })];
        expect(explainChange(ratio, one.toReversed(), two.toReversed())).toEqual(
          explainChange(ratio, one, two),
        );
      }),
    );
  });
});
