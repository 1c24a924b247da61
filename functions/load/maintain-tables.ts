import { problemOf, type ReportedProblem } from '../lake/batch.ts';
import { maintenanceOf } from '../lake/schema/maintenance.ts';
import type { TableDefinition } from '../lake/schema/table.ts';
import { type TableName, tableNames, tableOf } from '../lake/schema/tables.ts';
import { VigieError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';

type Needed = Pick<Platform, 'engine' | 'log'>;

/** What tidying one table took. */
export interface MaintenanceReport {
  readonly table: TableName;
  readonly status: 'ok' | 'failed';
  /** Statements run: Athena does some of the work a time and asks for more. */
  readonly statements: number;
  readonly seconds: number;
  readonly problem?: ReportedProblem;
}

/** How often a statement is repeated that did a part of its work. */
const MOST_ROUNDS = 20;

/**
 * Tidies the files of every table, once a week: compaction, then dropping old snapshots. No row changes. A table that
 * fails holds up no other; a run at the same time wins, and the table is tidied the week after.
 */
export async function maintainTables(
  platform: Needed,
  tables = tableNames.map(tableOf),
): Promise<MaintenanceReport[]> {
  const reports: MaintenanceReport[] = [];
  for (const table of tables) reports.push(await maintain(platform, table));
  return reports;
}

async function maintain({ engine, log }: Needed, table: TableDefinition): Promise<MaintenanceReport> {
  const done = { table: table.name as TableName, statements: 0, seconds: 0 };
  try {
    for (const { does, sql } of maintenanceOf(engine.dialect, table)) {
      for (let round = 1, more = true; more && round <= MOST_ROUNDS; round += 1) {
        more = await runPart(engine, sql, `${does} ${table.name}`, done);
      }
    }
    log.info('table tidied', { ...done });
    return { ...done, status: 'ok' };
  } catch (error) {
    if (!(error instanceof VigieError)) throw error;
    log.warn('table not tidied', { table: table.name, code: error.code, message: error.message });
    return { ...done, status: 'failed', problem: problemOf(error) };
  }
}

/** True where Athena did a part and wants to be asked again (`ICEBERG_VACUUM_MORE_RUNS_NEEDED`). */
async function runPart(
  engine: Needed['engine'],
  sql: string,
  label: string,
  done: { statements: number; seconds: number },
): Promise<boolean> {
  done.statements += 1;
  try {
    done.seconds += (await engine.execute(sql, { label })).seconds;
    return false;
  } catch (error) {
    if (error instanceof VigieError && /MORE_RUNS_NEEDED/.test(error.message)) return true;
    throw error;
  }
}
