import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../kit/runs.ts';
import { openDesk } from './pulling.ts';

const LINES = {
  table: 'order_lines',
  path: 'lines.txt',
  delimiter: 'blanks',
  decimal: ',',
  thousands: '.',
  columns: {
    order_id: 'Order No',
    line_id: { row_number: true },
    ordered_on: 'Day',
    product_id: { from: 'Product', optional: true },
    quantity: { constant: 1 },
    net_amount: 'Net',
    currency: { constant: 'EUR' },
  },
};

async function pulled(lines: readonly string[], feed: object = {}, share = 0, end = '\n') {
  const desk = await openDesk();
  await desk.drop('lines.txt', lines.join('\n') + end);
  const report = await desk.pull([{ ...LINES, ...feed }], { share });
  const [batch] = report.batches;
  return { desk, problem: report.problem, rows: batch ? await desk.rows(batch) : [] };
}

const HEAD = 'Order No   Day         Product               Net';
const A = 'A1         2026-11-20  Hydraulic pump   1.234,50';
const B = 'B22        2026-11-20  Seal big            -50,00';
const C = 'C3         2026-11-20                       1,00';

describe('columns aligned by blanks', () => {
  test('are found by where text stands: titles of two words, texts with blanks, empty cells, numbers on the right', async () => {
    const { problem, rows } = await pulled([HEAD, A, B, C]);
    expect(problem).toBeUndefined();
    expect(rows).toMatchObject([
      { order_id: 'A1', ordered_on: '2026-11-20', product_id: 'Hydraulic pump', net_amount: '1234.5000' },
      { order_id: 'B22', product_id: 'Seal big', net_amount: '-50.0000' },
      { order_id: 'C3', net_amount: '1.0000' },
    ]);
    expect(rows[2]).not.toHaveProperty('product_id');
  });

  test('are those of a rule below the titles, where there is one', async () => {
    const rule = '---------  ----------  ---------------  --------';
    const { problem, rows } = await pulled(['A report', '', HEAD, rule, A, B, '', HEAD, rule, C], {
      skip_lines: 1,
    });
    expect(problem).toBeUndefined();
    expect(rows.map((row) => row['order_id'])).toEqual(['A1', 'B22', 'C3']);
  });

  test('may be without titles, and are counted then', async () => {
    const header = ['Order No', 'Day', 'Product', 'Net'];
    const lines = ['A1  2026-11-20  Pump     1,00', 'B2  2026-11-20  Seal   234,50'];
    expect((await pulled(lines, { header })).rows).toMatchObject([
      { net_amount: '1.0000' },
      { net_amount: '234.5000' },
    ]);
    const { problem } = await pulled(lines, {
      header: header.slice(1),
      columns: { ...LINES.columns, order_id: 'Day' },
    });
    expect(problem).toMatchObject({
      code: 'FILE_FORMAT',
      message: expect.stringContaining('4 columns, `header` names 3'),
    });
  });

  test('a line whose text does not keep to them is put aside, not cut somewhere', async () => {
    const rule = '---------  ----------  -------  --------';
    const head = 'Order No   Day         Product       Net';
    const lines = [
      head,
      rule,
      'A1         2026-11-20  Pump         1,00',
      'B2         2026-11-20  Hydraulic pump 1,00',
    ];
    const { desk, rows } = await pulled(lines, {}, 0.9);
    expect(rows.map((row) => row['order_id'])).toEqual(['A1']);
    expect(await desk.rejected('order_lines')).toMatchObject([
      { line: 4, reason: 'has text across the columns Product and Net' },
    ]);
  });

  test('a text longer than any before may stand out, as long as a blank is left', async () => {
    const rule = '---------  ----------  -------   --------';
    const head = 'Order No   Day         Product        Net';
    const { rows } = await pulled([
      head,
      rule,
      'A1         2026-11-20  Pumpsets  11.234,50'.replace('  11', ' 11'),
    ]);
    expect(rows).toMatchObject([{ product_id: 'Pumpsets', net_amount: '11234.5000' }]);
  });

  // As R and Unix write tables: the titles are as wide as they are, the numbers stand on the right.
  const loose = {
    columns: {
      ...LINES.columns,
      order_id: 'id',
      ordered_on: 'day',
      quantity: 'number_of_pieces',
      net_amount: 'net',
    },
  };
  const NUMBERS = [
    ' 00001 2026-11-20  1    11,77',
    ' 00002 2026-11-20 12 1.177,00',
    ' 00003 2026-11-20  5     7,00',
  ];

  test('may stand under titles that are not aligned with them: those name them in their order', async () => {
    const { problem, rows } = await pulled([' id  day number_of_pieces  net', ...NUMBERS], loose);
    expect(problem).toBeUndefined();
    expect(rows).toMatchObject([
      { order_id: '00001', ordered_on: '2026-11-20', quantity: '1.0000', net_amount: '11.7700' },
      { order_id: '00002', ordered_on: '2026-11-20', quantity: '12.0000', net_amount: '1177.0000' },
      { order_id: '00003', ordered_on: '2026-11-20', quantity: '5.0000', net_amount: '7.0000' },
    ]);
  });

  test('under such titles a column that only seems to stand there is not taken for empty', async () => {
    const { quantity, net_amount, ...rest } = loose.columns;
    const columns = {
      ...rest,
      order_id: { row_number: true },
      ordered_on: { constant: '2026-11-20' },
      quantity,
      net_amount,
    };
    const { rows } = await pulled([' id  day number_of_pieces  net', ...NUMBERS], { columns });
    expect(rows.map((row) => row['net_amount'])).toEqual(['11.7700', '1177.0000', '7.0000']);
  });

  test('titles that are not aligned and of another number are refused, with what to write instead', async () => {
    const { problem } = await pulled([' id  day of order number_of_pieces  net', ...NUMBERS], loose);
    expect(problem).toMatchObject({
      code: 'FILE_COLUMN_MISSING',
      hint: expect.stringContaining('`skip_lines: 1`'),
    });
  });

  test('a file that was cut is refused', async () => {
    const { problem } = await pulled([HEAD, A, B, 'C3         2026'], {}, 0.9, '');
    expect(problem).toMatchObject({ code: 'FILE_CUT' });
  });

  test('are named as the remedy where the header is one title for other readers', async () => {
    const { delimiter: _, ...feed } = LINES;
    const desk = await openDesk();
    await desk.drop('lines.txt', `${HEAD}\n${A}\n`);
    expect((await desk.pull([feed])).problem?.hint).toContain('delimiter: blanks');
  });

  test('whatever is written into columns, each padded to its widest cell, is read back', async () => {
    const word = fc.stringMatching(/^[a-z0-9]{1,6}( [a-z0-9]{1,4})?$/);
    const record = fc.record({
      id: fc.stringMatching(/^[a-z0-9]{1,6}$/),
      product: fc.option(word, { nil: '' }),
      net: fc.integer({ min: -99_999, max: 99_999 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 20 }), async (records) => {
        const nets = records.map(({ net }) => String(net));
        const width = Math.max(3, ...nets.map((net) => net.length));
        const lines = records.map(
          ({ id, product }, at) =>
            `${id.padEnd(8)}  2026-11-20  ${product.padEnd(11)}  ${(nets[at] as string).padStart(width)}`,
        );
        const head = `Order No  Day         Description  ${'Net'.padStart(width)}`;
        const { problem, rows } = await pulled([head, ...lines], {
          columns: { ...LINES.columns, product_id: 'Description' },
        });
        expect(problem).toBeUndefined();
        expect(
          rows.map((row) => [row['order_id'], row['product_id'] ?? '', Number(row['net_amount'])]),
        ).toEqual(records.map(({ id, product, net }) => [id, product, net]));
      }),
      { numRuns: runs(30) },
    );
  });
});
