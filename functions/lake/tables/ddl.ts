import type { Dialect, DialectName } from '../../platform/engine.ts';
import { VigieError } from '../../platform/errors.ts';
import { type ColumnKind, DECIMAL_SCALE, RATE_SCALE } from './column.ts';
import { inheritedColumn, lineageColumns } from './lineage.ts';
import type { TableDefinition } from './table.ts';

/** A column as it stands in the lake: the definition's, then those of lineage. */
export interface LakeColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly description: string;
}

/** Type names in each engine's DDL. Athena's CREATE TABLE speaks Hive's words, its SELECT Trino's. */
const DDL_TYPES: Record<DialectName, Record<ColumnKind, string>> = {
  duckdb: typesWith({ text: 'varchar', integer: 'integer', timestamp: 'timestamp' }),
  // Iceberg keeps microseconds and refuses any other precision.
  trino: typesWith({ text: 'varchar', integer: 'integer', timestamp: 'timestamp(6)' }),
  athena: typesWith({ text: 'string', integer: 'int', timestamp: 'timestamp' }),
};

function typesWith(
  own: Pick<Record<ColumnKind, string>, 'text' | 'integer' | 'timestamp'>,
): Record<ColumnKind, string> {
  const decimals = { decimal: `decimal(18,${DECIMAL_SCALE})`, rate: `decimal(18,${RATE_SCALE})` };
  return { ...own, ...decimals, date: 'date', boolean: 'boolean' };
}

/** The type of a column in SELECTs and results: the same words on every engine. */
export const sqlType = (kind: ColumnKind): string => DDL_TYPES.duckdb[kind];

/** All columns of a table in the lake, in the order of the definition; lineage comes last. */
export function lakeColumns(table: TableDefinition): readonly LakeColumn[] {
  const lineage = [
    { name: lineageColumns.source, kind: 'text', description: 'The source that wrote the row last.' },
    { name: lineageColumns.run, kind: 'text', description: 'The run that changed the row last.' },
  ] as const;
  const { inherits } = table;
  const inherited = {
    name: inheritedColumn,
    kind: 'boolean',
    description: `Whether ${inherits?.column} comes from ${inherits?.from}.`,
  } as const;
  return [...table.columns, ...(inherits ? [inherited] : []), ...lineage];
}

/**
 * CREATE TABLE IF NOT EXISTS. No column is NOT NULL: a column added later is empty in the rows that are there, and
 * rows are validated before they get here. Throws `LAKE_LOCATION` where Athena is not told the table's address.
 */
export function createTable(dialect: Dialect, table: TableDefinition): string {
  const types = DDL_TYPES[dialect.name];
  const columns = lakeColumns(table).map(
    (column) => `  ${ddlName(dialect, column.name)} ${types[column.kind]}`,
  );
  const head = `CREATE TABLE IF NOT EXISTS ${ddlTable(dialect, table)} (\n${columns.join(',\n')}\n)`;
  return [head, ...storage(dialect, table)].join('\n');
}

/** How the files are laid out: Iceberg, Parquet, one partition a month of the business date. */
function storage(dialect: Dialect, table: TableDefinition): string[] {
  const month =
    table.businessDate === undefined ? undefined : `month(${ddlName(dialect, table.businessDate)})`;
  if (dialect.name === 'duckdb') return [];
  if (dialect.name === 'trino') {
    return [`WITH (format = 'PARQUET'${month === undefined ? '' : `, partitioning = ARRAY['${month}']`})`];
  }
  return [
    ...(month === undefined ? [] : [`PARTITIONED BY (${month})`]),
    `LOCATION '${locationOf(dialect, table)}'`,
    `TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'zstd')`,
  ];
}

function locationOf(dialect: Dialect, table: TableDefinition): string {
  const location = dialect.location?.(table.name);
  if (location !== undefined) return location.replaceAll("'", "''");
  throw new VigieError(`the ${dialect.name} engine does not say where the files of ${table.name} go`, {
    code: 'LAKE_LOCATION',
    hint: 'Athena creates an Iceberg table only with a LOCATION: give the dialect a `location`.',
  });
}

/** ALTER TABLE that adds one column; empty in the rows that are there. */
export function addColumn(dialect: Dialect, table: TableDefinition, column: LakeColumn): string {
  const definition = `${ddlName(dialect, column.name)} ${DDL_TYPES[dialect.name][column.kind]}`;
  const target = ddlTable(dialect, table);
  // Athena: ADD COLUMNS (…), Hive's grammar.
  return dialect.name === 'athena'
    ? `ALTER TABLE ${target} ADD COLUMNS (${definition})`
    : `ALTER TABLE ${target} ADD COLUMN ${definition}`;
}

/** A table's name in DDL; Athena's knows no double quotes. */
export const ddlTable = (dialect: Dialect, table: TableDefinition): string =>
  dialect.name === 'athena' ? dialect.table(table.name).replaceAll('"', '') : dialect.table(table.name);

/** Athena's DDL takes a name that begins with an underscore in backticks only. */
const ddlName = (dialect: Dialect, name: string): string =>
  dialect.name === 'athena' ? `\`${name}\`` : name;
