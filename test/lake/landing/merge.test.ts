import { expect, test } from 'vitest';
import { lintText } from '../../../authoring/lint/lint.ts';
import { probeWithMonths } from '../../../functions/lake/landing/find-reach.ts';
import { forecast, type MergeInput, mergeStatement, probe } from '../../../functions/lake/landing/merge.ts';
import { type DatedMerge, heldMonths, isDated } from '../../../functions/lake/landing/reach.ts';
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
const datedOf = (name: (typeof tableNames)[number]): DatedMerge => {
  const merge = mergeOf(name);
  if (!isDated(merge)) throw new Error(`${name} has no date`);
  return merge;
};
const everything = { scopes: true, keys: true };
const reach = { months: ['2025-12-01', '2026-01-01', '2026-11-01'], isNew: false };
const months = reach.months.map((month, at) => ({
  month: at === 0 ? null : month,
  spans: { order_id: { least: "o'1", largest: 'o9' } },
}));

test.each(tableNames)(
  '%s: the Trino grammar takes every statement of a load',
  async (name) => {
    const merge = { ...mergeOf(name), reach };
    const superseding = { ...everything, inherits: true };
    for (const sql of [
      mergeStatement(merge, superseding),
      forecast(merge, superseding),
      probe(merge, 2),
      ...(isDated(merge) ? [probeWithMonths(merge, 2), heldMonths(merge, superseding, months)] : []),
    ]) {
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

test('a MERGE reads the months that its batch concerns, on both sides; neighbours are one span', () => {
  const sql = mergeStatement({ ...mergeOf('orders'), reach }, everything);
  const within = (alias: string) =>
    `(${alias}.ordered_on BETWEEN DATE '2025-12-01' AND DATE '2026-01-31' OR ${alias}.ordered_on BETWEEN DATE '2026-11-01' AND DATE '2026-11-30')`;
  for (const alias of ['h', 't']) expect(sql).toContain(within(alias));
  // A line may have no date yet: it is looked for among those.
  expect(mergeStatement({ ...mergeOf('order_lines'), reach }, everything)).toContain('t.ordered_on IS NULL)');
});

test('rows are looked up between the keys of each month of the batch, a date in the months themselves', () => {
  expect(heldMonths(datedOf('order_lines'), everything, months)).toContain(
    "t.order_id BETWEEN 'o''1' AND 'o9'",
  );
  expect(heldMonths(datedOf('ad_spend'), everything, months)).toContain(
    "t.spent_on BETWEEN DATE '2026-01-01' AND DATE '2026-01-31'",
  );
});
