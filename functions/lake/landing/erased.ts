import type { Dialect } from '../../platform/engine.ts';
import { VigieError } from '../../platform/errors.ts';
import { lineageColumns } from '../tables/lineage.ts';
import type { Erasure, TableDefinition } from '../tables/table.ts';
import { sqlText } from '../values/sql-text.ts';
import type { Batch } from './batch.ts';
import { equal, list } from './merge.ts';

/**
 * People who were erased where they come from (docs/operations/erasure.md). A source that can list everybody it still has
 * fills a table of numbers (`crm_people`); rows of its other tables about somebody who is not on the list lose what tells who
 * it was. The row stays: that there was a lead is no personal data, and figures of the past stay what they were.
 */
export interface Erasing {
  readonly table: TableDefinition;
  readonly erasure: Erasure;
}

const { source, run } = lineageColumns;

/** Up to so many are erased whatever their share. */
const ALWAYS = 20;

/**
 * More than half of all people at once are no requests to be erased, but a list that was read with fewer rights. Throws
 * `ERASURE_TOO_LARGE`.
 */
export function refuseLargeErasure(from: string, gone: number, all: number): void {
  if (gone <= ALWAYS || gone * 2 <= all) return;
  throw new VigieError(`${from}: ${gone} of ${all} people are not in its list any more; none was erased`, {
    code: 'ERASURE_TOO_LARGE',
    hint: 'The list was probably read with fewer permissions than before: see `vigie doctor`. Where so many were really erased, give the source another name in vigie.yaml, so that it is read anew.',
  });
}

/** Rows of the list's source, of before its run, whose person is not on it and that still say something. */
function gone(dialect: Dialect, { table, erasure }: Erasing, batch: Pick<Batch, 'source' | 'run'>): string {
  const { listed_in: people, by, empties, closes } = erasure;
  const whole = batch.run.replace(/\.p\d+$/, '');
  const said = [
    ...empties.map((name) => `l.${name} IS NOT NULL`),
    ...(closes ? [`l.${closes.column} = ${sqlText(closes.from)}`] : []),
  ];
  // A row that this very run wrote may be of somebody who came after the list was read.
  return `SELECT ${list(table.key, 'l.')} FROM ${dialect.table(table.name)} AS l
  LEFT JOIN (SELECT DISTINCT person_id FROM ${dialect.table(people)} WHERE ${source} = ${sqlText(batch.source)}) AS p
    ON p.person_id = l.${by}
  WHERE p.person_id IS NULL AND l.${source} = ${sqlText(batch.source)}
    AND l.${run} <> ${sqlText(whole)} AND l.${run} NOT LIKE ${sqlText(`${whole}.p%`)} AND (${said.join(' OR ')})`;
}

/** One row: `gone`, how many rows would lose something, `people` on the list, `all_rows` of the source in the table. */
export function countErased(
  dialect: Dialect,
  erasing: Erasing,
  batch: Pick<Batch, 'source' | 'run'>,
): string {
  const { table, erasure } = erasing;
  const own = `WHERE ${source} = ${sqlText(batch.source)}`;
  return `SELECT
  (SELECT count(*) FROM (${gone(dialect, erasing, batch)}) AS g) AS gone,
  (SELECT count(*) FROM ${dialect.table(erasure.listed_in)} ${own}) AS people,
  (SELECT count(*) FROM ${dialect.table(table.name)} ${own}) AS all_rows`;
}

/** The MERGE that empties them; one, so all or none. */
export function eraseStatement(
  dialect: Dialect,
  erasing: Erasing,
  batch: Pick<Batch, 'source' | 'run' | 'asOf'>,
): string {
  const { table, erasure } = erasing;
  const { empties, closes } = erasure;
  const sets = empties.map((name) => `${name} = NULL`);
  if (closes) {
    const isOpen = `t.${closes.column} = ${sqlText(closes.from)}`;
    sets.push(
      `${closes.on} = CASE WHEN ${isOpen} THEN DATE ${sqlText(batch.asOf)} ELSE t.${closes.on} END`,
      `${closes.column} = CASE WHEN ${isOpen} THEN ${sqlText(closes.to)} ELSE t.${closes.column} END`,
    );
  }
  return `MERGE INTO ${dialect.table(table.name)} AS t
USING (${gone(dialect, erasing, batch)}) AS s
ON ${equal(table.key, 't', 's')}
WHEN MATCHED THEN UPDATE SET ${[...sets, `${run} = ${sqlText(batch.run)}`].join(', ')}`;
}
