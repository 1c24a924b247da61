import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateText, plainNumber } from '../../functions/pull/files/xlsx/numbers.ts';
import { formatOfCode } from '../../functions/pull/files/xlsx/styles.ts';
import {
  error,
  formula,
  type MadeCell,
  type MadeWorkbook,
  number,
  shared,
  text,
  workbook,
  zip,
} from '../kit/workbook.ts';
import { openDesk } from './pulling.ts';

const LINES = {
  table: 'order_lines',
  path: 'lines.xlsx',
  columns: {
    order_id: 'Order',
    line_id: { row_number: true },
    ordered_on: 'Day',
    product_id: { from: 'Product', optional: true },
    quantity: { constant: 1 },
    net_amount: 'Net amount',
    currency: { constant: 'EUR' },
  },
};
const HEADER = ['Order', 'Day', 'Net amount', 'Product'].map(text);

async function pulled(bytes: Uint8Array, feed: object = {}, share = 0) {
  const desk = await openDesk();
  await desk.drop('lines.xlsx', bytes);
  const report = await desk.pull([{ ...LINES, ...feed }], { share });
  const [batch] = report.batches;
  return { desk, problem: report.problem, rows: batch ? await desk.rows(batch) : [] };
}

const one = (rows: (MadeCell | null)[][], more: Partial<MadeWorkbook> = {}) =>
  workbook({ sheets: [{ name: 'Lines', rows: [HEADER, ...rows] }], ...more });

describe('a workbook', () => {
  test('is read exactly: texts with their zeros, decimals as shown, dates', async () => {
    const bytes = one(
      [
        [shared(0), number('46346', 1), number('0.30000000000000004'), number('4711', 2)],
        [text('00-12'), number('46346.98', 3), number('1234567.1'), shared(1)],
        [number('4.5001E+09'), text('2026-11-20'), number('-12.5'), null],
      ],
      {
        strings: [
          '<t>0000100</t>',
          '<r><t>Pump</t></r><r><t xml:space="preserve"> &amp; seal</t></r><rPh><t>x</t></rPh>',
        ],
        formats: [14, '0000000000', 'dd/mm/yyyy hh:mm'],
      },
    );
    const { problem, rows } = await pulled(bytes);
    expect(problem).toBeUndefined();
    expect(rows).toMatchObject([
      { order_id: '0000100', ordered_on: '2026-11-20', net_amount: '0.3000', product_id: '0000004711' },
      { order_id: '00-12', ordered_on: '2026-11-20', net_amount: '1234567.1000', product_id: 'Pump & seal' },
      { order_id: '4500100000', ordered_on: '2026-11-20', net_amount: '-12.5000' },
    ]);
  });

  test('whose numbers are texts in one cell and numbers in the next is read by the feed’s notation', async () => {
    const rows = [
      [text('A'), text('2026-11-20'), text('1.234,50'), null],
      [text('B'), text('2026-11-20'), number('1234.5'), null],
    ];
    const read = await pulled(one(rows), { decimal: ',', thousands: '.' });
    expect(read.rows.map((row) => row['net_amount'])).toEqual(['1234.5000', '1234.5000']);
  });

  test('of the 1904 date system has the days it shows', async () => {
    const { rows } = await pulled(
      one([[text('A'), number('44884', 1), number('1'), null]], { date1904: true, formats: [14] }),
    );
    expect(rows).toMatchObject([{ ordered_on: '2026-11-20' }]);
  });

  test('may have titles above its header, gaps, the header again, and no header at all', async () => {
    const row = [text('A'), text('2026-11-20'), number('1'), null];
    const sheet = { name: 'Lines', rows: [[text('Report')], null, null, HEADER, row, null, HEADER, row] };
    const { problem, rows } = await pulled(workbook({ sheets: [sheet] }), { skip_lines: 1 });
    expect(problem).toBeUndefined();
    expect(rows).toHaveLength(2);
    const bare = workbook({ sheets: [{ name: 'x', rows: [row] }] });
    const header = ['Order', 'Day', 'Net amount', 'Product'];
    expect((await pulled(bare, { header })).rows).toMatchObject([{ order_id: 'A' }]);
  });

  test('is read from gzip, and formulas by their last result', async () => {
    const bytes = one([[text('A'), text('2026-11-20'), formula('12.34'), null]]);
    expect((await pulled(gzipSync(bytes))).rows).toMatchObject([{ net_amount: '12.3400' }]);
  });
});

