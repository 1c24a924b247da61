import { expect, test } from 'vitest';
import { lintText } from '../../../authoring/lint/lint.ts';
import { forecast, type MergeInput, mergeStatement, probe } from '../../../functions/lake/landing/merge.ts';
import { trinoDialect } from '../../contracts/iceberg-dialects.ts';
import { tableNames, tableOf } from '../../kit/tables.ts';

const mergeOf = (name: (typeof tableNames)[number]): MergeInput => ({
  dialect: trinoDialect,
  table: tableOf(name),
  batch: {
    ...{ table: name, source: 'erp', run: 'r1', files: ['a.parquet'] },
    columns: tableOf(name).columns.map((column) => column.name),
  },
});
const everything = { scopes: true, keys: true };

test.each(tableNames)(
  '%s: the Trino grammar takes every statement of a load',
  async (name) => {
    const merge = mergeOf(name);
    for (const sql of [mergeStatement(merge, everything), forecast(merge, everything), probe(merge, 2)]) {
      // What else the lint forbids is for authors; of generated text it must only be Trino's language.
      const mistakes = await lintText('generated.sql', sql);
      expect(mistakes.filter(({ rule }) => rule === 'trino-grammar' || rule === 'portable-function')).toEqual(
        [],
      );
    }
  },
  120_000,
);

test('a batch without anything superseded is merged without the joins that drop it', () => {
  const plain = mergeStatement(mergeOf('order_lines'), { scopes: false, keys: false });
  expect(plain).not.toMatch(/JOIN|GROUP BY/);
  expect(mergeStatement(mergeOf('order_lines'), everything)).toMatch(/LEFT JOIN[\s\S]*GROUP BY/);
});

test('the text is the same on every engine but for the names of tables', () => {
  const text = (names: string) => {
    const dialect = { ...trinoDialect, table: () => names, landed: () => names };
    return mergeStatement({ ...mergeOf('orders'), dialect }, everything).replaceAll(names, '…');
  };
  expect(text('"iceberg"."vigie"."orders"')).toBe(text('lake.orders'));
});
