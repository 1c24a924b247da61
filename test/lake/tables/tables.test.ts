import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { referencePage, tableReference } from '../../../functions/lake/tables/reference-page.ts';
import { keyWithin } from '../../../functions/lake/tables/table.ts';
import { tableNames, tableOf, tables } from '../../kit/tables.ts';

test('docs/tables.md is what the definitions make (else: npm run docs:tables)', () => {
  expect(readFileSync(referencePage, 'utf8')).toBe(tableReference(tables));
});

describe.each(tableNames)('%s', (name) => {
  const table = tableOf(name);
  const columns = new Map(table.columns.map((column) => [column.name, column]));

  test('is called as it is listed', () => {
    expect(table.name).toBe(name);
  });

  test('key and scope are columns that are always there', () => {
    for (const column of [...table.key, ...table.scope])
      expect(columns.get(column)).toMatchObject({ nullable: false });
    expect(new Set(table.key).size).toBe(table.key.length);
  });

  test('the business date is a date that is always there', () => {
    if (table.businessDate === undefined) return;
    expect(columns.get(table.businessDate)).toMatchObject({ kind: 'date', nullable: false });
  });

  test('amounts name a currency column of the table, and have a day whose rate converts them', () => {
    const amounts = [...columns.values()].filter((column) => column.currencyColumn !== undefined);
    for (const { currencyColumn } of amounts)
      expect(columns.get(currencyColumn ?? '')).toMatchObject({ kind: 'text', nullable: false });
    if (amounts.length > 0)
      expect(table.businessDate ?? (columns.has('starts_on') ? 'starts_on' : undefined)).toBeDefined();
  });

  test('column names are plain lower-case words, none reserved, and sound as sentences', () => {
    for (const column of columns.values()) {
      expect(column.name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(['at', 'end', 'order', 'group', 'user', 'from', 'to']).not.toContain(column.name);
      expect(column.description).toMatch(/[.…]$/);
    }
  });
});

test.each(
  tables.references.map((reference) => [`${reference.table}.${reference.column}`, reference] as const),
)('%s refers to the key of a table', (_, reference) => {
  expect(tableOf(reference.table).columns.map(({ name }) => name)).toContain(reference.column);
  expect(keyWithin(tableOf(reference.to))).toEqual([reference.toColumn]);
});
