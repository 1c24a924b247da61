import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of random numbers that is the same on every machine for the same seed and name. */
export interface Random {
  /** 0 up to, not including, 1. */
  float(): number;
  /** 0 up to, not including, `below`. */
  int(below: number): number;
  /** `low` up to and including `high`, whole. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
}

const RANGE = 2 ** 32;

/**
 * Each part of the company draws from streams of its own, named after what they are for and the day: a planted story
 * that draws more or fewer numbers leaves everything else as it was.
 */
export function randomStream(seed: number, name: string): Random {
  const generator = xoroshiro128plus(hash(`${seed}/${name}`));
  const float = () => (generator.next() >>> 0) / RANGE;
  const int = (below: number) => Math.floor(float() * below);
  return {
    float,
    int,
    between: (low, high) => low + int(high - low + 1),
    chance: (probability) => float() < probability,
    pick: <T>(list: readonly T[]) => list[int(list.length)] as T,
  };
}

/** FNV-1a, 32 bits: also for facts that must be the same wherever they are asked for, such as a product's shelf. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

/** A list in which each value stands as often as its weight (whole numbers) says: `random.pick` draws by weight. */
export const weighted = <T>(entries: readonly (readonly [T, number])[]): readonly T[] =>
  entries.flatMap(([value, weight]) => Array.from({ length: weight }, () => value));

/** Deals values like cards, so that of each full deck every value has its exact share, in an order of chance. */
export function dealer<T>(random: Random, cards: readonly T[]): () => T {
  let deck: T[] = [];
  return () => {
    if (deck.length === 0) {
      deck = [...cards];
      for (let at = deck.length - 1; at > 0; at -= 1) {
        const other = random.int(at + 1);
        [deck[at], deck[other]] = [deck[other] as T, deck[at] as T];
      }
    }
    return deck.pop() as T;
  };
}

/**
 * Turns expected amounts into whole numbers without losing any: what is cut off is carried to the next. Counts made so
 * keep to their mean far better than drawn ones, which keeps a quiet day quiet.
 */
export function carrier(start = 0.5): (expected: number) => number {
  let carried = start;
  return (expected) => {
    carried += expected;
    const whole = Math.floor(carried);
    carried -= whole;
    return whole;
  };
}
