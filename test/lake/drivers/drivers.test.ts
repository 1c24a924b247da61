import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainChange } from '../../../functions/lake/drivers/drivers.ts';

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

const amount = { ratio: false, unit: 'currency' } as const;
const ratio = { ratio: true, unit: 'percent' } as const;

describe('the change of an amount', () => {
  it('is carried by each member’s own change', () => {
    const split = explainChange(
      amount,
      rows(90, { region: { north: 40, south: 50 } }),
      rows(100, { region: { north: 52, south: 48 } }),
    );
    expect(split).toMatchObject({ before: 100, after: 90, change: -10 });
    expect(split.best?.exact).toBe(true);
    expect(split.best?.members.map((each) => [each.member, each.contribution])).toEqual([
      ['north', -12],
      ['south', 2],
    ]);
    expect(split.best).toMatchObject({ leader: { member: 'north' }, rest: 0, rate: null, mix: null });
  });

  it('counts a member that appeared or vanished as nothing before or after', () => {
    const split = explainChange(
      amount,
      rows(30, { region: { a: 10, b: 20 } }),
      rows(25, { region: { a: 10, c: 15 } }),
    );
    const members = Object.fromEntries(split.best?.members.map((each) => [each.member, each]) ?? []);
    expect(members).toMatchObject({
      b: { contribution: 20, presence: 'appeared', before: null },
      c: { contribution: -15, presence: 'vanished', after: null },
    });
  });

  it('is explained by the dimension in which one member stands out', () => {
    const before = rows(100, { device: { desktop: 80, mobile: 20 }, brand: { a: 30, b: 30, c: 40 } });
    const after = rows(80, { device: { desktop: 64, mobile: 16 }, brand: { a: 10, b: 30, c: 40 } });
    const split = explainChange(amount, after, before);
    expect(split.best).toMatchObject({
      dimension: 'brand',
      leader: { member: 'a', contribution: -20 },
      broad: false,
    });
    expect(split.dimensions[1]).toMatchObject({ dimension: 'device', broad: true });
  });

  it('is not explained by many members that fluctuate against one another', () => {
    const customers = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`c${i}`, 10]));
    const noisy = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`c${i}`, i % 2 === 0 ? 13 : 6.6]));
    const before = rows(500, { customer: customers, region: { north: 250, south: 250 } });
    const after = rows(490, { customer: noisy, region: { north: 240, south: 250 } });
    expect(explainChange(amount, after, before).best).toMatchObject({
      dimension: 'region',
      leader: { member: 'north' },
    });
  });

  it('never blames “(other)”, which is nobody', () => {
    const split = explainChange(
      amount,
      rows(70, { product: { a: 49, '(other)': 21 } }),
      rows(100, { product: { a: 50, '(other)': 50 } }),
    );
    expect(split.best?.leader.member).toBe('a');
    expect(split.best?.members[0]?.member).toBe('(other)');
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
    expect(split.best?.rate).toBeCloseTo(0.2, 12);
    expect(split.best?.mix).toBeCloseTo(0, 12);
    expect(split.best?.leader).toMatchObject({ member: 'm', before: 0.4, after: 0.8 });
  });

  it('that comes from a shift between members is mix', () => {
    const split = explainChange(
      ratio,
      rows([55, 100], { device: { d: [5, 50], m: [50, 50] } }),
      rows([28, 100], { device: { d: [8, 80], m: [20, 20] } }),
    );
    expect(split.best?.rate).toBeCloseTo(0, 12);
    expect(split.best?.mix).toBeCloseTo(0.27, 12);
  });

  it('worked by hand: half rate, half mix', () => {
    // Shares ½→¾ and ½→¼, rates 0.2→0.4 and 0.6→0.6: R 0.4 → 0.45; rate ⅝·0.2 = 0.125; mix (0.3−0.425)·¼ + (0.6−0.425)·(−¼) = −0.075.
    const split = explainChange(
      ratio,
      rows([45, 100], { device: { a: [30, 75], b: [15, 25] } }),
      rows([40, 100], { device: { a: [10, 50], b: [30, 50] } }),
    );
    expect(split.best?.rate).toBeCloseTo(0.125, 12);
    expect(split.best?.mix).toBeCloseTo(-0.075, 12);
  });

  it('a cost without customers is a rate effect, and nothing is lost', () => {
    const split = explainChange(
      ratio,
      rows([1500, 10], { channel: { ads: [1000, 10], fair: [500, 0] } }),
      rows([1000, 10], { channel: { ads: [1000, 10] } }),
    );
    const fair = split.best?.members.find((each) => each.member === 'fair');
    expect(fair).toMatchObject({ contribution: 50, rate: 50, mix: 0, after: null });
    expect(split.best?.leader.member).toBe('fair');
  });

  it('of members that overlap is not split, only the one that moved most is named', () => {
    const before = rows([40, 100], { category: { a: [30, 60], b: [30, 60] } });
    const after = rows([50, 100], { category: { a: [48, 60], b: [30, 60] } });
    expect(explainChange(ratio, after, before).best).toMatchObject({
      exact: false,
      rate: null,
      mix: null,
      rest: null,
      leader: { member: 'a', before: 0.5, after: 0.8, contribution: null },
    });
  });

  it('of carts with several brands names the brand without which nothing changed', () => {
    // 50 carts hold a, 50 a and b, 50 b, 250 neither; only those with a got worse, which drags b along.
    const before = rows([200, 400], { brand: { a: [50, 100], b: [50, 100], c: [125, 250] } });
    const after = rows([240, 400], { brand: { a: [90, 100], b: [70, 100], c: [125, 250] } });
    const { best } = explainChange(ratio, after, before);
    expect(best).toMatchObject({ exact: false, leader: { member: 'a', before: 0.5, after: 0.9 } });
    expect(best?.members.map((each) => each.member)).toEqual(['a', 'b', 'c']);
    expect(best?.broad).toBe(false);
  });

  it('whose members share one denominator is a sum, split exactly', () => {
    const before = rows([100, 1000], { channel: { ads: [60, 1000], fair: [40, 1000] } });
    const after = rows([180, 1200], { channel: { ads: [144, 1200], fair: [36, 1200] } });
    expect(explainChange(ratio, after, before).best).toMatchObject({
      exact: true,
      rest: expect.closeTo(0, 12),
      mix: 0,
      leader: { member: 'ads', contribution: expect.closeTo(0.06, 12), weightBefore: null },
    });
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
    ['no change', amount, rows(5, { region: { a: 2, b: 3 } }), rows(5, { region: { a: 3, b: 2 } })],
    ['no dimension', amount, rows(5), rows(6)],
  ])('%s', (_, kpi, current, comparison) => {
    expect(explainChange(kpi, current, comparison).best).toBeNull();
  });
});

