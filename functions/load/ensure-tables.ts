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
 * can deliver an event twice). One statement when there is nothing to do, as on most days. Throws `LAKE_TABLE_CHANGED`
 * where a column holds another type than defined: nothing is converted behind anybody's back.
 */
export async function ensureTables(platform: Needed, tables = tableNames.map(tableOf)): Promise<void> {
  const found = await lookAt(platform, tables).catch((error: unknown) => {
    if (!mayBeAnothersWork(error)) throw error;
    platform.log.info('not all tables are there yet', { reason: messageOf(error) });
  });
  if (found && gained(tables, found).length === 0) return;
  await createAll(platform, tables);
  await whileOthersDo(platform, 'columns', () => addGained(platform, tables));
}

/** The columns that each table has, by its name. */
type Found = ReadonlyMap<string, ReadonlyMap<string, ResultColumn>>;

/** All tables in one statement that reads no row; before the columns of each, one that is named after it. */
async function lookAt({ engine }: Needed, tables: readonly TableDefinition[]): Promise<Found> {
  const columns = tables.map(({ name }, index) => `'' AS "${OF}${name}", t${index}.*`);
  const relations = tables.map(
    ({ name }, index) => `(SELECT * FROM ${engine.dialect.table(name)} WHERE false) t${index}`,
  );
  const sql = `SELECT ${columns.join(',\n  ')}\nFROM ${relations.join('\nCROSS JOIN ')}`;
  const result = await engine.query(sql, { label: 'columns of the lake' });
  for await (const _ of result.chunks);
  const found = new Map<string, Map<string, ResultColumn>>();
  let table = new Map<string, ResultColumn>();
  for (const column of result.columns) {
    if (column.name.startsWith(OF)) {
      table = new Map();
      found.set(column.name.slice(OF.length), table);
    } else table.set(column.name, column);
  }
  return found;
}

/** What marks where the columns of a table begin; no column of the lake is named so. */
const OF = '_of_';

interface Gained {
  readonly table: TableDefinition;
  readonly column: LakeColumn;
}

function gained(tables: readonly TableDefinition[], found: Found): Gained[] {
  return tables.flatMap((table) =>
    lakeColumns(table).flatMap((column) => {
      const type = found.get(table.name)?.get(column.name)?.type;
      if (type !== undefined && type !== sqlType(column.kind)) throw changed(table, column, type);
      return type === undefined ? [{ table, column }] : [];
    }),
  );
}

async function createAll(platform: Needed, tables: readonly TableDefinition[]): Promise<void> {
  const { engine } = platform;
  const create = (table: TableDefinition) => async () => {
    await engine.execute(createTable(engine.dialect, table), { label: `create ${table.name}` });
  };
  const limit = pLimit(AT_ONCE);
  const results = await Promise.allSettled(
    tables.map((table) => limit(() => whileOthersDo(platform, table.name, create(table)))),
  );
  // Only once no statement is under way any more: whoever hears of it may close the engine.
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

async function addGained(platform: Needed, tables: readonly TableDefinition[]): Promise<void> {
  const { engine, log } = platform;
  for (const { table, column } of gained(tables, await lookAt(platform, tables))) {
    const label = `add ${table.name}.${column.name}`;
    await engine.execute(addColumn(engine.dialect, table, column), { label });
    log.info('column added', { table: table.name, column: column.name });
  }
}

/**
 * `IF NOT EXISTS` looks and creates in two steps on Glue, so of two instances at once one fails, before the other's
 * table or column can be seen. Looking again finds it. Throws the failure when it stays.
 */
const whileOthersDo = (platform: Needed, what: string, work: () => Promise<void>): Promise<void> =>
  pRetry(work, {
    ...REPEAT,
    shouldRetry: ({ error }) => mayBeAnothersWork(error),
    onFailedAttempt: ({ error }) => platform.log.info('not ready', { what, reason: messageOf(error) }),
  });

/** What has a name and a remedy of its own (no database, no permission, throttled) is not. */
const mayBeAnothersWork = (error: unknown): boolean =>
  error instanceof VigieError && error.code === 'SQL_FAILED';

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
