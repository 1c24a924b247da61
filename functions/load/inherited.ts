import type { Batch } from '../lake/landing/batch.ts';
import {
  anyInherited,
  countUnsettled,
  type Heir,
  settleStatement,
  spanStatement,
} from '../lake/landing/inherited.ts';
import type { TableDefinition } from '../lake/tables/table.ts';
import type { Tables } from '../lake/tables/tables.ts';
import { type Engine, queryRows } from '../platform/engine.ts';

/** Tables with a column that comes from this table, or that this table has from another. */
const heirsOf = (name: string, { all }: Tables): Heir[] =>
  all.flatMap((table) => {
    const { inherits } = table;
    return inherits && (table.name === name || inherits.from === name) ? [{ table, inherits }] : [];
  });

/**
 * Gives the parts of a whole what they have from it: lines whose order came later, or whose order has another date by
 * now. It looks at the lake, not at the batch, so that whichever came last finds both there, and repeating it changes
 * nothing.
 */
export async function settleInherited(engine: Engine, batch: Batch, tables: Tables): Promise<void> {
  const { dialect } = engine;
  for (const heir of heirsOf(batch.table, tables)) {
    const label = `${heir.inherits.column} of ${heir.table.name} from ${heir.inherits.from}`;
    if ((await queryRows(engine, anyInherited(dialect, heir), { label })).length === 0) continue;
    const [row] = await queryRows(engine, countUnsettled(dialect, heir), { label });
    if (Number(row?.['unsettled'] ?? 0) === 0) continue;
    await engine.execute(settleStatement(dialect, heir, batch.run), { label });
  }
}

/** First and last business date of what a source has in a table that inherits them. */
export async function inheritedSpan(
  engine: Engine,
  table: TableDefinition,
  source: string,
): Promise<Pick<Batch, 'firstDate' | 'lastDate'>> {
  const sql = spanStatement(engine.dialect, table, source);
  const [row] = await queryRows(engine, sql, { label: `days of ${table.name} from ${source}` });
  const text = (name: string): string | null => (row?.[name] === null ? null : String(row?.[name]));
  return { firstDate: text('first_on'), lastDate: text('last_on') };
}
