import type { Sums } from './split.ts';

/** A member and all that is not of it, in one window. */
export interface Pair {
  readonly own: Sums;
  readonly rest: Sums;
}

/**
 * What of a member may have moved: its amount (`numerator`), its weight (`denominator`), or its own figure (`rate`: a
 * share of counted things, or a quotient of unlike things).
 */
export type Aspect = 'numerator' | 'denominator' | 'rate';

/**
 * A member against the rest, on a scale on which twice as much is as far up as half as much is down. Whatever moves
 * everybody alike (a season, a holiday, the size of the company) leaves it as it is.
 */
export interface Contrast {
  readonly aspect: Aspect;
  /** Whether things are counted: then even without any history they vary at least as counts do. */
  readonly counted: boolean;
  /** Null where it cannot be read. `least`: about half of one thing, so that none at all has a place on the scale. */
  read(pair: Pair, least: number): number | null;
  /** Sampling variance, up to a factor that the history tells (`dispersion`). */
  variance(pair: Pair, least: number): number | null;
  /** What the member would have had at this contrast, the rest being as it is. */
  expected(pair: Pair, contrast: number): Sums;
}

/** An amount or a count: how large the member is against the rest. */
export function sizeContrast(aspect: 'numerator' | 'denominator', counted: boolean): Contrast {
  const sizes = ({ own, rest }: Pair, least: number): [number, number] | null => {
    // Returns may outweigh sales; there is then nothing of the member.
    const [x, y] = [Math.max(0, own[aspect]) + least, rest[aspect] + least];
    return x > 0 && y > 0 ? [x, y] : null;
  };
  return {
    aspect,
    counted,
    read(pair, least) {
      const read = sizes(pair, least);
      return read && Math.log(read[0] / read[1]);
    },
    variance(pair, least) {
      const read = sizes(pair, least);
      return read && 1 / read[0] + 1 / read[1];
    },
    expected: ({ own, rest }, contrast) => ({ ...own, [aspect]: rest[aspect] * Math.exp(contrast) }),
  };
}

/** A share of things (carts abandoned, out of carts): odds of the member against odds of the rest. */
export function shareContrast(counted: boolean): Contrast {
  const cells = ({ own, rest }: Pair, least: number): number[] | null => {
    const all = [own, rest].flatMap(({ numerator, denominator }) => [numerator, denominator - numerator]);
    const raised = all.map((cell) => cell + least);
    return own.denominator > 0 && rest.denominator > 0 && raised.every((cell) => cell > 0) ? raised : null;
  };
  return {
    aspect: 'rate',
    counted,
    read(pair, least) {
      const read = cells(pair, least);
      return read && logOdds(read);
    },
    variance(pair, least) {
      return cells(pair, least)?.reduce((sum, cell) => sum + 1 / cell, 0) ?? null;
    },
    expected({ own, rest }, contrast) {
      const odds = (rest.numerator / (rest.denominator - rest.numerator)) * Math.exp(contrast);
      const share = Number.isFinite(odds) ? odds / (1 + odds) : 1;
      return { ...own, numerator: own.denominator * share };
    },
  };
}

const logOdds = ([a = 1, b = 1, c = 1, d = 1]: readonly number[]): number =>
  Math.log(a / b) - Math.log(c / d);

/** A quotient of unlike things (amount an order): the member's against the rest's. */
export const quotientContrast: Contrast = {
  aspect: 'rate',
  counted: false,
  read({ own, rest }) {
    const told = [own.numerator, own.denominator, rest.numerator, rest.denominator].every((sum) => sum > 0);
    return told ? logOdds([own.numerator, own.denominator, rest.numerator, rest.denominator]) : null;
  },
  variance({ own, rest }) {
    const told = own.denominator > 0 && rest.denominator > 0;
    return told ? 1 / own.denominator + 1 / rest.denominator : null;
  },
  expected: ({ own, rest }, contrast) => ({
    ...own,
    numerator: (own.denominator * rest.numerator * Math.exp(contrast)) / rest.denominator,
  }),
};