describe('laws', () => {
  const figure = fc.tuple(fc.integer({ min: -1000, max: 1_000_000 }), fc.integer({ min: 0, max: 5000 }));
  const window = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), figure, { minKeys: 1 });
  const whole = (members: Record<string, [number, number]>): [number, number] =>
    Object.values(members).reduce<[number, number]>(([n, d], each) => [n + each[0], d + each[1]], [0, 0]);

  it('contributions, and rate and mix, add up to the change of a ratio', () => {
    fc.assert(
      fc.property(window, window, (before, after) => {
        const split = explainChange(
          ratio,
          rows(whole(after), { x: after }),
          rows(whole(before), { x: before }),
        );
        if (split.best === null) return;
        const sum = split.best.members.reduce((total, each) => total + (each.contribution ?? Number.NaN), 0);
        const scale =
          1 + split.best.members.reduce((total, each) => total + Math.abs(each.contribution ?? 0), 0);
        expect(Math.abs(sum - (split.change as number)) / scale).toBeLessThan(1e-9);
        expect(
          Math.abs((split.best.rate as number) + (split.best.mix as number) - (split.change as number)) /
            scale,
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
        const split = explainChange(amount, rows(sum(after), { x: after }), rows(sum(before), { x: before }));
        if (split.best === null) return;
        expect(split.best.members.reduce((total, each) => total + (each.contribution as number), 0)).toBe(
          split.change,
        );
        expect(split.best.rest).toBe(0);
      }),
    );
  });

  it('swapping the windows turns every sign and nothing else', () => {
    fc.assert(
      fc.property(window, window, (before, after) => {
        const one = explainChange(
          ratio,
          rows(whole(after), { x: after }),
          rows(whole(before), { x: before }),
        ).best;
        const two = explainChange(
          ratio,
          rows(whole(before), { x: before }),
          rows(whole(after), { x: after }),
        ).best;
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

  it('scores lie between 0 and 1', () => {
    fc.assert(
      fc.property(window, window, (before, after) => {
        const { best } = explainChange(
          ratio,
          rows(whole(after), { x: after }),
          rows(whole(before), { x: before }),
        );
        if (best) expect(best.score >= 0 && best.score <= 1).toBe(true);
      }),
    );
  });
});
