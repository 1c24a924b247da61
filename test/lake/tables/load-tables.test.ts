import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { tableFile } from '../../../functions/lake/tables/table-file.ts';
import { tables, tablesIn } from '../../kit/tables.ts';

const visits = (changes: Readonly<Record<string, string>> = {}, columns = '') => {
  const facts = {
    names: '{ en: visits, fr: visites }',
    description: 'Visits of representatives.',
    role: 'events',
    key: '[visit_id]',
    business_date: 'visited_on',
    ...changes,
  };
  const lines = Object.entries(facts).flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}`]));
  return `${lines.join('\n')}
columns:
  visit_id: { kind: text, row_number: true, description: Number. }
  visited_at: { kind: timestamp, optional: true, description: Instant. }
  visited_on: { kind: date, derive: { day_of: visited_at }, description: Day. }
  customer_id: { kind: text, optional: true, references: customers, description: The customer. }
${columns}`;
};

const mistakeOf = (files: Readonly<Record<string, string>>): string => {
  try {
    tablesIn(files, { over: true });
  } catch (error) {
    expect(error).toMatchObject({ code: 'TABLE_INVALID' });
    return (error as Error).message.split('\n').slice(1).join('\n').trim();
  }
  return 'no mistake';
};

describe('a table of a company', () => {
  const own = tablesIn({ visits: visits() }, { over: true });

  test('is there beside those that ship, with what its file says', () => {
    expect(own.names).toEqual([...tables.names, 'visits']);
    expect(own.table('visits')).toMatchObject({
      file: 'tables/visits.yaml',
      role: 'events',
      daily: false,
      key: ['visit_id'],
      scope: ['visit_id'],
      rateDate: 'visited_on',
    });
    expect(own.references).toContainEqual({
      ...{ table: 'visits', column: 'customer_id', to: 'customers', toColumn: 'customer_id' },
      part: false,
    });
  });

  test('that nobody knows is named with the nearest', () => {
    expect(() => own.table('visit')).toThrow('there is no table `visit`; did you mean `visits`?');
  });

  test.each([
    ['a role', { role: 'things_' }, '', ':3:7  role: "things_" is not allowed; '],
    ['a field', { rol: 'events' }, '', ':6:1  rol: there is no such field; did you mean `role`?'],
    [
      'a key that is no column',
      { key: '[visit]' },
      '',
      ':4:7  key[0]: `visits` has no column `visit`; allowed: visit_id, ',
    ],
    [
      'a key that may be empty',
      { key: '[customer_id]' },
      '',
      'key[0]: `customer_id` may be empty; a row has to have it',
    ],
    [
      'a date that is none',
      { business_date: 'visit_id' },
      '',
      'business_date: `visit_id` is text; it has to be a date',
    ],
    [
      'daily without a date',
      { business_date: '', daily: 'true' },
      '',
      'daily: only what has the role `events`, and a business date, happens every day',
    ],
    [
      'late, and not daily',
      { late: '3' },
      '',
      'late: only a table in which something happens every day (`daily: true`) has days that come late',
    ],
    [
      'a consent of which nobody says whether',
      { withdrawal: '{ by: [visit_id], granted: visit_id, said_at: visit_id, empties: [visit_id] }' },
      '',
      'withdrawal.granted: `visit_id` is text; it has to be a boolean',
    ],
    ['a kind', {}, '  rating: textt', 'columns.rating.kind: "textt" is not allowed; did you mean `text`?'],
    [
      'money without a currency',
      {},
      '  cost: money',
      'columns.cost.kind: money needs one column of kind currency beside it',
    ],
    [
      'a table that is not there',
      {},
      '  shop: { kind: text, references: shops }',
      'columns.shop.references: there is no table `shops`; ',
    ],
    [
      'a key of several columns',
      {},
      '  line: { kind: text, references: order_lines }',
      'is known by order_id, line_id together',
    ],
    [
      'a key of another kind',
      {},
      '  no: { kind: integer, references: customers }',
      'the key of `customers` is text, this column is integer',
    ],
    [
      'what has no whole',
      {},
      '  ordered_on: { kind: date, inherits: orders }',
      'no column of `visits` says `part_of: orders`',
    ],
    [
      'what is worked out of nothing',
      {},
      '  day: { kind: date, derive: { day_of: seen_at } }',
      'there is no column `seen_at`',
    ],
    [
      'what is worked out of another kind',
      {},
      '  day: { kind: date, derive: { day_of: visit_id } }',
      '`day_of` takes a timestamp; `visit_id` is text',
    ],
    ['a word of SQL', {}, '  order: text', '`order` is a word that SQL or Vigie keeps for itself'],
    [
      'values of a number',
      {},
      '  stars: { kind: integer, values: [one] }',
      'columns.stars.values: is for columns of kind text; this one is integer',
    ],
    [
      'the month of a number',
      {},
      '  stars: { kind: integer, month: true }',
      'columns.stars.month: is for columns of kind date; this one is integer',
    ],
  ])(
    'with a mistake is told where, what was found and what is allowed: %s',
    (_, changes, columns, message) => {
      const told = mistakeOf({ visits: visits(changes as Record<string, string>, columns) });
      expect(told).toContain(message);
      expect(told).toMatch(/^tables\/visits\.yaml:\d+:\d+ {2}/);
    },
  );

  test('in which YAML itself is wrong is told with its line', () => {
    expect(mistakeOf({ visits: 'names: {\n' })).toMatch(/^tables\/visits\.yaml:\d+:\d+ {2}not YAML/);
  });
});

describe('own columns of a table that ships', () => {
  test('stand behind its own, may be empty, and are the company’s', () => {
    const own = tablesIn(
      { customers: 'columns:\n  tier: text\n  since: { kind: date, description: Since. }\n' },
      { over: true },
    );
    const { columns, file, label } = own.table('customers');
    const shipped = tables.table('customers').columns.map(({ name }) => name);
    expect(columns.map(({ name }) => name)).toEqual([...shipped, 'tier', 'since']);
    expect(columns.slice(-2)).toMatchObject([
      { name: 'tier', kind: 'text', nullable: true, own: true, description: '' },
      { name: 'since', kind: 'date', nullable: true, own: true, description: 'Since.' },
    ]);
    expect({ file, label }).toEqual({ file: 'sql/tables/customers.yaml', label: 'name' });
    expect(columns.filter(({ own: isOwn }) => isOwn)).toHaveLength(2);
  });

  test.each([
    [
      'of a name that is taken',
      'columns:\n  name: text',
      ':2:3  columns.name: is a column of sql/tables/customers.yaml already',
    ],
    [
      'that must not be empty',
      'columns:\n  tier: { kind: text, optional: false }',
      ':2:33  columns.tier.optional: ',
    ],
    [
      'that make it another table',
      'key: [tier]\ncolumns:\n  tier: text',
      ':1:1  key: there is no such field',
    ],
    [
      'by which it is a part',
      'columns:\n  tier: { kind: text, part_of: orders }',
      'columns.tier.part_of: there is no such field',
    ],
    [
      'with money, where it has no currency',
      'columns:\n  potential: money',
      'money needs one column of kind currency',
    ],
  ])('are refused: %s', (_, text, message) => {
    const told = mistakeOf({ customers: text });
    expect(told).toContain(message);
    expect(told).toMatch(/^tables\/customers\.yaml/);
  });

  test('with money take the currency of their row', () => {
    const own = tablesIn({ order_lines: 'columns:\n  deposit: money\n' }, { over: true });
    expect(own.table('order_lines').columns.at(-1)).toMatchObject({
      unit: 'money',
      currencyColumn: 'currency',
    });
  });
});

test('every field is told on the page of a company’s own folder', () => {
  const page = readFileSync('docs/own-folder.md', 'utf8');
  const fields = [...Object.keys(tableFile.shape), ...Object.keys(tableFile.shape.columns.valueType.shape)];
  expect(fields.length).toBeGreaterThan(20);
  expect(fields.filter((field) => !new RegExp(`^\\| .*\`${field}(:.*)?\``, 'm').test(page))).toEqual([]);
});
