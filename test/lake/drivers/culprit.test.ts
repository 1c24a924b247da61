import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainChange } from '../../../functions/lake/drivers/explain-change.ts';
import type { FigureRow } from '../../../functions/lake/drivers/windows.ts';
import { randomStream } from '../../../sandbox/kit/random.ts';
import {
  explainedScene,
  figuresOf,
  grown,
  kpiMade,
  type Made,
  ordinary,
  spoilt,
  times,
  windowsOf,
} from './made-up.ts';

const named = (scene: Parameters<typeof explainedScene>[0]) => {
  const { culprit } = explainedScene(scene);
  return culprit && `${culprit.dimension} ${culprit.member}`;
};

describe('the culprit is named', () => {
  it('where a brand lies wholly in a category: the brand', () => {
    expect(named({ made: 'amount', now: times('brand', 'Fjellgrip', 0.3) })).toBe('brand Fjellgrip');
    expect(named({ made: 'share', now: spoilt('brand', 'Fjellgrip', 0.9) })).toBe('brand Fjellgrip');
  });

  it('where all brands of a category moved: the category', () => {
    expect(named({ made: 'amount', now: times('category', 'All-season', 0.4) })).toBe('category All-season');
    expect(named({ made: 'share', now: spoilt('category', 'All-season', 0.8) })).toBe('category All-season');
  });

  it('where dimensions cross: only the one that moved', () => {
    expect(named({ made: 'amount', now: times('region', 'East', 0.5) })).toBe('region East');
    expect(named({ made: 'count', now: times('channel', 'EDI', 2) })).toBe('channel EDI');
    expect(named({ made: 'share', now: spoilt('region', 'West', 0.9) })).toBe('region West');
    const dearer = (things: readonly { amount: number }[]) =>
      things.map((thing) => ({ ...thing, amount: thing.amount * 1.5 }));
    const now: Parameters<typeof explainedScene>[0]['now'] = (things) =>
      things.map((thing) =>
        thing.members['channel'] === 'Phone' ? (dearer([thing])[0] as typeof thing) : thing,
      );
    expect(named({ made: 'mean', now })).toBe('channel Phone');
  });

  it('with all names of exactly the same rows', () => {
    const { culprit } = explainedScene({ made: 'amount', now: times('brand', 'Bohemond', 0.2) });
    expect(culprit).toMatchObject({
      dimension: 'brand',
      member: 'Bohemond',
      aliases: [{ dimension: 'category', member: 'Truck' }],
    });
  });

  it('where carts hold several brands: not the one that is often bought with it', () => {
    const several: Parameters<typeof explainedScene>[0]['now'] = (things, random) =>
      things.map((thing) => ({
        ...thing,
        members: {
          brand: [...new Set([thing.members['brand'] as string, random.pick(['Aurelia', 'Kestrel'])])],
        },
      }));
    const random = randomStream(3, 'several');
    const windows = Array.from({ length: 13 }, (_, index) => {
      const carts = several(ordinary(random), random);
      return figuresOf(index === 0 ? spoilt('brand', 'Fjellgrip', 0.8)(carts, random) : carts, 'share');
    });
    const [now = [], ...earlier] = windows;
    const { culprit } = explainChange(kpiMade.share, now, earlier[0] ?? [], {
      habit: earlier.slice(0, 8),
      runs: [earlier],
    });
    expect(culprit).toMatchObject({ dimension: 'brand', member: 'Fjellgrip', aspect: 'rate' });
  });

  it('that vanished', () => {
    expect(named({ made: 'amount', now: times('channel', 'EDI', 0) })).toBe('channel EDI');
  });

  it('that was unusual in the window compared with, and is back', () => {
    const { culprit, change } = explainedScene({ made: 'share', before: spoilt('brand', 'Fjellgrip', 0.9) });
    expect(change).toBeLessThan(-0.03);
    expect(culprit).toMatchObject({ dimension: 'brand', member: 'Fjellgrip', returned: true });
  });

  it('with another that moved along, and one that moved the other way', () => {
    const now: Parameters<typeof explainedScene>[0]['now'] = (things, random) =>
      times(
        'region',
        'West',
        1.7,
      )(times('region', 'South', 0.5)(times('region', 'North', 0.4)(things, random), random), random);
    expect(explainedScene({ made: 'amount', now }).culprit).toMatchObject({
      member: 'North',
      also: { member: 'South' },
      against: { member: 'West' },
    });
  });
});

