import { problemOf, type ReportedProblem } from '../lake/landing/batch.ts';
import { maintenanceOf } from '../lake/tables/maintenance.ts';
import type { TableDefinition } from '../lake/tables/table.ts';
import { VigieError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';

type Needed = Pick<Platform, 'engine' | 'log'>;

/** Where the tidying of a table has got to. */
export interface MaintenanceAt {
  /** Which of its statements (`maintenanceOf`), from 0. */
  readonly part: number;
  /** How often that one was run already: Athena does some of the work a time and asks for more. */
  readonly rounds: number;
}

export const MAINTENANCE_BEGINS: MaintenanceAt = { part: 0, rounds: 0 };

/** What one statement of tidying a table came to. */
export interface MaintenanceReport {
  readonly table: string;
  /** `unfinished`: to be called again with `at`. */
  readonly status: 'ok' | 'unfinished' | 'failed';
  readonly at: MaintenanceAt;
  readonly seconds: number;
  readonly problem?: ReportedProblem;
}

/** How often a statement is repeated that did a part of its work; the next week goes on. */
const MOST_ROUNDS = 20;

/**
 * Tidies the files of a table, once a week: compaction, then dropping old snapshots. No row changes. One statement a
 * call, so that each has all the time that a function may run; whoever calls goes on until it is no longer
 * `unfinished`. A run at the same time wins, and the table is tidied the week after.
 */
export async function maintainTable(
  { engine, log }: Needed,
  table: TableDefinition,
  at: MaintenanceAt = MAINTENANCE_BEGINS,
): Promise<MaintenanceReport> {
  const parts = maintenanceOf(engine.dialect, table);
  const part = parts[at.part];
  const name = table.name;
  if (part === undefined) return { table: name, status: 'ok', at, seconds: 0 };
  const label = `${part.does} ${name}`;
  try {
    const { isDone, seconds } = await runRound(engine, part.sql, label);
    const isOver = isDone || at.rounds + 1 >= MOST_ROUNDS;
    if (!isDone && isOver) log.warn('table tidied in part', { label, rounds: at.rounds + 1 });
    const next = isOver ? { part: at.part + 1, rounds: 0 } : { part: at.part, rounds: at.rounds + 1 };
    log.info('table tidied', { label, seconds, isDone });
    return { table: name, status: next.part < parts.length ? 'unfinished' : 'ok', at: next, seconds };
  } catch (error) {
    if (!(error instanceof VigieError)) throw error;
    log.warn('table not tidied', { label, code: error.code, message: error.message });
    return { table: name, status: 'failed', at, seconds: 0, problem: problemOf(error) };
  }
}

/** Not done where Athena did a part and wants to be asked again (`ICEBERG_VACUUM_MORE_RUNS_NEEDED`). */
async function runRound(
  engine: Needed['engine'],
  sql: string,
  label: string,
): Promise<{ readonly isDone: boolean; readonly seconds: number }> {
  try {
    return { isDone: true, seconds: (await engine.execute(sql, { label })).seconds };
  } catch (error) {
    if (error instanceof VigieError && /MORE_RUNS_NEEDED/.test(error.message))
      return { isDone: false, seconds: 0 };
    throw error;
  }
}
