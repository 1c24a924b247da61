import pLimit from 'p-limit';
import type { Batch } from '../lake/landing/batch.ts';
import { reachOf } from '../lake/landing/find-reach.ts';
import type { Reach } from '../lake/landing/months.ts';
import {
  batchMonth,
  batchMonths,
  type DatedMerge,
  EVERYTHING,
  heldMonths,
  isDated,
  textKeys,
} from '../lake/landing/reach.ts';
import type { Tables } from '../lake/tables/tables.ts';
import type { Cell } from '../platform/engine.ts';
import { understood } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { AT_ONCE } from './ask-checks.ts';
import { askTogether } from './together.ts';

type Needed = Pick<Platform, 'engine' | 'log'>;
type Row = Readonly<Record<string, Cell>>;

/** A batch of a table that is cut by month. */
interface Dated {
  readonly batch: Batch;
  readonly merge: DatedMerge;
}

/**
 * The months in which the lake has rows of each batch's keys and scopes, wherever they are: sums are added up there, and no other
 * file is opened. Where that cannot be asked, the whole table is added up, and the check itself says what is wrong.
 */
export async function reachesOf(
  platform: Needed,
  tables: Tables,
  batches: readonly Batch[],
): Promise<Map<Batch, Reach>> {
  const dated = datedOf(platform, tables, batches);
  const width = Math.max(0, ...dated.map(({ merge }) => textKeys(merge, EVERYTHING).length));
  const named = await ask(platform, dated, ({ merge }) => batchMonths(merge, EVERYTHING, width));
  const own = named.map(([one, rows]) => ({
    ...one,
    months: rows.map((row) => batchMonth(one.merge, EVERYTHING, row)),
  }));
  const held = await ask(platform, own, ({ merge, months }) => heldMonths(merge, EVERYTHING, months));
  return new Map(held.map(([{ batch, months }, rows]) => [batch, reachOf(months, rows)]));
}

const datedOf = ({ engine: { dialect } }: Needed, tables: Tables, batches: readonly Batch[]): Dated[] =>
  batches
    .filter(({ files }) => files.length > 0)
    .flatMap((batch) => {
      const merge = { dialect, table: tables.table(batch.table), batch };
      return isDated(merge) ? [{ batch, merge }] : [];
    });

/** Those of which it could be asked, each with what was found. */
async function ask<T extends Dated>(
  platform: Needed,
  dated: readonly T[],
  sqlOf: (one: T) => string,
): Promise<[T, readonly Row[]][]> {
  const parts = dated.map((one) => ({
    sql: sqlOf(one),
    label: `months of ${one.batch.table} from ${one.batch.source}`,
  }));
  const answers = await askTogether(platform, parts, pLimit(AT_ONCE));
  return dated.flatMap((one, at): [T, readonly Row[]][] => {
    const answer = answers[at];
    if (answer === undefined || 'rows' in answer) return [[one, answer?.rows ?? []]];
    const problem = understood(answer.error).message;
    platform.log.warn('months of a batch cannot be looked up', { table: one.batch.table, problem });
    return [];
  });
}
