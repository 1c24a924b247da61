import pLimit from 'p-limit';
import pRetry from 'p-retry';
import { addColumn, createTable, type LakeColumn, lakeColumns, sqlType } from '../lake/schema/ddl.ts';
import type { TableDefinition } from '../lake/schema/table.ts';
import { tableNames, tableOf } from '../lake/schema/tables.ts';
import type { ResultColumn } from '../platform/engine.ts';
import { messageOf, VigieError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';

type Needed = Pick<Platform, 'engine' | 'log'>;

/** Tables looked after at once: Athena takes a second or two for each statement. */
const AT_ONCE = 5;

/** How long what another instance is creating may take to appear: tried so often again, this far apart. */
const REPEAT = { retries: 20, minTimeout: 500, factor: 1 };

/**
 * Creates the lake's tables, or brings those that are there up to their definition: columns the definition has gained
 * are added and are empty in older rows. Columns that it does not know are left alone. Two may do so at once (Lambda
 * can deliver an event twice). Throws `LAKE_TABLE_CHANGED` where a column holds another type than defined: nothing is
 * converted behind anybody's back.
 */
export async function ensureTables(platform: Needed, tables = tableNames.map(tableOf)): Promise<void> {
  const limit = pLimit(AT_ONCE);
  const results = await Promise.allSettled(
    tables.map((table) => limit(() => ensureWhileOthersDo(platform, table))),
  );
  // Only once no statement is under way any more: whoever hears of it may close the engine.
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

/**
 * `IF NOT EXISTS` looks and creates in two steps on Glue, so of two instances at once one fails, before the other's
 * table or column can be seen. Looking again finds it. Throws the failure when it stays.
 */
const ensureWhileOthersDo = (platform: Needed, table: TableDefinition): Promise<void> =>
  pRetry(() => ensureTable(platform, table), {
    ...REPEAT,
    // What has a name and a remedy of its own (no database, no permission, throttled) is not the loser's failure.
    shouldRetry: ({ error }) => !(error instanceof VigieError) || error.code === 'SQL_FAILED',
    onFailedAttempt: ({ error }) =>
      platform.log.info('table not ready', { table: table.name, reason: messageOf(error) }),
  });

async function ensureTable({ engine, log }: Needed, table: TableDefinition): Promise<void> {
  const label = `create ${table.name}`;
  await engine.execute(createTable(engine.dialect, table), { label });
  const { columns, chunks } = await engine.query(
    `SELECT * FROM ${engine.dialect.table(table.name)} WHERE false`,
    { label },
  );
  for await (const _ of chunks);
  for (const column of missingColumns(table, columns)) {
    await engine.execute(addColumn(engine.dialect, table, column), {
      label: `add ${table.name}.${column.name}`,
    });
    log.info('column added', { table: table.name, column: column.name });
  }
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
