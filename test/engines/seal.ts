import { createTable } from '../../functions/lake/tables/ddl.ts';
import type { Dialect } from '../../functions/platform/engine.ts';
import { sha256 } from '../../functions/platform/hash.ts';
import { PLANNING } from '../kit/loopback-servers.ts';
import { TRINO_VERSION } from '../kit/loopback-tools.ts';
import { tableOf } from '../kit/tables.ts';
import { STEADY_BYTES } from '../kit/trino-engine.ts';
import type { Asked } from './asked.ts';
import { type Filling, historyTables, rowsAsText } from './history.ts';

/** What decides beside statement and rows what is read, and in which stages. */
const ENGINE = [TRINO_VERSION, STEADY_BYTES, ...PLANNING];

const DIGITS = 16;

/** Statements as they are in every run, whatever its database is called. */
const plain = (dialect: Dialect, sql: string): string => sql.replaceAll(dialect.table(''), 'lake.');

/** The lake's tables that are read, in order. */
export function tablesOf(dialect: Dialect, { statements }: Asked): string[] {
  const all = statements.map((sql) => plain(dialect, sql)).join('\n');
  const named = new Set(Array.from(all.matchAll(/\blake\.(\w+)/g), ([, name = '']) => name));
  return historyTables.filter((name) => named.has(name)).sort();
}

/**
 * Says in a word what figures were measured of, and which: the statements, the definition and the rows of each table that they
 * name, the engine and how it plans, the figures themselves. It holds as long as none of these is another.
 */
export function sealOf(
  { dialect, fillings }: { readonly dialect: Dialect; readonly fillings: readonly Filling[] },
  asked: Asked,
  figures: Readonly<Record<string, unknown>>,
): string {
  const tables = tablesOf(dialect, asked).map((name) => [
    plain(dialect, createTable(dialect, tableOf(name))),
    ...fillings.map((filling) => rowsAsText(filling, name)),
  ]);
  const statements = asked.statements.map((sql) => plain(dialect, sql));
  const sorted = Object.entries(figures).sort(([one], [other]) => (one < other ? -1 : 1));
  return sha256(JSON.stringify([ENGINE, statements, tables, sorted]), DIGITS);
}
