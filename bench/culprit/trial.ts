import type { ComparisonName } from '../../functions/lake/catalogue/kpi.ts';
import { spanOf } from '../../functions/lake/company/calendar.ts';
import { type Compared, earlierWindows } from '../../functions/lake/drivers/earlier.ts';
import { explainChange } from '../../functions/lake/drivers/explain-change.ts';
import type { EarlierWindows, FigureRow } from '../../functions/lake/drivers/windows.ts';
import { daysBetween } from '../../functions/lake/values/day.ts';
import { type Random, randomStream } from '../../sandbox/kit/random.ts';
import { keptOn, rowsOf } from './cube.ts';
import type { Fact, Facts, Lived } from './facts.ts';
import { type Plant, planted } from './plant.ts';
import { chosenUntil02 } from './todays-score.ts';

/** A change with what is known of it, and what was planted. */
export interface Case {
  readonly facts: Pick<Facts, 'id' | 'kpi'>;
  readonly compared: Compared;
  readonly now: readonly FigureRow[];
  readonly before: readonly FigureRow[];
  /** The earlier windows of a snapshot of a year and more, of a quarter, of a single day. */
  readonly earlier: Readonly<Record<Depth, EarlierWindows>>;
  readonly plant: Plant | null;
  /** What the planted cause did to the figure, as a share of it. */
  readonly effect: number;
  readonly twins: Lived['twins'];
}

/** Since when the company's days are recorded. */
export const depths = ['year', 'quarter', 'day'] as const;
type Depth = (typeof depths)[number];

/** Ways of choosing: by snapshots of a depth, and as version 0.2 did. */
export type Way = Depth | 'until 0.2';

export interface Outcome extends Pick<Case, 'plant' | 'effect' | 'compared'> {
  readonly kpi: string;
  readonly named: Readonly<Record<Way, Name | null>>;
  readonly isRight: Readonly<Record<Way, boolean>>;
}

export interface Name {
  readonly dimension: string;
  readonly member: string;
}

/** A year of windows before the last, a year of largest members before each. */
const DAYS = 900;
const LAST_DAYS = 150;
/** What a first run measures. */
const QUARTER = 90;
const CALENDAR = { closed: { weekdays: ['sunday' as const], days: [] }, fiscal_year_starts: 1 };

export interface Trial {
  readonly seed: number;
  readonly endsOn: string;
  readonly cases: number;
  /** Lets a company live. */
  readonly live: (seed: number, endsOn: string, days: number) => Lived;
}

/** Cases of one company: so many with a cause, and as many without. */
export function* casesOf({ seed, endsOn, cases, live }: Trial): Generator<Case> {
  const lived = live(seed, endsOn, DAYS);
  const random = randomStream(seed, 'culprits');
  for (const isCalm of [false, true]) {
    let told = 0;
    for (let tries = 0; told < cases && tries < cases * 60; tries += 1) {
      const found = tryOne(lived, random, isCalm);
      if (found) yield found;
      told += found ? 1 : 0;
    }
  }
}

export function judged({ facts, compared, now, before, earlier, plant, effect, twins }: Case): Outcome {
  const by = (depth: Depth): Name | null => explainChange(facts.kpi, now, before, earlier[depth]).culprit;
  const named = {
    year: by('year'),
    quarter: by('quarter'),
    day: by('day'),
    'until 0.2': chosenUntil02(facts.kpi, now, before),
  };
  const right = Object.entries(named).map(([way, name]) => [way, isSame(twins, plant, name)]);
  return { kpi: facts.id, compared, plant, effect, named, isRight: Object.fromEntries(right) };
}

const COMPARED = {
  net_revenue: [
    ['last_7d', 'previous'],
    ['last_28d', 'previous'],
    ['mtd', 'last_year'],
  ],
  orders: [
    ['last_7d', 'previous'],
    ['last_28d', 'previous'],
    ['mtd', 'last_year'],
  ],
} as const;
const SHORT = [
  ['last_7d', 'previous'],
  ['last_28d', 'previous'],
] as const;

