import { type LoadedState, problemOf } from '../lake/landing/batch.ts';
import { copyFolder, copyRecordKey, type LakeCopy, readCopy } from '../lake/run/lake-copy.ts';
import type { RunRef } from '../lake/run/run.ts';
import { readStateIfSound } from '../lake/state/file.ts';
import { lakeColumns } from '../lake/tables/ddl.ts';
import type { TableDefinition } from '../lake/tables/table.ts';
import type { Tables } from '../lake/tables/tables.ts';
import { sqlText } from '../lake/values/sql-text.ts';
import { writeJson } from '../platform/bucket.ts';
import { type Engine, queryRows } from '../platform/engine.ts';
import { VigieError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';

type Needed = Pick<Platform, 'bucket' | 'engine' | 'log'>;

/**
 * Copies what the lake holds of each source and table whose copy is due, at the end of a run. Only on engines that keep the
 * lake in a file of their own; elsewhere it is as safe as the bucket. Killed anywhere, the earlier copy stands; a table
 * that cannot be copied keeps its batches, and the next run tries again.
 */
export async function copyLake(
  platform: Needed,
  tables: Tables,
  run: RunRef,
  isDue: (copy?: LakeCopy) => boolean,
): Promise<void> {
  const { bucket, engine } = platform;
  if (engine.files === undefined) return;
  const keys: string[] = [];
  for await (const { key } of bucket.list('state/loaded/')) keys.push(key);
  for (const key of keys) {
    const loaded = await readStateIfSound<LoadedState>(bucket, key);
    if (loaded === undefined || !tables.has(loaded.table)) continue;
    // A copy would remember whom the lake has to forget; where the lake is lost, the source is read anew.
    if (tables.table(loaded.table).withdrawal) continue;
    if (!isDue(await readCopy(bucket, loaded.source, loaded.table))) continue;
    try {
      await copyTable(platform, engine.files, run, { loaded, definition: tables.table(loaded.table) });
    } catch (error) {
      platform.log.error('lake not copied', {
        source: loaded.source,
        table: loaded.table,
        ...problemOf(error),
      });
    }
  }
}

async function copyTable(
  { bucket, engine }: Needed,
  files: NonNullable<Engine['files']>,
  { run }: RunRef,
  { loaded, definition }: { readonly loaded: LoadedState; readonly definition: TableDefinition },
): Promise<void> {
  const { source, table } = loaded;
  const folder = copyFolder(source, table);
  const file = `${folder}${run}.parquet`;
  const columns = lakeColumns(definition).map(({ name }) => name);
  const select = `SELECT ${columns.join(', ')} FROM ${engine.dialect.table(table)} WHERE _source = ${sqlText(source)}`;
  const rows = await files.write(select, file, { label: `copy ${table} of ${source}` });
  const record: LakeCopy = { table, source, run, file, rows, columns, loaded };
  await writeJson(bucket, copyRecordKey(source, table), record);
  for await (const { key } of bucket.list(folder)) if (key !== file) await bucket.remove(key);
}

/** Puts a copy back into a table that holds nothing of its source. Throws `COPY_DAMAGED` where it is not what was written. */
export async function putBack(engine: Engine, { columns, ...copy }: LakeCopy): Promise<void> {
  const { table, source, run, file, rows } = copy;
  const from = engine.dialect.landed({ table, source, run, files: [file] });
  const label = `put back ${table} of ${source}`;
  const [found] = await queryRows(engine, `SELECT count(*) AS n FROM ${from}`, { label });
  if (found?.['n'] !== rows)
    throw new VigieError(`${file} holds ${found?.['n']} rows, its record says ${rows}`, {
      code: 'COPY_DAMAGED',
      hint: 'The source is read from its beginning by the next run.',
    });
  const names = columns.join(', ');
  await engine.execute(`INSERT INTO ${engine.dialect.table(table)} (${names}) SELECT ${names} FROM ${from}`, {
    label,
  });
}
