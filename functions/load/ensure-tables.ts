import pLimit from 'p-limit';
import pRetry from 'p-retry';
import { addColumn, createTable, type LakeColumn, lakeColumns, sqlType } from '../lake/tables/ddl.ts';
import type { TableDefinition } from '../lake/tables/table.ts';
import type { ResultColumn } from '../platform/engine.ts';
import { messageOf, VigieError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';

type Needed = Pick<Platform, 'engine' | 'log'>;

/** Tables looked after at once: Athena takes a second or two for each statement. */
const AT_ONCE = 5;

/** How long what another instance is creating may take to appear: tried so often again, this far apart. */
const REPEAT = { retries: 20, minTimeout: 500, factor: 1 };

/** Tables that are not as their definition says, and why: their batches cannot be loaded. */
export type Refusals = ReadonlyMap<string, VigieError>;

/** Told when a table was not there: nothing can be in it. */
type OnMissing = () => void;

/** All of them are as defined afterwards. Throws why the first is not: `LAKE_TABLE_CHANGED`, or what the engine says. */
export async function ensureTables(platform: Needed, tables: readonly TableDefinition[]): Promise<void> {
  for (const refusal of (await bringUpToDate(platform, tables)).values()) throw refusal;
}

/**
 * Creates the lake's tables, or brings those that are there up to their definition: columns the definition has gained
 * are added and are empty in older rows. Columns that it does not know are left alone: what was taken out of a table's file
 * stays in the lake, is no longer filled or read, and is told. Two may do so at once (Lambda
 * can deliver an event twice). One statement when there is nothing to do, as on most days.
 *
 * A table where a column holds another type than defined is refused, as nothing is converted behind anybody's back; so
 * is one that cannot be made or changed. The others are not held up by it. Throws what holds up all of them.
 */
export async function bringUpToDate(
  platform: Needed,
  tables: readonly TableDefinition[],
  onMissing: OnMissing = () => undefined,
): Promise<Refusals> {
  const seen = await lookAt(platform, tables).catch((error: unknown) => {
    const { message: reason } = ofOneTable(error);
    platform.log.info('not all tables can be looked at yet', { reason });
  });
  if (seen) tellLeft(platform, tables, seen);
  if (seen && gained(tables, seen).length === 0) return changedIn(tables, seen);
  if (seen === undefined) onMissing();
  const refused = await createAll(platform, tables);
  const there = tables.filter(({ name }) => !refused.has(name));
  const found = await whileOthersDo(platform, 'columns', () => lookAt(platform, there)).catch(
    (error: unknown) => lookAtEach(platform, there, error, refused),
  );
  for (const [name, refusal] of changedIn(there, found)) refused.set(name, refusal);
  for (const table of new Set(gained(there, found).map((each) => each.table))) {
    if (refused.has(table.name)) continue;
    await whileOthersDo(platform, table.name, () => addGained(platform, table)).catch((error: unknown) =>
      refused.set(table.name, ofOneTable(error)),
    );
  }
  return refused;
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

/** Which table it is that cannot be looked at: it is refused. Throws what was said of all when it is none, or all. */
async function lookAtEach(
  platform: Needed,
  tables: readonly TableDefinition[],
  ofAll: unknown,
  refused: Map<string, VigieError>,
): Promise<Found> {
  const found = new Map<string, ReadonlyMap<string, ResultColumn>>();
  for (const table of tables) {
    try {
      for (const [name, columns] of await lookAt(platform, [table])) found.set(name, columns);
    } catch (error) {
      refused.set(table.name, ofOneTable(error));
    }
  }
  if (found.size === 0 || found.size === tables.length) throw ofAll;
  return found;
}

/** What marks where the columns of a table begin; no column of the lake is named so. */
const OF = '_of_';

interface Gained {
  readonly table: TableDefinition;
  readonly column: LakeColumn;
}

/** Columns that stay in the lake although no file defines them any more. */
function tellLeft({ log }: Needed, tables: readonly TableDefinition[], found: Found): void {
  for (const table of tables) {
    const defined = new Set(lakeColumns(table).map(({ name }) => name));
    const left = [...(found.get(table.name)?.keys() ?? [])].filter((name) => !defined.has(name));
    if (left.length > 0)
      log.info('columns are no longer defined: they stay, and are read no more', {
        table: table.name,
        columns: left.join(', '),
      });
  }
}

/** Nothing of a table that was not found. */
const gained = (tables: readonly TableDefinition[], found: Found): Gained[] =>
  tables.flatMap((table) =>
    lakeColumns(table)
      .filter((column) => found.get(table.name)?.has(column.name) === false)
      .map((column) => ({ table, column })),
  );

function changedIn(tables: readonly TableDefinition[], found: Found): Map<string, VigieError> {
  const refused = new Map<string, VigieError>();
  for (const table of tables)
    for (const column of lakeColumns(table)) {
      const type = found.get(table.name)?.get(column.name)?.type;
      if (type !== undefined && type !== sqlType(column.kind) && !refused.has(table.name))
        refused.set(table.name, changed(table, column, type));
    }
  return refused;
}

/** Gives those that could not be created. Throws when none could: something stands in the way of all. */
async function createAll(
  platform: Needed,
  tables: readonly TableDefinition[],
): Promise<Map<string, VigieError>> {
  const { engine } = platform;
  const create = (table: TableDefinition) => async () => {
    await engine.execute(createTable(engine.dialect, table), { label: `create ${table.name}` });
  };
  const limit = pLimit(AT_ONCE);
  // Only once no statement is under way any more: whoever hears of it may close the engine.
  const results = await Promise.allSettled(
    tables.map((table) => limit(() => whileOthersDo(platform, table.name, create(table)))),
  );
  const refused = new Map<string, VigieError>();
  for (const [index, result] of results.entries())
    if (result.status === 'rejected')
      refused.set((tables[index] as TableDefinition).name, ofOneTable(result.reason));
  const [first] = refused.values();
  if (first && refused.size === tables.length) throw first;
  return refused;
}

/** What may concern one table alone; throws what passes by itself, and what is a mistake of Vigie. */
function ofOneTable(error: unknown): VigieError {
  if (!(error instanceof VigieError) || error.retryable) throw error;
  return error;
}

async function addGained(platform: Needed, table: TableDefinition): Promise<void> {
  const { engine, log } = platform;
  for (const { column } of gained([table], await lookAt(platform, [table]))) {
    const label = `add ${table.name}.${column.name}`;
    await engine.execute(addColumn(engine.dialect, table, column), { label });
    log.info('column added', { table: table.name, column: column.name });
  }
}

/**
 * `IF NOT EXISTS` looks and creates in two steps on Glue, so of two instances at once one fails, before the other's
 * table or column can be seen. Looking again finds it. Throws the failure when it stays.
 */
const whileOthersDo = <T>(platform: Needed, what: string, work: () => Promise<T>): Promise<T> =>
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
      hint: `Somebody altered the table by hand, or its definition (${table.file}) changed a type. Turn the column back to ${wanted}, or drop the table and delete state/loaded/*/${table.name}.json so that its files are read again.`,
    },
  );
}
