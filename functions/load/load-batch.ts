import {
  type Batch,
  type Conflict,
  type LoadedState,
  type LoadReport,
  loadedStateKey,
} from '../lake/landing/batch.ts';
import { findReach } from '../lake/landing/find-reach.ts';
import {
  forecast,
  insertStatement,
  type MergeInput,
  mergeStatement,
  type Superseding,
} from '../lake/landing/merge.ts';
import { isDated } from '../lake/landing/reach.ts';
import { readState } from '../lake/state/file.ts';
import type { Tables } from '../lake/tables/tables.ts';
import { writeJson } from '../platform/bucket.ts';
import type { Engine } from '../platform/engine.ts';
import type { Platform } from '../platform/platform.ts';
import { findConflicts, unresolved } from './conflicts.ts';
import { eraseGone } from './erase.ts';
import { inheritedSpan, settleInherited } from './inherited.ts';
import { recordLoaded } from './loaded-state.ts';
import { lookInto, onlyRow } from './look-into.ts';
import { findRestatements } from './restatements.ts';
import { forgetWithdrawn } from './withdraw.ts';

type Needed = Pick<Platform, 'engine' | 'bucket' | 'clock' | 'log'>;
type Changes = Pick<LoadReport, 'inserted' | 'updated' | 'deleted' | 'superseded'>;

const NOTHING: Changes = { inserted: 0, updated: 0, deleted: 0, superseded: 0 };

/**
 * Puts a batch into its lake table, atomically (one MERGE), then notes it in `LoadedState`. Loading it again changes
 * nothing. Throws `LANDING_ROWS` when its files do not hold the rows that the batch says, `LANDING_TIES` when the last row of a
 * key cannot be told, `SQL_FAILED` otherwise.
 */
export async function loadBatch(platform: Needed, batch: Batch, tables: Tables): Promise<LoadReport> {
  const startedAt = platform.clock.now().getTime();
  const earlier = await readState<LoadedState>(platform.bucket, loadedStateKey(batch.source, batch.table));
  const { changes, conflicts } =
    batch.files.length === 0
      ? { changes: NOTHING, conflicts: earlier?.conflicts ?? [] }
      : await mergeBatch(platform, batch, tables, earlier);
  await settleInherited(platform.engine, batch, tables);
  await eraseGone(platform, batch, tables);
  await forgetWithdrawn(platform, batch, tables.table(batch.table));
  await recordLoaded(platform, { ...batch, ...(await spanOf(platform.engine, batch, tables)) }, conflicts);
  const seconds = (platform.clock.now().getTime() - startedAt) / 1000;
  const report = { table: batch.table, source: batch.source, run: batch.run, ...changes, seconds };
  platform.log.info('loaded', { ...report });
  return conflicts.length === 0 ? report : { ...report, conflicts };
}

/** First and last business date of a batch; where its rows have them from others, those that the lake has by now. */
async function spanOf(
  engine: Engine,
  batch: Batch,
  tables: Tables,
): Promise<Pick<Batch, 'firstDate' | 'lastDate'>> {
  const { firstDate, lastDate, source } = batch;
  const table = tables.table(batch.table);
  if (firstDate !== null || batch.rows === 0 || !table.inherits) return { firstDate, lastDate };
  return inheritedSpan(engine, table, source);
}

/** Puts a batch into its table once more, without a word in `LoadedState`: for a table that lost what it held. */
export async function mergeAgain(platform: Needed, batch: Batch, tables: Tables): Promise<void> {
  if (batch.files.length > 0) await mergeBatch(platform, batch, tables, undefined);
  await settleInherited(platform.engine, batch, tables);
  await forgetWithdrawn(platform, batch, tables.table(batch.table));
}

async function mergeBatch(
  platform: Needed,
  batch: Batch,
  tables: Tables,
  earlier: LoadedState | undefined,
): Promise<{ changes: Changes; conflicts: Conflict[] }> {
  const { engine } = platform;
  const landing: MergeInput = { dialect: engine.dialect, table: tables.table(batch.table), batch };
  const label = `load ${batch.table} from ${batch.source}`;
  const looked = await lookInto(engine, landing, batch, label);
  const { superseding } = looked;
  // A table without a business date is not cut by month, and read whole.
  const merge = isDated(landing)
    ? { ...landing, reach: await findReach(engine, landing, looked, label) }
    : landing;
  const changes = await foretell(engine, merge, superseding, batch, label);
  const found = await findConflicts(engine, merge, superseding, batch);
  const conflicts = [...(await unresolved(engine, merge, earlier?.conflicts ?? [])), ...found];
  const restatements = await findRestatements(engine, merge, superseding, batch, earlier);
  // Before the MERGE: after it, nobody could tell what the lake had.
  if (earlier && (restatements.length > 0 || earlier.restatements))
    await writeJson(platform.bucket, loadedStateKey(batch.source, batch.table), { ...earlier, restatements });
  if (changes.inserted + changes.updated + changes.deleted > 0) {
    // What is new as a whole, as a delivery of a day mostly is, need not be looked for a second time.
    const isNew = engine.exclusive === true && changes.updated + changes.deleted === 0;
    const statement =
      isNew && changes.inserted + changes.superseded === batch.rows ? insertStatement : mergeStatement;
    await engine.execute(statement(merge, superseding), { label });
  }
  return { changes, conflicts };
}

/** Exact counts, taken before the MERGE: engines differ in what they tell after it. */
async function foretell(
  engine: Engine,
  merge: MergeInput,
  superseding: Superseding,
  batch: Batch,
  label: string,
): Promise<Changes> {
  if (!superseding.scopes && !superseding.keys && merge.reach?.isNew)
    return { ...NOTHING, inserted: batch.rows };
  const counts = await onlyRow(engine, forecast(merge, superseding), label);
  return {
    inserted: Number(counts['inserted']),
    updated: Number(counts['updated']),
    deleted: Number(counts['deleted']),
    superseded: batch.rows - Number(counts['kept_rows']),
  };
}
