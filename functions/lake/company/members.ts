import { z } from 'zod';
import { OTHER_MEMBERS, UNKNOWN_MEMBER } from '../catalogue/kpi.ts';

const member = z
  .string()
  .min(1)
  .refine(
    (name) => name !== OTHER_MEMBERS && name !== UNKNOWN_MEMBER,
    `${OTHER_MEMBERS} and ${UNKNOWN_MEMBER} are what is left of all others, and nobody’s`,
  );

/** Members of dimensions that somebody is told of, by dimension: `{ region: [Nord], sales_rep: [rep-7] }`. */
export const members = z
  .record(z.string(), z.array(member).min(1))
  .refine((mine) => Object.keys(mine).length > 0, 'names no dimension; leave it out for the whole company');
export type Members = z.infer<typeof members>;

/** A member of a dimension. */
export interface Member {
  readonly dimension: string;
  readonly member: string;
}

/** One after another, in their order; each once. */
export const membersOf = (mine: Members): readonly Member[] =>
  Object.entries(mine).flatMap(([dimension, names]) =>
    [...new Set(names)].map((member) => ({ dimension, member })),
  );

/** Whether a member is one of somebody's; a total is nobody's. */
export const isAmong = (
  mine: Members,
  dimension: string | null | undefined,
  member: string | null | undefined,
): boolean =>
  dimension != null &&
  member != null &&
  Object.hasOwn(mine, dimension) &&
  mine[dimension]?.includes(member) === true;

/** All members of both. */
export function bothOf(one: Members, other: Members): Members {
  const dimensions = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  const of = (mine: Members, dimension: string): readonly string[] =>
    Object.hasOwn(mine, dimension) ? (mine[dimension] ?? []) : [];
  return Object.fromEntries(
    dimensions.map((dimension) => [
      dimension,
      [...new Set([...of(one, dimension), ...of(other, dimension)])],
    ]),
  );
}
