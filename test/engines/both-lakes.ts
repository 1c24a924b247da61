import { inject } from 'vitest';
import { completeRows } from '../../authoring/cases/given-rows.ts';
import type { ColumnKind } from '../../functions/lake/tables/column.ts';
import type { Tables } from '../../functions/lake/tables/tables.ts';
import { loadBatch } from '../../functions/load/load-batch.ts';
import type { Bucket } from '../../functions/platform/bucket.ts';
import { frozenClock } from '../../functions/platform/clock.ts';
import { type Engine, queryRows } from '../../functions/platform/engine.ts';
import { silentLog } from '../../functions/platform/log.ts';
import { motoWorld } from '../kit/moto-world.ts';
import { tableOf, tables } from '../kit/tables.ts';
import { type LandedRow, land } from '../load/landing.ts';
import { localWorld } from '../load/world.ts';

export interface Lake {
  readonly bucket: Bucket;
  readonly engine: Engine;
  close(): Promise<void>;
}

export const tools = { clock: frozenClock('2026-11-22T06:00:00Z'), log: silentLog };

/** Two lakes without a table: DuckDB on a folder, Trino with Iceberg on S3. */
export async function bothLakes(known: Tables = tables) {
  const moto = await motoWorld(inject('motoUrl'), inject('trinoUrl'), known);
  const lakes: readonly [Lake, Lake] = [localWorld(), moto];
  /** Does the same to both, and gives both answers: DuckDB's first. */
  const inBoth = <T>(act: (lake: Lake) => Promise<T>): Promise<[T, T]> =>
    Promise.all(lakes.map(act)) as Promise<[T, T]>;
  return {
    lakes,
    inBoth,
    /** Loads the same batch into both; gives both reports and both tables. `among`: the tables that are there. */
    load: (table: string, rows: readonly LandedRow[], run: string, among: Tables = tables) =>
      inBoth(async (lake) => {
        const batch = await land(lake.bucket, table, rows, { run });
        const { seconds: _, ...report } = await loadBatch({ ...lake, ...tools }, batch, among);
        return { report, rows: await rowsIn(lake, table) };
      }),
    close: () => inBoth((lake) => lake.close()),
  };
}

/** All rows of a table in the order of its key, with where they come from. */
export function rowsIn({ engine }: Lake, name: string) {
  const table = tableOf(name);
  const names = [...table.columns.map((column) => column.name), '_source', '_run'];
  return queryRows(
    engine,
    `SELECT ${names.join(', ')} FROM ${engine.dialect.table(name)} ORDER BY ${table.key.join(', ')}`,
  );
}

/** What a row must have and cases have no default for, by the kind of its column. */
const NEEDED: Partial<Record<ColumnKind, LandedRow[string]>> = {
  ...{ integer: 1, decimal: '1.0725', rate: '1.0725' },
  ...{ timestamp: '2026-11-20T08:00:00Z', boolean: true },
};

const neededOf = (table: string): LandedRow =>
  Object.fromEntries(
    tables.table(table).columns.flatMap(({ name, kind, nullable }) => {
      const value = nullable ? undefined : NEEDED[kind];
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** Rows completed as a case's are. */
export const rowsOf = (table: string, given: readonly LandedRow[]): LandedRow[] => {
  const context = { tables, currency: 'EUR', timeZone: 'Europe/Paris', asOf: '2026-11-20' };
  const rows = given.map((row) => ({ ...neededOf(table), ...row }));
  return (completeRows({ [table]: rows }, context).get(table) ?? []) as LandedRow[];
};