function tryOne(lived: Lived, random: Random, isCalm: boolean): Case | null {
  const facts = random.pick(lived.facts);
  const [period, against] = random.pick(COMPARED[facts.id as keyof typeof COMPARED] ?? SHORT);
  const last = lived.dates.length - 1 - random.int(LAST_DAYS);
  const compared: Compared = { asOf: lived.dates[last] as string, period, against };
  const cubes = cubesOf(lived, facts, period);
  const happened = cubes.facts(compared.asOf, 'current');
  const before = cubes.rows(compared.asOf, against);
  const calm = rowsOf(facts, happened, cubes.kept(compared.asOf));
  const plant = isCalm ? null : drawPlant(facts, calm, random);
  if (!isCalm && plant === null) return null;
  const now = plant
    ? rowsOf(facts, planted(facts, happened, plant, random), cubes.kept(compared.asOf))
    : calm;
  if (!isTold(facts, now, before)) return null;
  const since = (days: number): EarlierWindows =>
    earlierWindows(CALENDAR, compared, (asOf, kind) => {
      if (asOf === compared.asOf && kind === 'current') return now;
      return daysBetween(asOf, compared.asOf) > days ? [] : cubes.rows(asOf, kind);
    });
  const earlier = { year: since(DAYS), quarter: since(QUARTER), day: since(0) };
  const effect = (value(facts, now) - value(facts, calm)) / value(facts, calm);
  return { facts, compared, now, before, earlier, plant, effect, twins: lived.twins };
}

function isSame(twins: Lived['twins'], plant: Plant | null, name: Name | null): boolean {
  if (!plant || !name) return false;
  const canonical = ({ dimension, member }: Name): string =>
    twins[`${dimension}/${member}`] ?? `${dimension}/${member}`;
  return canonical(plant) === canonical(name);
}

/** At least this share of the whole. */
const LEAST_SHARE = 0.012;

function drawPlant(facts: Facts, calm: readonly FigureRow[], random: Random): Plant | null {
  const dimension = random.pick(facts.dimensions);
  const side = facts.plants === 'turns' || facts.plants === 'denominators' ? 'denominator' : 'numerator';
  const whole = Number(calm[0]?.[side]);
  const members = calm.filter(
    (row) =>
      row.dimension === dimension &&
      !row.member?.startsWith('(') &&
      Number(row[side]) >= LEAST_SHARE * whole &&
      Number(row[side]) < 0.9 * whole,
  );
  if (members.length === 0) return null;
  const drawn = random.pick(members);
  const member = drawn.member as string;
  if (facts.plants !== 'turns') return { dimension, member, size: random.float() * 3 };
  const share = Number(drawn.numerator) / Number(drawn.denominator);
  // Up to where all turn, or up to three times as many.
  const points = random.chance(0.5)
    ? -share * random.float()
    : Math.min(1 - share, 2 * share) * random.float();
  return { dimension, member, size: points };
}

const value = (facts: Facts, rows: readonly FigureRow[]): number =>
  facts.kpi.ratio ? Number(rows[0]?.numerator) / Number(rows[0]?.denominator) : Number(rows[0]?.numerator);

/** As mails do: half a point, or two per cent. */
const isTold = (facts: Facts, now: readonly FigureRow[], before: readonly FigureRow[]): boolean => {
  const [one, two] = [value(facts, before), value(facts, now)];
  return Math.abs(two - one) >= (facts.kpi.unit === 'percent' ? 0.005 : 0.02 * one);
};

/** Windows of earlier days are the same for every case. */
const known = new WeakMap<Facts, Map<string, FigureRow[]>>();
const keptOf = new WeakMap<Facts, Map<number, Map<string, Set<string>>>>();

function cubesOf(lived: Lived, facts: Facts, period: Compared['period']) {
  const rowsKnown = known.get(facts) ?? new Map<string, FigureRow[]>();
  const keptKnown = keptOf.get(facts) ?? new Map<number, Map<string, Set<string>>>();
  known.set(facts, rowsKnown);
  keptOf.set(facts, keptKnown);
  const first = lived.dates[0] as string;
  const happened = (asOf: string, comparison: ComparisonName): Fact[] => {
    const { startsOn, endsOn } = spanOf(CALENDAR, asOf, period, comparison);
    const from = daysBetween(first, startsOn);
    return from < 0 ? [] : facts.days.slice(from, daysBetween(first, endsOn) + 1).flat();
  };
  const kept = (asOf: string): Map<string, Set<string>> => {
    const at = daysBetween(first, asOf);
    const lists = keptKnown.get(at) ?? keptOn(facts, at);
    keptKnown.set(at, lists);
    return lists;
  };
  const rows = (asOf: string, comparison: ComparisonName): FigureRow[] => {
    const key = `${period} ${asOf} ${comparison}`;
    const found = rowsKnown.get(key);
    if (found) return found;
    const facts_ = happened(asOf, comparison);
    const made = facts_.length === 0 ? [] : rowsOf(facts, facts_, kept(asOf));
    rowsKnown.set(key, made);
    return made;
  };
  return { facts: happened, kept, rows };
}
