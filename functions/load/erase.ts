import type { Batch } from '../lake/landing/batch.ts';
import { countErased, eraseStatement, refuseLargeErasure } from '../lake/landing/erased.ts';
import type { Tables } from '../lake/tables/tables.ts';
import { queryRows } from '../platform/engine.ts';
import type { Platform } from '../platform/platform.ts';

/**
 * After the list of people that a source still has was loaded: empties what the lake holds of those who are on it no more.
 * It looks at the lake, not at what changed in the list, so that a table that was put back from a copy is emptied again, and
 * repeating it changes nothing. Nobody on the list means that nothing is known. Throws `ERASURE_TOO_LARGE`.
 */
export async function eraseGone(
  { engine, log }: Pick<Platform, 'engine' | 'log'>,
  batch: Batch,
  tables: Tables,
): Promise<void> {
  for (const table of tables.all) {
    const { erasure } = table;
    if (erasure?.listed_in !== batch.table) continue;
    const label = `erase from ${table.name} of ${batch.source}`;
    const erasing = { table, erasure };
    const [row] = await queryRows(engine, countErased(engine.dialect, erasing, batch), { label });
    const gone = Number(row?.['gone'] ?? 0);
    if (gone === 0 || Number(row?.['people']) === 0) continue;
    refuseLargeErasure(batch.source, gone, Number(row?.['all_rows']));
    await engine.execute(eraseStatement(engine.dialect, erasing, batch), { label });
    log.info('erased', { source: batch.source, table: table.name, rows: gone });
  }
}
