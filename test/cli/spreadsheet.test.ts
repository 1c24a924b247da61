import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { EXCEL_LINES, excelOf, FORMULA } from '../../cli/spreadsheet.ts';
import { readWorkbook } from '../kit/read-workbook.ts';

const day = fc
  .date({ min: new Date('1901-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const name = fc.oneof(
  fc.constantFrom('=1+1', "O'Neill", '<b>&amp;', '-2+3', ' padded ', '100001', '1e5', 'è€😀', '_x0041_'),
  fc.string({ minLength: 1, unit: 'grapheme' }),
);
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
);

test('every cell comes back as what it was: text as text, whatever it begins with, numbers, days, nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(name, day, fc.option(number)), { minLength: 1, maxLength: 20 }),
      async (rows) => {
        const book = await readWorkbook(
          await excelOf({ head: ['who', 'as_of', 'value'], lines: rows }, 'Net: [a/b]'),
        );
        expect(book.sheet).toBe('Net   a b ');
        expect(book.head).toEqual(['who', 'as_of', 'value']);
        expect(book.lines.map(([who, on]) => [who, on])).toEqual(rows.map(([who, on]) => [who, on]));
        expect(book.lines.map(([, , value]) => (value === '' ? null : Number(value)))).toEqual(
          rows.map(([, , value]) => (value === null ? null : Number(value.toPrecision(15)))),
        );
      },
    ),
    { numRuns: 60 },
  );
});

test('what no XML can hold is a blank', async () => {
  const book = await excelOf({ head: ['a\u0000b'], lines: [['x\u0001\ny\uffff'], ['b\ud83dc']] }, 'x');
  expect(await readWorkbook(book)).toEqual({ sheet: 'x', head: ['a b'], lines: [['x  y '], ['b c']] });
});

test('more lines than a workbook is made for are refused, with what to do instead', async () => {
  const lines = Array.from({ length: EXCEL_LINES + 1 }, () => []);
  await expect(excelOf({ head: [], lines }, 'x')).rejects.toThrow(
    expect.objectContaining({ code: 'EXCEL_TOO_LONG', hint: expect.stringContaining('.parquet') }),
  );
});

test.each([
  ['=1+1', true],
  ['@SUM(A1)', true],
  ['\t=1', true],
  ['-2+3', true],
  ["-2e1+cmd|' /C calc'!A0", true],
  ['-1,5+1', true],
  ['-1.5', false],
  ['-1,5', false],
  ['-1e-7', false],
  ['100', false],
  ['Nord-Est', false],
])('in CSV %j is a formula to a spreadsheet: %s', (text, runs) => {
  const [cell] = Papa.parse<string[]>(Papa.unparse([[text]], { escapeFormulae: FORMULA })).data[0] ?? [];
  expect(cell).toBe(runs ? `'${text}` : text);
});
