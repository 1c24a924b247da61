import { z } from 'zod';

/** What a company wants otherwise of a list. */
const listWanted = z.strictObject({
  /** Whether it is made. */
  on: z.boolean().optional(),
  /** Entries at most; of each sales representative, where the list is by representatives. */
  rows: z.int().min(1).max(10_000).optional(),
  /** The least weight, which is what the list shows second: an amount, a score. */
  at_least: z.number().min(0).optional(),
  /** Roles who are shown all of a list that names customers; everybody else the entries of her members, or none. */
  in_full: z.array(z.string()).default([]),
});

/** `lists` of vigie.yaml, by id of a list. */
export const listChoice = z.record(z.string(), listWanted);

/** Ids of lists, in the order in which somebody is shown them. */
export const listNames = z.array(z.string()).min(1);
