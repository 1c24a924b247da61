import { OTHER_MEMBERS } from '../../functions/lake/catalogue/kpi.ts';
import type { FigureRow } from '../../functions/lake/drivers/windows.ts';
import type { Fact, Facts } from './facts.ts';

/** As KPIs keep them. */
const TOP = 50;

type Tally = Map<string, [numerator: number, denominator: number]>;

/** The rows that the snapshot would have of some facts: the total, and every member of every dimension. */
export function rowsOf(
  facts: Facts,
  happened: Iterable<Fact>,
  kept: ReadonlyMap<string, ReadonlySet<string>>,
): FigureRow[] {
  const tallies = facts.dimensions.map((): Tally => new Map());
  const whole: [number, number] = [0, 0];
  const count = (tally: Tally, member: string, fact: Fact): void => {
    const sums = tally.get(member) ?? [0, 0];
    sums[0] += fact.numerator * fact.times;
    sums[1] += fact.denominator * fact.times;
    tally.set(member, sums);
  };
  for (const fact of happened) {
    whole[0] += fact.numerator * fact.times;
    whole[1] += fact.denominator * fact.times;
    for (const [at, tally] of tallies.entries()) {
      const member = fact.members[at] as string | readonly string[];
      const list = kept.get(facts.dimensions[at] as string);
      if (typeof member !== 'string') for (const each of member) count(tally, each, fact);
      else count(tally, list === undefined || list.has(member) ? member : OTHER_MEMBERS, fact);
    }
  }
  const row = (
    dimension: string | null,
    member: string | null,
    [n, d]: readonly [number, number],
  ): FigureRow => ({
    dimension,
    member,
    numerator: n.toFixed(4),
    denominator: facts.kpi.ratio ? d.toFixed(4) : null,
  });
  return [
    row(null, null, whole),
    ...tallies.flatMap((tally, at) =>
      [...tally].map(([member, sums]) => row(facts.dimensions[at] as string, member, sums)),
    ),
  ];
}

/** The largest members of the year up to a day, of each dimension of which only those are kept. */
export function keptOn(facts: Facts, last: number): Map<string, Set<string>> {
  return new Map(
    [...facts.top].map((dimension) => {
      const at = facts.dimensions.indexOf(dimension);
      const sums = new Map<string, number>();
      for (const day of facts.days.slice(Math.max(0, last - 364), last + 1))
        for (const fact of day) {
          const member = fact.members[at] as string;
          sums.set(member, (sums.get(member) ?? 0) + fact.numerator);
        }
      const largest = [...sums].toSorted((a, b) => b[1] - a[1]).slice(0, TOP);
      return [dimension, new Set(largest.map(([member]) => member))];
    }),
  );
}
