import { type Engine, queryRows } from '../../functions/platform/engine.ts';
import { tableOf } from './tables.ts';

/** Rows that a source has in some tables of the lake, as sorted text, without the run that wrote them: equal on every engine. */
export async function lakeLines(
  engine: Engine,
  source: string,
  tables: readonly string[],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const name of tables) {
    const columns = tableOf(name).columns.map((column) => column.name);
    const sql = `SELECT ${columns.join(', ')} FROM ${engine.dialect.table(name)} WHERE _source = '${source}'`;
    const rows = await queryRows(engine, sql);
    found.set(name, rows.map((row) => lineOf(columns.map((column) => row[column]))).sort());
  }
  return found;
}

const lineOf = (cells: readonly unknown[]): string =>
  JSON.stringify(cells, (_, cell: unknown) => (typeof cell === 'bigint' ? String(cell) : cell));
