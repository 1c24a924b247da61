import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { loadTables } from '../../functions/lake/tables/load-tables.ts';
import type { TableDefinition } from '../../functions/lake/tables/table.ts';
import type { Tables } from '../../functions/lake/tables/tables.ts';
import { sqlFolder } from '../../functions/lake/yaml/folders.ts';

/** The tables that ship with Vigie, for tests. */
export const tables = loadTables();
/** One of them. */
export const tableOf = (name: string): TableDefinition => tables.table(name);
export const tableNames = tables.names;

/** What a canonical row of a table has to be. */
export const rowSchema = ({ columns }: TableDefinition): z.ZodObject =>
  z.object(
    Object.fromEntries(
      columns.map(({ name, nullable, schema }) => [name, nullable ? schema.nullable() : schema]),
    ),
  );

/** The tables that these files say (by their names), alone or laid over those that ship. */
export function tablesIn(files: Readonly<Record<string, string>>, { over = false } = {}): Tables {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-tables-'));
  try {
    mkdirSync(join(folder, 'company', 'tables'), { recursive: true });
    for (const [name, text] of Object.entries(files))
      writeFileSync(join(folder, 'company', 'tables', `${name}.yaml`), text);
    return loadTables([...(over ? [sqlFolder()] : []), join(folder, 'company')]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
