import { type LoadedState, loadedStateKey, problemOf } from '../lake/landing/batch.ts';
import { onceLoaded } from '../lake/run/loaded.ts';
import type { Damage } from '../lake/run/look-at-state.ts';
import { noteDamages } from '../lake/run/mend-state.ts';
import type { RunRef } from '../lake/run/run.ts';
import { readStateIfSound } from '../lake/state/file.ts';
import type { Tables } from '../lake/tables/tables.ts';
import { sqlText } from '../lake/values/sql-text.ts';
import { queryRows } from '../platform/engine.ts';
import type { Platform } from '../platform/platform.ts';
import { putBack } from './lake-copies.ts';
import { mergeAgain } from './load-batch.ts';

type Needed = Pick<Platform, 'bucket' | 'engine' | 'clock' | 'log'>;

/**
 * Fills the lake again where it holds nothing of what the records say was loaded: a database that was lost, emptied or
 * damaged. The newest copy is put back, and the batches after it are merged in the same order. What of it is not in the landing zone any more is read from
 * the source again by the next run; until then nothing is computed from that table, for half of the data looks like
 * figures that fell.
 */
export async function rebuildLake(platform: Needed, tables: Tables, run: RunRef): Promise<void> {
  const { bucket, log } = platform;
  const damages: Damage[] = [];
  const states: LoadedState[] = [];
  for await (const { key } of bucket.list('state/loaded/')) {
    const state = await readStateIfSound<LoadedState>(bucket, key);
    if (state?.inputs.some(({ rows }) => rows > 0) && tables.has(state.table)) states.push(state);
  }
  for (const state of states) {
    if (await holdsRows(platform, state)) continue;
    const damage = await refill(platform, tables, state);
    log.warn('lake table refilled', { ...damage });
    damages.push(damage);
  }
  await noteDamages(bucket, run, damages);
}

async function holdsRows({ engine }: Needed, { table, source }: LoadedState): Promise<boolean> {
  const sql = `SELECT 1 AS found FROM ${engine.dialect.table(table)} WHERE _source = ${sqlText(source)} LIMIT 1`;
  return (await queryRows(engine, sql, { label: `is ${table} of ${source} there` })).length > 0;
}

async function refill(platform: Needed, tables: Tables, { table, source }: LoadedState): Promise<Damage> {
  const { bucket } = platform;
  const { copy, batches, isComplete } = await onceLoaded(bucket, source, table);
  const message = `the lake held nothing of ${table} from ${source}, though it was loaded: the database was lost or damaged`;
  let why = isComplete ? undefined : 'part of it is not in the landing zone any more';
  try {
    if (copy) await putBack(platform.engine, copy);
    for (const { batch } of batches) await mergeAgain(platform, batch, tables);
  } catch (error) {
    why = problemOf(error).message;
  }
  const key = `lake/${table}`;
  if (why === undefined) {
    const from = copy === undefined ? '' : `a copy of ${copy.run.split('.')[0]} and `;
    const remedy = `It was filled again from ${from}the ${batches.length} batches of the landing zone.`;
    return { key, message, remedy };
  }
  await bucket.remove(loadedStateKey(source, table));
  return {
    key,
    message,
    lost: table,
    remedy: `It could not be filled again (${why}). The next run reads ${source} from its beginning; until then nothing is computed from ${table}.`,
  };
}
