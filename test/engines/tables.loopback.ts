import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inlineTable } from '../../authoring/cases/inline-tables.ts';
import type { TableDefinition } from '../../functions/lake/tables/table.ts';
import type { Tables } from '../../functions/lake/tables/tables.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { tableNames, tableOf, tables } from '../kit/tables.ts';
import { isItsTurn } from '../kit/turn.ts';
import { bothLakes, type Lake, rowsIn, rowsOf, tools } from './both-lakes.ts';

let both: Awaited<ReturnType<typeof bothLakes>>;
beforeAll(async () => {
  both = await bothLakes();
});
afterAll(() => both.close());

/** The last column by which no row is told: it could have come with a later version. None in a table that is all key. */
function latestOf(table: TableDefinition): string | undefined {
  const needed = [...table.key, ...table.scope, table.businessDate];
  return table.columns.findLast((column) => !needed.includes(column.name))?.name;
}

/** What is loaded into one table changes no other here: each is tried by itself, at once with the others. */
const alone = (name: string): Tables => ({ ...tables, all: [tableOf(name)] });

/** A long row of like trials: CI makes some of them in turn (decision 0075). */
const inTurn = tableNames.filter((_, index) => isItsTurn(index));

const isAllKey = (name: string): boolean => latestOf(tableOf(name)) === undefined;

const rowsOfTable = (name: string) => {
  const key = String(tableOf(name).key[0]);
  return rowsOf(name, key.endsWith('_id') ? ['A', 'B'].map((value) => ({ [key]: value })) : [{}]);
};

const without = (table: TableDefinition, column: string): TableDefinition => ({
  ...table,
  columns: table.columns.filter(({ name }) => name !== column),
});

const ensure = (table: TableDefinition) =>
  both.inBoth((lake) => ensureTables({ ...lake, ...tools }, [table]));

test.concurrent.each(inTurn.filter(isAllKey))(
  '%s, all key, is loaded, and again, the same rows',
  async (name) => {
    await ensure(tableOf(name));
    const rows = rowsOfTable(name);
    for (const run of ['r1', 'r2']) {
      const [duckdb, trino] = await both.load(name, rows, run, alone(name));
      expect(trino).toEqual(duckdb);
      expect(trino.rows.map((row) => row['_run'])).toEqual(rows.map(() => 'r1'));
    }
  },
);

describe.concurrent.each(inTurn.filter((name) => !isAllKey(name)))(
  '%s, on DuckDB and on Trino with Iceberg',
  (name) => {
    const table = tableOf(name);
    const latest = latestOf(table) as string;
    const rows = rowsOfTable(name);

    /** Puts the first row there as an earlier version did. */
    async function insertEarlier({ engine }: Lake): Promise<void> {
      const columns = without(table, latest).columns.map((column) => column.name);
      const names = [...columns, '_source', '_run'].join(', ');
      await engine.execute(
        `INSERT INTO ${engine.dialect.table(name)} (${names}) SELECT ${columns.join(', ')}, 'erp', 'r0' FROM ${inlineTable(tableOf(name), rows.slice(0, 1))} t`,
      );
    }

    /** Nothing is converted behind anybody's back. */
    async function isRefusedWhenAltered(): Promise<void> {
      const found = await both.inBoth(async (lake) => {
        const target = lake.engine.dialect.table(name);
        await lake.engine.execute(`ALTER TABLE ${target} DROP COLUMN ${latest}`);
        await lake.engine.execute(`ALTER TABLE ${target} ADD COLUMN ${latest} double`);
        return ensureTables({ ...lake, ...tools }, [table]).catch((error: unknown) => error);
      });
      for (const error of found) {
        expect(error).toMatchObject({
          code: 'LAKE_TABLE_CHANGED',
          where: { field: `${name}.${latest}`, sample: 'double' },
        });
      }
    }

    test('gains a column while it holds rows, is loaded, and again, the same rows; altered by hand, it is refused', async () => {
      await ensure(without(table, latest));
      await both.inBoth(insertEarlier);
      await ensure(table);
      const [old, oldOnTrino] = await both.inBoth((lake) => rowsIn(lake, name));
      expect(oldOnTrino).toEqual(old);
      expect(old).toMatchObject([{ [latest]: null, _run: 'r0' }]);
      for (const run of ['r1', 'r2']) {
        const [duckdb, trino] = await both.load(name, rows, run, alone(name));
        expect(trino).toEqual(duckdb);
        expect(trino.rows).toHaveLength(rows.length);
        // The old row lacks what the new column holds; the same again changes nothing.
        expect(new Set(trino.rows.map((row) => row['_run'])).has('r2')).toBe(false);
      }
      await isRefusedWhenAltered();
    });
  },
);