test('a workbook without so much as a header is as suspect as an empty file; one with a header only is not', async () => {
  const blanks = [
    [{ name: 'Lines', rows: [] }],
    [
      { name: 'Lines', rows: [[text(' ')]] },
      { name: 'Old', state: 'hidden' as const, rows: [HEADER] },
    ],
  ];
  for (const sheets of blanks) {
    const desk = await openDesk();
    await desk.drop('lines.xlsx', workbook({ sheets }));
    const { batches, problem } = await desk.pull([LINES]);
    expect(problem).toBeUndefined();
    expect(batches[0]?.inputs).toMatchObject([{ blank: true, rows: 0 }]);
  }
  const { problem, rows } = await pulled(one([]));
  expect({ problem, rows }).toEqual({ problem: undefined, rows: [] });
});

describe('a cell without a value', () => {
  test('an error or a formula never worked out puts its row aside, with the address', async () => {
    const rows = [
      [text('A'), text('2026-11-20'), number('1'), error('#N/A')],
      [text('B'), text('2026-11-20'), formula(), null],
      [text('C'), text('2026-11-20'), number('1'), null],
    ];
    const { desk, rows: landed } = await pulled(one(rows), {}, 0.9);
    expect(landed.map((row) => row['order_id'])).toEqual(['C']);
    const reasons = (await desk.rejected('order_lines')).map(({ line, reason }) => `${line}: ${reason}`);
    expect(reasons[0]).toBe('2: Product is the error #N/A in cell D2');
    expect(reasons[1]).toMatch(/^3: Net amount is a formula without a result .* in cell C3$/);
  });

  test('in a column that nobody reads it does not matter', async () => {
    const { product_id: _, ...columns } = LINES.columns;
    const { rows } = await pulled(one([[text('A'), text('2026-11-20'), number('1'), error('#N/A')]]), {
      columns,
    });
    expect(rows).toHaveLength(1);
  });

  test('too many of them fail the table, as other rows do', async () => {
    const { problem } = await pulled(one([[text('A'), text('2026-11-20'), error('#REF!'), null]]));
    expect(problem).toMatchObject({ code: 'TOO_MANY_REJECTED' });
    expect(problem?.message).toContain('#REF! in cell C2');
  });
});

describe('the sheet', () => {
  const row = (id: string) => [text(id), text('2026-11-20'), number('1'), null];
  const sheets = [
    { name: 'Notes', rows: [[text('Hello')]] },
    { name: 'Lines', rows: [HEADER, row('A')] },
    { name: 'Old', state: 'hidden' as const, rows: [HEADER, row('old')] },
  ];

  test('is the only one that has the columns; or the one that is named', async () => {
    const bytes = workbook({ sheets });
    const idsOf = async (feed: object) => (await pulled(bytes, feed)).rows.map((each) => each['order_id']);
    expect(await idsOf({})).toEqual(['A']);
    expect(await idsOf({ sheet: 'lines' })).toEqual(['A']);
    expect(await idsOf({ sheet: 'Old' })).toEqual(['old']);
    expect(await idsOf({ sheet: 3 })).toEqual(['old']);
  });

  test('is never guessed', async () => {
    const twice = workbook({ sheets: [...sheets, { name: 'More', rows: [HEADER, row('B')] }] });
    const both = (await pulled(twice)).problem;
    expect(both).toMatchObject({ code: 'FILE_SHEET', hint: expect.stringContaining('sheet: ') });
    expect(both?.message).toContain('"Lines", "More"');
    const none = (await pulled(workbook({ sheets }), { sheet: 'Line' })).problem;
    expect(none).toMatchObject({ code: 'FILE_SHEET', hint: expect.stringContaining('Lines') });
    const lacking = (
      await pulled(workbook({ sheets: sheets.slice(1, 2) }), {
        columns: { ...LINES.columns, net_amount: 'Net' },
      })
    ).problem;
    expect(lacking).toMatchObject({
      code: 'FILE_COLUMN_MISSING',
      message: expect.stringContaining('Net amount'),
    });
  });
});

