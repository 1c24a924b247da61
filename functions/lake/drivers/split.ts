/** A member's numerator and denominator in the two windows; 0 where it has no figure. */
export interface MemberSums {
  readonly member: string;
  readonly before: Sums | null;
  readonly after: Sums | null;
}

export interface Sums {
  readonly numerator: number;
  /** 1 for a plain amount or count. */
  readonly denominator: number;
}

/** A member's part in the change of the whole, in the KPI's unit. */
export interface Part {
  readonly member: string;
  /** Its own figure changed. For an amount: all of it. */
  readonly rate: number;
  /** Its weight in the whole changed. */
  readonly mix: number;
  /** Its share of the whole over both windows: what it would have carried had all members moved alike. */
  readonly weight: number;
}

/** A member's whole part in the change. */
export const effectOf = (part: Part): number => part.rate + part.mix;

const NONE: Sums = { numerator: 0, denominator: 0 };

/** Splits the change of a sum: each member carries its own change. */
export function splitAmount(members: readonly MemberSums[]): Part[] {
  const size = ({ before, after }: MemberSums): number =>
    Math.abs(before?.numerator ?? 0) + Math.abs(after?.numerator ?? 0);
  const whole = members.reduce((sum, each) => sum + size(each), 0);
  return members.map((each) => ({
    member: each.member,
    rate: (each.after?.numerator ?? 0) - (each.before?.numerator ?? 0),
    mix: 0,
    weight: whole === 0 ? 0 : size(each) / whole,
  }));
}

/**
 * Splits the change of a ratio R = N / D into what each member carries, exactly. With shares w = Di / D, rates
 * r = Ni / Di, and bars for the mean of the two windows:
 *
 *     R1 − R0 = Σ w̄·(r1 − r0)  +  Σ (r̄ − R̄)·(w1 − w0)
 *               rate              mix
 *
 * (the midpoint form of the Laspeyres–Paasche shift-share split: no residual, and swapping the windows only turns
 * the signs). A member without denominator in one window has no rate there; its rate counts as unchanged, so that its
 * coming or going is mix. A numerator without denominator (cost without customers) is rate.
 */
export function splitRatio(members: readonly MemberSums[]): Part[] {
  const whole0 = total(members.map((each) => each.before ?? NONE));
  const whole1 = total(members.map((each) => each.after ?? NONE));
  if (whole0.denominator === 0 || whole1.denominator === 0) return [];
  const meanRatio = (whole0.numerator / whole0.denominator + whole1.numerator / whole1.denominator) / 2;
  return members.map(({ member, before, after }) => {
    const [one, two] = [before ?? NONE, after ?? NONE];
    const [share0, share1] = [one.denominator / whole0.denominator, two.denominator / whole1.denominator];
    const moved = two.numerator / whole1.denominator - one.numerator / whole0.denominator;
    const [rate0, rate1] = [rateOf(one) ?? rateOf(two), rateOf(two) ?? rateOf(one)];
    const mix = rate0 === null || rate1 === null ? 0 : ((rate0 + rate1) / 2 - meanRatio) * (share1 - share0);
    return { member, rate: moved - meanRatio * (share1 - share0) - mix, mix, weight: (share0 + share1) / 2 };
  });
}

/** Splits a ratio whose members share one denominator (cost of a channel over all revenue): a sum of fractions. */
export function splitShared(members: readonly MemberSums[], whole: Windows): Part[] {
  const fraction = (sums: Sums | null, of: Sums): number => (sums?.numerator ?? 0) / of.denominator;
  const fractions = members.map(({ member, before, after }) => ({
    member,
    before: { numerator: fraction(before, whole.before), denominator: 1 },
    after: { numerator: fraction(after, whole.after), denominator: 1 },
  }));
  return splitAmount(fractions);
}

/**
 * Ranks the members of a share of counted things that may belong to several members (carts by brand). What a member
 * stands for is seen by leaving out everything that has it: if the rest did not change, it carries the change. With w
 * its mean share of the things and Δ' the change of the rest, its part is w·Δ + (1 − w)·(Δ − Δ'), which for members
 * that do not overlap is its contribution. These parts do not add up.
 */
export function rankOverlapping(members: readonly MemberSums[], whole: Windows): Part[] {
  const change = quotient(whole.after) - quotient(whole.before);
  return members.map(({ member, before, after }) => {
    const [one, two] = [before ?? NONE, after ?? NONE];
    const weight =
      (one.denominator / whole.before.denominator + two.denominator / whole.after.denominator) / 2;
    const [rest0, rest1] = [less(whole.before, one), less(whole.after, two)];
    const isTold = rest0.denominator > 0 && rest1.denominator > 0;
    const gone = isTold ? change - (quotient(rest1) - quotient(rest0)) : 0;
    return { member, rate: weight * change + (1 - weight) * gone, mix: 0, weight };
  });
}

/** The whole in both windows; its denominators are not zero. */
export interface Windows {
  readonly before: Sums;
  readonly after: Sums;
}

const quotient = ({ numerator, denominator }: Sums): number => numerator / denominator;

const less = (whole: Sums, part: Sums): Sums => ({
  numerator: whole.numerator - part.numerator,
  denominator: whole.denominator - part.denominator,
});

const rateOf = ({ numerator, denominator }: Sums): number | null =>
  denominator === 0 ? null : numerator / denominator;

/** Numerators and denominators added up. */
export const total = (sums: readonly Sums[]): Sums => ({
  numerator: sums.reduce((sum, each) => sum + each.numerator, 0),
  denominator: sums.reduce((sum, each) => sum + each.denominator, 0),
});
