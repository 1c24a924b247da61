import { type ChangeExplanation, explainChange } from '../../../functions/lake/drivers/explain-change.ts';
import type { DrivenKpi } from '../../../functions/lake/drivers/form.ts';
import type { FigureRow } from '../../../functions/lake/drivers/windows.ts';
import { type Random, randomStream } from '../../../sandbox/kit/random.ts';

/** A sale or a cart: what it adds, and the members it belongs to (several where a cart holds several brands). */
export interface Thing {
  readonly amount: number;
  readonly bad: boolean;
  readonly members: Readonly<Record<string, string | readonly string[]>>;
}

/** All-season tyres are of two brands; truck tyres are Bohemond's and nobody else's. */
const RANGES = [
  { category: 'All-season', brand: 'Fjellgrip', weight: 26 },
  { category: 'All-season', brand: 'Aurelia', weight: 20 },
  { category: 'Summer', brand: 'Aurelia', weight: 20 },
  { category: 'Winter', brand: 'Kestrel', weight: 20 },
  { category: 'Truck', brand: 'Bohemond', weight: 14 },
].flatMap((range) => Array.from({ length: range.weight }, () => range));
const REGIONS = ['North', 'North', 'North', 'East', 'East', 'South', 'South', 'West'];
const CHANNELS = ['WEB', 'WEB', 'WEB', 'Phone', 'Phone', 'EDI'];

/** What happened in a window of an ordinary time, by chance. */
export function ordinary(random: Random, things = 2000): Thing[] {
  return Array.from({ length: things }, () => {
    const { category, brand } = random.pick(RANGES);
    return {
      amount: 20 + random.int(180),
      bad: random.chance(0.7),
      members: { category, brand, region: random.pick(REGIONS), channel: random.pick(CHANNELS) },
    };
  });
}

export type Made = 'amount' | 'count' | 'share' | 'mean';

export const kpiMade: Readonly<Record<Made, DrivenKpi>> = {
  amount: { ratio: false, unit: 'currency' },
  count: { ratio: false, unit: 'count' },
  share: { ratio: true, unit: 'percent' },
  mean: { ratio: true, unit: 'currency' },
};

/** The rows that a snapshot would have. */
export function figuresOf(things: readonly Thing[], made: Made): FigureRow[] {
  const sums: { dimension: string | null; member: string | null; n: number; d: number }[] = [];
  // By dimension, then by member: to join both into one key for each of so many things took most of a test's time.
  const places = new Map<string | null, Map<string | null, (typeof sums)[number]>>();
  const placeOf = (dimension: string | null, member: string | null): (typeof sums)[number] => {
    const members = places.get(dimension) ?? new Map<string | null, (typeof sums)[number]>();
    const known = members.get(member);
    if (known) return known;
    const sum = { dimension, member, n: 0, d: 0 };
    sums.push(sum);
    places.set(dimension, members.set(member, sum));
    return sum;
  };
  const count = (dimension: string | null, member: string | null, thing: Thing): void => {
    const sum = placeOf(dimension, member);
    sum.n += made === 'count' ? 1 : made === 'share' ? Number(thing.bad) : thing.amount;
    sum.d += 1;
  };
  for (const thing of things) {
    count(null, null, thing);
    for (const [dimension, members] of Object.entries(thing.members))
      if (typeof members === 'string') count(dimension, members, thing);
      else for (const member of members) count(dimension, member, thing);
  }
  const { ratio } = kpiMade[made];
  return sums.map(({ dimension, member, n, d }) => ({
    dimension,
    member,
    numerator: String(n),
    denominator: ratio ? String(d) : null,
  }));
}

export interface Scene {
  readonly made: Made;
  /** What is done to the things of the last window. */
  readonly now?: (things: readonly Thing[], random: Random) => readonly Thing[];
  /** … and to those of the window before. */
  readonly before?: (things: readonly Thing[], random: Random) => readonly Thing[];
  /** Windows before the last. */
  readonly windows?: number;
  readonly seed?: number;
}

/** The last of some windows explained, against the one before. */
export function explainedScene(scene: Scene): ChangeExplanation {
  const { now, earlier } = windowsOf(scene);
  return explainChange(kpiMade[scene.made], now, earlier[0] ?? [], {
    habit: earlier.slice(0, 8),
    runs: [earlier],
  });
}

export function windowsOf({ made, now, before, windows = 12, seed = 7 }: Scene): {
  now: FigureRow[];
  earlier: FigureRow[][];
} {
  const random = randomStream(seed, 'culprit tests');
  const same = (things: readonly Thing[]) => things;
  const last = figuresOf((now ?? same)(ordinary(random), random), made);
  const earlier = Array.from({ length: windows }, (_, index) =>
    figuresOf((index === 0 && before ? before : same)(ordinary(random), random), made),
  );
  return { now: last, earlier };
}

function belongs(thing: Thing, dimension: string, member: string): boolean {
  const members = thing.members[dimension];
  return typeof members === 'string' ? members === member : (members?.includes(member) ?? false);
}

/** Of a member, only this share of its things is there (or so many times as many). */
export const times =
  (dimension: string, member: string, factor: number) =>
  (things: readonly Thing[], random: Random): Thing[] =>
    things.flatMap((thing) =>
      belongs(thing, dimension, member)
        ? Array.from({ length: Math.floor(factor) + (random.float() < factor % 1 ? 1 : 0) }, () => thing)
        : [thing],
    );

/** Of a member's good things, this share turns bad. */
export const spoilt =
  (dimension: string, member: string, share: number) =>
  (things: readonly Thing[], random: Random): Thing[] =>
    things.map((thing) =>
      belongs(thing, dimension, member) && random.chance(share) ? { ...thing, bad: true } : thing,
    );

/** Everybody has so many times as much. */
export const grown =
  (factor: number) =>
  (things: readonly Thing[], random: Random): Thing[] =>
    things.flatMap((thing) =>
      Array.from({ length: Math.floor(factor) + (random.float() < factor % 1 ? 1 : 0) }, () => thing),
    );
