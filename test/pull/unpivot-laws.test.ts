import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../kit/runs.ts';
import { text, workbook } from '../kit/workbook.ts';
import { openDesk } from './pulling.ts';

const COLUMNS = {
  kpi: { constant: 'net_revenue' },
  dimension: { constant: 'region' },
  member: 'Region',
  starts_on: { from: 'month', format: 'YYYY-MM' },
  ends_on: { from: 'month', format: 'YYYY-MM', of_month: 'last' },
  value: 'wanted',
};
const TALL = { table: 'targets', path: 'in/*', decimal: ',', thousands: ' ', columns: COLUMNS };
const WIDE = { ...TALL, unpivot: { name: 'month', value: 'wanted' } };

interface Sheet {
  readonly regions: readonly string[];
  readonly months: readonly string[];
  /** By region, then month. */
  readonly cells: readonly (readonly string[])[];
}

/** Good numbers, none, and what is no number. */
const cell = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -99_999, max: 99_999 }).map((n) => `${n},5`) },
  { weight: 2, arbitrary: fc.constantFrom('', ' ', '="" ') },
  { weight: 1, arbitrary: fc.constantFrom('n/a', '1.5', '12 34') },
);
const month = fc.tuple(fc.integer({ min: 2020, max: 2029 }), fc.integer({ min: 1, max: 12 }));
const sheet: fc.Arbitrary<Sheet> = fc
  .tuple(
    fc.uniqueArray(
      fc.string({ unit: fc.constantFrom('a', 'b', 'é', '1', '-'), minLength: 1 }).map((s) => `R${s}`),
      {
        minLength: 1,
        maxLength: 5,
      },
    ),
    fc.uniqueArray(
      month.map(([year, number]) => `${year}-${String(number).padStart(2, '0')}`),
      {
        minLength: 1,
        maxLength: 8,
      },
    ),
  )
  .chain(([regions, months]) =>
    fc
      .array(fc.array(cell, { minLength: months.length, maxLength: months.length }), {
        minLength: regions.length,
        maxLength: regions.length,
      })
      .map((cells) => ({ regions, months, cells })),
  );

type Table = string[][];

const tallOf = ({ regions, months, cells }: Sheet): Table => [
  ['Region', 'month', 'wanted'],
  ...regions.flatMap((region, row) =>
    months.flatMap((name, column) => {
      const value = cells[row]?.[column] ?? '';
      return ['', '=""'].includes(value.trim()) ? [] : [[region, name, value]];
    }),
  ),
];

/** The sheet with its columns in another order, of some months or all, and the rows as they are. */
function wideOf({ regions, months, cells }: Sheet, order: readonly number[], some = months): Table {
  const columns = [
    ['Region', ...regions],
    ...months.flatMap((name, column) =>
      some.includes(name) ? [[name, ...cells.map((row) => row[column] ?? '')]] : [],
    ),
  ];
  const turned = columns
    .map((column, index) => ({ column, place: order[index] ?? index }))
    .sort((a, b) => a.place - b.place)
    .map(({ column }) => column);
  return ['Region', ...regions].map((_, row) => turned.map((column) => column[row] ?? ''));
}

const WRITERS = {
  csv: (table: Table) => `${table.map((row) => row.join(';')).join('\n')}\n`,
  xlsx: (table: Table) => workbook({ sheets: [{ name: 'S', rows: table.map((row) => row.map(text)) }] }),
  ndjson: ([header = [], ...rows]: Table) =>
    rows
      .map((row) => `${JSON.stringify(Object.fromEntries(header.map((name, at) => [name, row[at]])))}\n`)
      .join(''),
};

/** What lands of some files, and what is put aside, in no order. */
async function outcome(feed: object, files: readonly (string | Uint8Array)[]) {
  const desk = await openDesk();
  for (const [index, file] of files.entries()) await desk.drop(`in/${index}`, file);
  const { batches, problem } = await desk.pull([feed], { share: 1 });
  expect(problem).toBeUndefined();
  const [batch] = batches;
  const rows = (await desk.rows(batch)).map(({ _row, _input, ...row }) => JSON.stringify(row));
  const rejected = batch?.rejected ? await desk.rejected('targets') : [];
  const aside = rejected.map(({ column, value, reason, raw }) =>
    JSON.stringify([column, value, reason, raw]),
  );
  return { rows: rows.sort(), aside: aside.sort() };
}

test('a wide file is the tall file of its cells, whatever the order of its columns and its format', async () => {
  const orders = fc.array(fc.integer(), { minLength: 9, maxLength: 9 });
  const format = fc.constantFrom(...(Object.keys(WRITERS) as (keyof typeof WRITERS)[]));
  await fc.assert(
    fc.asyncProperty(sheet, orders, format, async (given, order, kind) => {
      const tall = await outcome(TALL, [WRITERS.csv(tallOf(given))]);
      expect(await outcome(WIDE, [WRITERS[kind](wideOf(given, order))])).toEqual(tall);
    }),
    { numRuns: runs(25) },
  );
});

test('… however its months are split over deliveries', async () => {
  const splits = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 8, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(sheet, splits, async (given, split) => {
      const parts = [0, 1, 2]
        .map((part) => given.months.filter((_, index) => split[index] === part))
        .filter((months) => months.length > 0)
        .map((months) => WRITERS.csv(wideOf(given, [], months)));
      expect(await outcome(WIDE, parts)).toEqual(await outcome(TALL, [WRITERS.csv(tallOf(given))]));
    }),
    { numRuns: runs(12) },
  );
});

test('a rejected cell is found in the file by its line and heading', async () => {
  await fc.assert(
    fc.asyncProperty(sheet, async (given) => {
      const table = wideOf(given, []);
      const desk = await openDesk();
      await desk.drop('in/0', WRITERS.csv(table));
      const { batches } = await desk.pull([WIDE], { share: 1 });
      const rejected = batches[0]?.rejected ? await desk.rejected('targets') : [];
      for (const { line, heading, value } of rejected)
        expect(table[line - 1]?.[table[0]?.indexOf(heading ?? '') ?? -1]).toBe(value);
    }),
    { numRuns: runs(12) },
  );
});
