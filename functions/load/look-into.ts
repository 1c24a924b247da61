import { type Batch, placesOf } from '../lake/landing/batch.ts';
import { probedMonths, probeWithMonths } from '../lake/landing/find-reach.ts';
import { type MergeInput, probe, type Superseding, ties } from '../lake/landing/merge.ts';
import { type BatchMonth, isDated } from '../lake/landing/reach.ts';
import { type Engine, queryRows } from '../platform/engine.ts';
import { VigieError } from '../platform/errors.ts';

/** What a batch is, before it is merged. */
export interface Looked {
  readonly superseding: Superseding;
  /** None of a table that is not cut by month. */
  readonly months: readonly BatchMonth[];
}

/** Whether anything in the batch supersedes anything else in it, and its months; refuses files that are not what the batch says. */
export async function lookInto(
  engine: Engine,
  merge: MergeInput,
  batch: Batch,
  label: string,
): Promise<Looked> {
  const places = placesOf(batch);
  const sql = isDated(merge) ? probeWithMonths(merge, places) : probe(merge, places);
  const rows = await queryRows(engine, sql, { label });
  const [found = {}] = rows;
  if (found['landed_rows'] !== batch.rows) {
    throw new VigieError(
      `${label}: its files hold ${found['landed_rows']} rows, _batch.json says ${batch.rows}`,
      {
        code: 'LANDING_ROWS',
        where: { file: batch.files[0] ?? '', field: 'rows' },
        hint: 'The landing files were changed after they were written. Delete the folder of this run under landing/ and run again: the source is then pulled anew.',
      },
    );
  }
  const superseding = {
    scopes: found['restated_scopes'] !== 0,
    keys: found['repeated_keys'] !== 0,
    inherits: found['inheriting'] !== 0,
  };
  if (superseding.keys) await refuseTies(engine, merge, label);
  return { superseding, months: isDated(merge) ? probedMonths(merge, rows) : [] };
}

/** Which of two rows counts must not depend on chance. */
async function refuseTies(engine: Engine, merge: MergeInput, label: string): Promise<void> {
  const found = await onlyRow(engine, ties(merge), label);
  if (found['ties'] === 0) return;
  throw new VigieError(
    `${label}: of ${found['ties']} keys nobody can tell which row is the last, for instance ${found['sample']}`,
    {
      code: 'LANDING_TIES',
      where: { field: merge.table.key.join(', '), sample: String(found['sample']) },
      hint: `Two rows of one input carry the same row number. The source that pulled them has to number its rows from 1.`,
    },
  );
}

/** The row of an aggregate. */
export async function onlyRow(engine: Engine, sql: string, label: string) {
  const [row] = await queryRows(engine, sql, { label });
  if (!row) throw new Error(`${label}: an aggregate without a row`);
  return row;
}
