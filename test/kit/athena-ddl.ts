/** Athena's own statements in Trino's words; everything else, SELECT and MERGE, is handed over unchanged. */

/** A statement that Athena would refuse, in its wording. */
export class RefusedDdl extends Error {}

const NAME = '`?(\\w+)`?\\.`?(\\w+)`?';
const CREATE = new RegExp(
  `^CREATE TABLE IF NOT EXISTS ${NAME} \\((.*?)\\n\\)\\s*(?:PARTITIONED BY \\(([^\\n]*)\\)\\s*)?LOCATION '([^']+)'\\s*TBLPROPERTIES \\(([^)]*)\\)$`,
  's',
);
const ADD = new RegExp(`^ALTER TABLE ${NAME} ADD COLUMNS \\(\`?(\\w+)\`? (.+)\\)$`, 's');
const OPTIMIZE = new RegExp(`^OPTIMIZE ${NAME} REWRITE DATA USING BIN_PACK$`);
const VACUUM = new RegExp(`^VACUUM ${NAME}$`);

/** DDL goes through a parser like Hive's: backticks, `string`, no double quotes. */
export function inTrinosWords(sql: string): string[] {
  const text = sql.trim();
  if (/^(CREATE TABLE|ALTER TABLE)/.test(text) && text.includes('"'))
    throw new RefusedDdl(
      `FAILED: ParseException line 1:${text.indexOf('"')} cannot recognize input near '"'`,
    );
  const create = CREATE.exec(text);
  if (create) return [createTable(create)];
  const add = ADD.exec(text);
  if (add)
    return [`ALTER TABLE iceberg.${add[1]}.${add[2]} ADD COLUMN "${add[3]}" ${typeOf(add[4] as string)}`];
  const optimize = OPTIMIZE.exec(text);
  if (optimize) return [`ALTER TABLE iceberg.${optimize[1]}.${optimize[2]} EXECUTE optimize`];
  const vacuum = VACUUM.exec(text);
  if (vacuum) {
    const table = `ALTER TABLE iceberg.${vacuum[1]}.${vacuum[2]} EXECUTE`;
    return ['expire_snapshots', 'remove_orphan_files'].map(
      (procedure) => `${table} ${procedure}(retention_threshold => '7d')`,
    );
  }
  if (/^(CREATE TABLE|ALTER TABLE|OPTIMIZE|VACUUM)/.test(text))
    throw new RefusedDdl(
      `FAILED: ParseException line 1:0 cannot recognize input near '${text.slice(0, 40)}'`,
    );
  return [text];
}

function createTable([, database, table, body, partitions, location, properties]: RegExpExecArray): string {
  if (!/'table_type'\s*=\s*'ICEBERG'/.test(properties ?? ''))
    throw new RefusedDdl(`the stand-in creates Iceberg tables only, not ${table}`);
  const columns = (body ?? '')
    .trim()
    .split(/,\n/)
    .map((column) => {
      const [, name, type] = /^\s*`?(\w+)`? ([\s\S]+)$/.exec(column) ?? [];
      return `"${name}" ${typeOf(type ?? '')}`;
    });
  const partitioning =
    partitions === undefined ? '' : `, partitioning = ARRAY['${partitions.replaceAll('`', '')}']`;
  return `CREATE TABLE IF NOT EXISTS iceberg.${database}.${table} (${columns.join(', ')})
    WITH (format = 'PARQUET', location = '${location?.replace(/\/$/, '')}'${partitioning})`;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'varchar',
  int: 'integer',
  timestamp: 'timestamp(6)',
};

function typeOf(type: string): string {
  const known = TYPES[type] ?? (/^(date|boolean|decimal\(\d+,\s*\d+\))$/.test(type) ? type : undefined);
  if (known === undefined) throw new RefusedDdl(`FAILED: ParseException line 1:0 no such type ${type}`);
  return known;
}
