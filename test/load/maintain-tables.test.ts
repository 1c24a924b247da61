import { expect, test } from 'vitest';
import { type MaintenanceReport, maintainTable } from '../../functions/load/maintain-tables.ts';
import { athenaDialect } from '../../functions/platform/aws/athena-dialect.ts';
import type { Engine } from '../../functions/platform/engine.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { silentLog } from '../../functions/platform/log.ts';
import { tableOf } from '../kit/tables.ts';

/** Athena as far as maintenance sees it: what it says to each statement; nothing: done. */
function athena(says: (sql: string) => VigieError | undefined): { engine: Engine; statements: string[] } {
  const statements: string[] = [];
  const engine = {
    dialect: athenaDialect({ landingDatabase: 'in', lakeDatabase: 'lake', lakeLocation: 's3://b/lake/' }),
    async execute(sql: string) {
      statements.push(sql.split(' ')[0] as string);
      const error = says(sql);
      if (error) throw error;
      return { seconds: 1 };
    },
  } as unknown as Engine;
  return { engine, statements };
}

/** What the state machine does. */
async function tidied(engine: Engine): Promise<MaintenanceReport[]> {
  const reports: MaintenanceReport[] = [];
  do reports.push(await maintainTable({ engine, log: silentLog }, tableOf('orders'), reports.at(-1)?.at));
  while (reports.at(-1)?.status === 'unfinished');
  return reports;
}

const more = (what: string): VigieError =>
  new VigieError(`orders: ICEBERG_${what}_MORE_RUNS_NEEDED`, { code: 'SQL_FAILED' });

test('one statement a call', async () => {
  const { engine, statements } = athena(() => undefined);
  const reports = await tidied(engine);
  expect(statements).toEqual(['OPTIMIZE', 'VACUUM']);
  expect(reports.map(({ status }) => status)).toEqual(['unfinished', 'ok']);
});

test('what Athena does in parts is asked for again, a round a call', async () => {
  let left = 3;
  const { engine, statements } = athena((sql) =>
    sql.startsWith('OPTIMIZE') && left-- > 0 ? more('OPTIMIZE') : undefined,
  );
  const reports = await tidied(engine);
  expect(statements).toEqual(['OPTIMIZE', 'OPTIMIZE', 'OPTIMIZE', 'OPTIMIZE', 'VACUUM']);
  expect(reports).toHaveLength(5);
});

test('a table that is never done is left after twenty rounds of each', async () => {
  const { engine, statements } = athena((sql) => more(sql.split(' ')[0] as string));
  const reports = await tidied(engine);
  expect(statements).toHaveLength(40);
  expect(reports.at(-1)).toMatchObject({ status: 'ok' });
});

test('what outlasts its function is told of, not begun again', async () => {
  const { engine, statements } = athena(() => new VigieError('it took too long', { code: 'SQL_TIMEOUT' }));
  expect(await tidied(engine)).toMatchObject([{ status: 'failed', problem: { code: 'SQL_TIMEOUT' } }]);
  expect(statements).toEqual(['OPTIMIZE']);
});
