import type { TableDefinition } from '../../functions/lake/tables/table.ts';
import type { LandedRow } from './landing.ts';

/** A lake table as anybody would write it down: rows by key, each with the run that changed it last. */
export type ModelTable = ReadonlyMap<string, { readonly row: LandedRow; readonly run: string }>;

const pick = (row: LandedRow, names: readonly string[]): string =>
  JSON.stringify(names.map((name) => row[name] ?? null));
const placeOf = (row: LandedRow): number => Number(row['_input']) * 1e6 + Number(row['_row']);

/** What of a batch counts: the last input of each scope, and of those rows the last of each key. */
export function keptRows(table: TableDefinition, rows: readonly LandedRow[]): Map<string, LandedRow> {
  const inputs = new Map<string, number>();
  for (const row of rows) {
    const scope = pick(row, table.scope);
    inputs.set(scope, Math.max(inputs.get(scope) ?? -1, Number(row['_input'])));
  }
  const current = rows.filter(
    (row) => !row['_empty'] && row['_input'] === inputs.get(pick(row, table.scope)),
  );
  return new Map(
    current.toSorted((a, b) => placeOf(a) - placeOf(b)).map((row) => [pick(row, table.key), row]),
  );
}

/** The table after a batch. */
export function loadIntoModel(
  table: TableDefinition,
  before: ModelTable,
  rows: readonly LandedRow[],
  run: string,
): ModelTable {
  const names = [...table.columns.map((column) => column.name), '_inherited'];
  const scopes = new Set(rows.map((row) => pick(row, table.scope)));
  const kept = keptRows(table, rows);
  const after = new Map(
    [...before].filter(([key, { row }]) => kept.has(key) || !scopes.has(pick(row, table.scope))),
  );
  for (const [key, row] of kept) {
    const known = after.get(key);
    if (!known || pick(known.row, names) !== pick(row, names)) after.set(key, { row, run });
  }
  return after;
}

/** What the step from one table to the next did. */
export function changesBetween(
  before: ModelTable,
  after: ModelTable,
): { inserted: number; updated: number; deleted: number } {
  const common = [...after.keys()].filter((key) => before.has(key));
  return {
    inserted: after.size - common.length,
    updated: common.filter((key) => after.get(key) !== before.get(key)).length,
    deleted: before.size - common.length,
  };
}