describe('what is no workbook', () => {
  test.each([
    ['a ZIP of other files', zip({ 'orders.csv': 'a;b' }), 'FILE_FORMAT', /ZIP archive/],
    ['OpenDocument', zip({ 'content.xml': '<office/>' }), 'FILE_FORMAT', /\.ods/],
    ['a binary workbook', zip({ 'xl/workbook.bin': 'x' }), 'FILE_FORMAT', /\.xlsb/],
    ['an old one', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'FILE_FORMAT', /old Excel workbook/],
    [
      'one that was cut',
      one([[text('A'), text('2026-11-20'), number('1'), null]]).subarray(0, 900),
      'FILE_CUT',
      /cut or damaged/,
    ],
    [
      'damaged XML',
      workbook({ sheets: [{ name: 'x', rows: [[{ inner: '<v>1</w>' }]] }] }),
      'FILE_FORMAT',
      /no XML/,
    ],
  ])('%s is refused in words', async (_, bytes, code, words) => {
    const { problem } = await pulled(bytes);
    expect(problem).toMatchObject({ code, message: expect.stringMatching(words) });
  });

  test('a bomb of entities is not expanded', async () => {
    const doctype = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>';
    const { problem } = await pulled(zip({ '_rels/.rels': `${doctype}<Relationships>&b;</Relationships>` }));
    expect(problem).toMatchObject({ code: 'FILE_FORMAT' });
  });
});

describe('numbers', () => {
  test.each([
    ['0.1', '0.1'],
    ['0.30000000000000004', '0.3'],
    ['1.005', '1.005'],
    ['4.5001E+09', '4500100000'],
    ['1.5E-7', '0.00000015'],
    ['123456789012345', '123456789012345'],
    ['1E+21', '1000000000000000000000'],
    ['-0.5', '-0.5'],
    ['-0', '0'],
    ['100', '100'],
  ])('%s is shown as %s', (stored, shown) => {
    expect(plainNumber(stored)).toBe(shown);
  });

  test('whatever decimal of fifteen digits is stored, it comes back exactly', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -(10 ** 14), max: 10 ** 14 }),
        fc.integer({ min: 0, max: 9 }),
        (digits, scale) => {
          const value = digits / 10 ** scale;
          const shown = plainNumber(String(value)) as string;
          expect(shown).toMatch(/^-?\d+(\.\d+)?$/);
          expect(Number(shown)).toBe(value === 0 ? 0 : value);
        },
      ),
    );
  });

  test('what is none is none', () => {
    for (const stored of ['', ' ', 'x', 'NaN', 'Infinity']) expect(plainNumber(stored)).toBeUndefined();
  });
});

describe('dates', () => {
  test.each([
    ['46346', 1900, false, '2026-11-20'],
    ['46346', 1900, true, '2026-11-20T00:00:00'],
    ['46346.5', 1900, false, '2026-11-20T12:00:00'],
    ['46345.999999999996', 1900, true, '2026-11-20T00:00:00'],
    ['46346.00001157407', 1900, true, '2026-11-20T00:00:01'],
    ['1', 1900, false, '1900-01-01'],
    ['59', 1900, false, '1900-02-28'],
    ['60', 1900, false, undefined],
    ['61', 1900, false, '1900-03-01'],
    ['0.75', 1900, true, '18:00:00'],
    ['1', 1904, false, '1904-01-02'],
    ['-1', 1900, false, undefined],
    ['2958466', 1900, false, undefined],
  ] as const)('%s of the system %s', (serial, epoch, timed, day) => {
    expect(dateText(serial, epoch, timed)).toBe(day);
  });

  test.each([
    ['dd/mm/yyyy', 'date'],
    ['[$-40C]d mmmm yyyy;@', 'date'],
    ['yyyy\\-mm\\-dd hh:mm:ss', 'moment'],
    ['h:mm AM/PM', 'moment'],
    ['[h]:mm', 'number'],
    ['General', 'number'],
    ['#,##0.00 "days"', 'number'],
    ['[Red]-0.00', 'number'],
    ['0.00E+00', 'number'],
    ['_-* #,##0.00 [$€-407]_-', 'number'],
  ] as const)('the format %s shows a %s', (code, kind) => {
    expect(formatOfCode(code).kind).toBe(kind);
  });
});

test('a long sheet is read in constant memory, whatever its length', async () => {
  const rows = Array.from({ length: 60_000 }, (_, at) => [
    text(`A${at}`),
    text('2026-11-20'),
    number('1.1'),
    null,
  ]);
  const { problem, rows: landed } = await pulled(one(rows));
  expect(problem).toBeUndefined();
  expect(landed).toHaveLength(60_000);
});
