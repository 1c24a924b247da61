import type { Random } from '../../sandbox/kit/random.ts';
import type { Fact, Facts } from './facts.ts';

/** What is done to a member for a window. */
export interface Plant {
  readonly dimension: string;
  readonly member: string;
  /** Times as many, or as much. Of a share that turns: points up or down. */
  readonly size: number;
}

/** The facts of a window with a cause planted in them. */
export function planted(facts: Facts, happened: readonly Fact[], plant: Plant, random: Random): Fact[] {
  const at = facts.dimensions.indexOf(plant.dimension);
  const isHit = ({ members }: Fact): boolean => {
    const own = members[at] as string | readonly string[];
    return typeof own === 'string' ? own === plant.member : own.includes(plant.member);
  };
  if (facts.plants === 'things')
    return thinned(happened, isHit, plant, facts.grouped.has(plant.dimension), random);
  if (facts.plants === 'turns') return turned(happened, isHit, plant.size, random);
  const side = facts.plants === 'numerators' ? 'numerator' : 'denominator';
  return happened.map((fact) => (isHit(fact) ? { ...fact, [side]: fact[side] * plant.size } : fact));
}

/** Things come or go: each is there as often as the size says, by chance where that is no whole number. */
function thinned(
  happened: readonly Fact[],
  isHit: (fact: Fact) => boolean,
  { size }: Plant,
  byGroup: boolean,
  random: Random,
): Fact[] {
  const times = (): number => Math.floor(size) + (random.float() < size % 1 ? 1 : 0);
  const ofGroup = new Map<number, number>();
  return happened.flatMap((fact) => {
    if (!isHit(fact)) return [fact];
    const drawn = byGroup ? (ofGroup.get(fact.group) ?? times()) : times();
    ofGroup.set(fact.group, drawn);
    return drawn === 0 ? [] : [{ ...fact, times: fact.times * drawn }];
  });
}

/** A share of things turns: abandoned instead of ordered, or the other way round. */
function turned(
  happened: readonly Fact[],
  isHit: (fact: Fact) => boolean,
  points: number,
  random: Random,
): Fact[] {
  const hit = happened.filter(isHit);
  const all = hit.reduce((sum, { times }) => sum + times, 0);
  const share = hit.reduce((sum, { numerator, times }) => sum + numerator * times, 0) / all;
  const [from, chance] = points > 0 ? [0, points / (1 - share)] : [1, -points / share];
  return happened.flatMap((fact) => {
    if (!isHit(fact) || fact.numerator !== from) return [fact];
    let turns = 0;
    for (let each = 0; each < fact.times; each += 1) if (random.chance(chance)) turns += 1;
    const stay = { ...fact, times: fact.times - turns };
    return turns === 0 ? [fact] : [stay, { ...fact, times: turns, numerator: 1 - from }];
  });
}
