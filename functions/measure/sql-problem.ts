import type { Catalogue } from '../lake/catalogue/catalogue.ts';
import { type Kpi, kpiOutput } from '../lake/catalogue/kpi.ts';
import { periodColumns } from '../lake/catalogue/periods.ts';
import { ENGINE_RELATIONS } from '../lake/catalogue/relations-read.ts';
import { suggestion } from '../lake/values/nearest.ts';
import { messageOf, VigieError, type Where } from '../platform/errors.ts';
import { missingColumns } from './figures.ts';
import type { KpiStatement } from './statement.ts';

/** `LINE 17: …` of DuckDB, `line 17:9: …` of Trino and Athena. */
const LINE = /\bline (\d+):(\d+)?/i;
const UNKNOWN_COLUMN = [
  /Referenced column "([^"]+)" not found/,
  /does not have a column named "([^"]+)"/,
  /Column '([^']+)' cannot be resolved/,
];
const UNKNOWN_TABLE = [/Table with name "?([\w.]+)"? does not exist/, /Table '([^']+)' does not exist/];
const UNKNOWN_FUNCTION = [/Function with name "?(\w+)"? does not exist/, /Function '([^']+)' not registered/];

/** What an engine said of a KPI's statement, told in the lines of the author's file. */
export function explainSqlProblem(
  error: unknown,
  statement: KpiStatement,
  kpi: Kpi,
  catalogue: Catalogue,
): VigieError {
  const message = messageOf(error);
  const place = placeOf(message, statement);
  const column = firstMatch(message, UNKNOWN_COLUMN)?.split('.').at(-1);
  const missing = kpiOutput.filter((name) => name === column);
  if (place === undefined && kpi.cube?.gives !== 'figures' && missing.length > 0)
    return missingColumns(kpi, missing);
  const where = place ?? { file: kpi.file, line: kpi.sqlLine };
  const { what, hint } = tell(message, column, kpi, catalogue);
  return new VigieError(`${what} at ${where.file}:${where.line}`, {
    code: 'KPI_SQL',
    hint,
    where,
    cause: error,
    retryable: error instanceof VigieError && error.retryable,
  });
}

function placeOf(message: string, statement: KpiStatement): (Where & { line: number }) | undefined {
  const line = Number(LINE.exec(message)?.[1] ?? Number.NaN);
  const segment = statement.segments.find(
    (each) => line >= each.statementLine && line < each.statementLine + each.lines,
  );
  return segment && { file: segment.file, line: segment.fileLine + line - segment.statementLine };
}

function tell(
  message: string,
  column: string | undefined,
  kpi: Kpi,
  catalogue: Catalogue,
): { what: string; hint: string } {
  if (column !== undefined) {
    return {
      what: `unknown column \`${column}\``,
      hint: suggestion(column, knownColumns(message, kpi, catalogue)),
    };
  }
  const table = firstMatch(message, UNKNOWN_TABLE)?.split('.').at(-1);
  if (table !== undefined) return unknownTable(table, catalogue);
  const name = firstMatch(message, UNKNOWN_FUNCTION);
  if (name !== undefined)
    return {
      what: `unknown function \`${name}\``,
      hint: 'docs/sql.md lists the functions that every engine has.',
    };
  const first = message.split('\n').find((part) => part.trim() !== '') ?? message;
  return {
    what: first
      .replace(/^kpi \w+: /, '')
      .replace('Failed to extract statements: ', '')
      .trim(),
    hint: `\`vigie explain ${kpi.id}\` shows the whole statement.`,
  };
}

function unknownTable(table: string, catalogue: Catalogue): { what: string; hint: string } {
  const known = [...catalogue.tables.names, ...catalogue.views.map((view) => view.name)];
  // What a statement reads is found where it says FROM and JOIN.
  if (known.includes(table))
    return { what: `table \`${table}\` stands after a comma`, hint: `Write \`JOIN ${table} ON …\`.` };
  return {
    what: `unknown table \`${table}\``,
    hint: suggestion(table, [...ENGINE_RELATIONS, ...known]),
  };
}

/** What the author could have meant: the engine's own candidates, the columns of the tables read, and of `periods`. */
function knownColumns(message: string, kpi: Kpi, { tables }: Catalogue): string[] {
  const candidates = [...(/Candidate bindings: (.*)/.exec(message)?.[1]?.matchAll(/"([^"]+)"/g) ?? [])].map(
    (match) => match[1] as string,
  );
  const columns = Object.keys(kpi.reads).flatMap((name) =>
    tables.table(name).columns.map((each) => each.name),
  );
  return [
    ...new Set([...candidates.map((name) => name.split('.').at(-1) as string), ...columns, ...periodColumns]),
  ];
}

const firstMatch = (text: string, patterns: readonly RegExp[]): string | undefined =>
  patterns.map((pattern) => pattern.exec(text)?.[1]).find((match) => match !== undefined);