describe('nobody is named', () => {
  it('in ordinary times', () => {
    const seeds = Array.from({ length: 12 }, (_, index) => index + 100);
    const made: Made[] = ['amount', 'count', 'share', 'mean'];
    const wrong = seeds.flatMap((seed) => made.flatMap((each) => named({ made: each, seed }) ?? []));
    expect(wrong.length).toBeLessThanOrEqual(1);
  });

  it('where all moved alike', () => {
    expect(named({ made: 'amount', now: grown(1.6) })).toBeNull();
    expect(named({ made: 'count', now: grown(0.5) })).toBeNull();
  });

  it('where a member moves as it always does', () => {
    // East sells something between nothing and three times as much in every window.
    const random = randomStream(5, 'restless');
    const windows = Array.from({ length: 13 }, (_, index) =>
      figuresOf(
        times('region', 'East', [0.3, 2, 1, 0.2, 2.8, 0.6, 1.7][index % 7] ?? 1)(ordinary(random), random),
        'amount',
      ),
    );
    const [now = [], ...earlier] = windows;
    expect(
      explainChange(kpiMade.amount, now, earlier[0] ?? [], { habit: earlier.slice(0, 8), runs: [earlier] })
        .culprit,
    ).toBeNull();
  });

  it('“(other)”, which is nobody', () => {
    const renamed = (rows: readonly FigureRow[]) =>
      rows
        .map((row) => (row.member === 'EDI' ? { ...row, member: '(other)' } : row))
        .filter((row) => row.dimension === null || row.dimension === 'channel');
    const { now, earlier } = windowsOf({ made: 'amount', now: times('channel', 'EDI', 3) });
    const windows = earlier.map(renamed);
    const { culprit } = explainChange(kpiMade.amount, renamed(now), windows[0] ?? [], {
      habit: windows.slice(0, 8),
      runs: [windows],
    });
    expect(culprit).toBeNull();
  });

  it('without any earlier window, unless counts leave no doubt', () => {
    expect(named({ made: 'amount', windows: 1, now: times('region', 'East', 0.6) })).toBeNull();
    expect(named({ made: 'share', windows: 1, now: spoilt('brand', 'Fjellgrip', 0.3) })).toBeNull();
    expect(named({ made: 'share', windows: 1, now: spoilt('category', 'All-season', 0.95) })).toBe(
      'category All-season',
    );
  });
});

describe('a quiet total', () => {
  it('does not hide two members that offset one another', () => {
    const now: Parameters<typeof explainedScene>[0]['now'] = (things, random) =>
      times('channel', 'Phone', 1.7)(times('channel', 'WEB', 0.5)(things, random), random);
    const { offsetting, change, before } = explainedScene({ made: 'amount', now });
    expect(Math.abs(change ?? 0)).toBeLessThan(0.05 * (before ?? 0));
    expect(offsetting?.map(({ member, effect }) => [member, Math.sign(effect)])).toEqual([
      ['WEB', -1],
      ['Phone', 1],
    ]);
  });

  it('in which one member moved has no second: the others only look as if they had', () => {
    expect(explainedScene({ made: 'amount', now: times('channel', 'WEB', 0.5) }).offsetting).toBeNull();
    expect(explainedScene({ made: 'amount' }).offsetting).toBeNull();
  });
});

describe('laws', () => {
  const scene = fc.record({
    made: fc.constantFrom<Made>('amount', 'count', 'share', 'mean'),
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    factor: fc.double({ min: 0, max: 3, noNaN: true }),
    region: fc.constantFrom('North', 'East', 'South', 'West'),
    windows: fc.integer({ min: 1, max: 12 }),
  });
  const drawn = ({
    made,
    seed,
    factor,
    region,
    windows,
  }: typeof scene extends fc.Arbitrary<infer S> ? S : never) =>
    windowsOf({
      made,
      seed,
      windows,
      now: (things, random) =>
        times(
          'region',
          region,
          factor,
        )(spoilt('region', region, Math.min(1, factor / 3))(things, random), random),
    });
  const explained = (made: Made, now: readonly FigureRow[], earlier: readonly (readonly FigureRow[])[]) =>
    explainChange(kpiMade[made], now, earlier[0] ?? [], { habit: earlier.slice(0, 8), runs: [earlier] });

  it('in another currency the same is named, as surely', () => {
    fc.assert(
      fc.property(scene, fc.constantFrom(0.0001, 0.01, 7, 100_000), (each, rate) => {
        const made = each.made === 'mean' ? 'mean' : 'amount';
        const converted = (rows: readonly FigureRow[]) =>
          rows.map((row) => ({ ...row, numerator: String(Number(row.numerator) * rate) }));
        const { now, earlier } = drawn({ ...each, made });
        const [one, two] = [
          explained(made, now, earlier),
          explained(made, converted(now), earlier.map(converted)),
        ];
        expect(two.culprit?.member).toBe(one.culprit?.member);
        if (one.culprit) expect(two.culprit?.z).toBeCloseTo(one.culprit.z, 6);
        expect(two.offsetting?.map(({ member }) => member)).toEqual(
          one.offsetting?.map(({ member }) => member),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('the order of rows, and of dimensions, does not matter', () => {
    fc.assert(
      fc.property(scene, (each) => {
        const { now, earlier } = drawn(each);
        const turned = (rows: readonly FigureRow[]) => rows.toReversed();
        expect(explained(each.made, turned(now), earlier.map(turned))).toEqual(
          explained(each.made, now, earlier),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('whoever is named did it in the direction of the change, and is a member of now or before', () => {
    fc.assert(
      fc.property(scene, (each) => {
        const { now, earlier } = drawn(each);
        const { culprit, suspects } = explained(each.made, now, earlier);
        for (const { score, explained: share } of suspects) expect(score > 0 && share >= 0.25).toBe(true);
        if (!culprit) return;
        expect(culprit.explained).toBeGreaterThanOrEqual(0.25);
        expect([...now, ...(earlier[0] ?? [])].map((row) => row.member)).toContain(culprit.member);
      }),
      { numRuns: 40 },
    );
  });
});
