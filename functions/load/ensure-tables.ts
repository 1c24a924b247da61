import { setTimeout as pause } from 'node:timers/promises';
import pLimit from 'p-limit';
import { addColumn, createTable, type LakeColumn, lakeColumns, sqlType } from '../lake/schema/ddl.ts';
import type { TableDefinition } from '../lake/schema/table.ts';
import { tableNames, tableOf } from '../lake/schema/tables.ts';
import type { Engine, ResultColumn } from '../platform/engine.ts';
import { messageOf, VigieError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';

type Needed = Pick<Platform, 'engine' | 'log'>;

/** Tables looked after at once: Athena takes a second or two for each statement. */
const AT_ONCE = 5;

/** How long a table that somebody else is creating may take to appear: looked for so often, this far apart. */
const LOOKS = 20;
const LOOK_EVERY_MS = 500;

/**
 * Creates the lake's tables, or brings those that are there up to their definition: columns the definition has gained
 * are added and are empty in older rows. Columns that it does not know are left alone. Two may do so at once (Lambda
 * can deliver an event twice). Throws `LAKE_TABLE_CHANGED` where a column holds another type than defined: nothing is
 * converted behind anybody's back.
 */
export async function ensureTables(platform: Needed, tables = tableNames.map(tableOf)): Promise<void> {
  const limit = pLimit(AT_ONCE);
  const results = await Promise.allSettled(tables.map((table) => limit(() => ensureTable(platform, table))));
  // Only once no statement is under way any more: whoever hears of it may close the engine.
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

async function ensureTable(platform: Needed, table: TableDefinition): Promise<void> {
  const { engine, log } = platform;
  const create = () => engine.execute(createTable(engine.dialect, table), { label: `create ${table.name}` });
  await unlessDone(platform, create, async () => (await columnsThere(engine, table)).length > 0);
  for (const column of missingColumns(table, await columnsThere(engine, table))) {
    const add = () =>
      engine.execute(addColumn(engine.dialect, table, column), {
        label: `add ${table.name}.${column.name}`,
      });
    const isThere = async () => (await columnsThere(engine, table)).some((each) => each.name === column.name);
    if (await unlessDone(platform, add, isThere)) {
      log.info('column added', { table: table.name, column: column.name });
    }
  }
}

/**
 * Does it, or finds that another instance of this step has done it meanwhile: `IF NOT EXISTS` looks and creates in two
 * steps on Glue, and its loser fails, before the winner's table can be seen. Returns whether it was done here; throws
 * the failure when nobody else has done it either.
 */
async function unlessDone(
  { log }: Needed,
  attempt: () => Promise<unknown>,
  isDone: () => Promise<boolean>,
): Promise<boolean> {
  try {
    await attempt();
    return true;
  } catch (error) {
    // What has a name and a remedy of its own (no database, no permission, throttled) is not the loser's failure.
    if (error instanceof VigieError && error.code !== 'SQL_FAILED') throw error;
    for (let look = 0; look < LOOKS; look += 1) {
      // A table that is not there yet cannot be looked at.
      if (await isDone().catch(() => false)) {
        log.info('done by another instance meanwhile', { instead_of: messageOf(error) });
        return false;
      }
      await pause(LOOK_EVERY_MS);
    }
    throw error;
  }
}

async function columnsThere(engine: Engine, table: TableDefinition): Promise<readonly ResultColumn[]> {
  const { columns, chunks } = await engine.query(
    `SELECT * FROM ${engine.dialect.table(table.name)} WHERE false`,
    { label: `look at ${table.name}` },
  );
  for await (const _ of chunks);
  return columns;
}

function missingColumns(table: TableDefinition, found: readonly ResultColumn[]): LakeColumn[] {
  const types = new Map(found.map((column) => [column.name, column.type]));
  return lakeColumns(table).filter((column) => {
    const type = types.get(column.name);
    if (type !== undefined && type !== sqlType(column.kind)) throw changed(table, column, type);
    return type === undefined;
  });
}

function changed(table: TableDefinition, column: LakeColumn, found: string): VigieError {
  const wanted = sqlType(column.kind);
  return new VigieError(
    `lake table ${table.name}: column ${column.name} is ${found}, its definition says ${wanted}`,
    {
      code: 'LAKE_TABLE_CHANGED',
      where: { field: `${table.name}.${column.name}`, sample: found },
      hint: `Somebody altered the table by hand, or its definition (functions/lake/tables/${table.name}.ts) changed a type. Turn the column back to ${wanted}, or drop the table and delete state/loaded/*/${table.name}.json so that its files are read again.`,
    },
  );
}
