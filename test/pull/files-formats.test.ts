import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { splitArray } from '../../functions/pull/files/json-array.ts';
import { runs } from '../kit/runs.ts';
import { openDesk } from './pulling.ts';

const columns = {
  order_id: 'id',
  line_id: { row_number: true },
  ordered_on: 'placed.on',
  quantity: 'qty',
  net_amount: 'amount',
  currency: 'placed.currency',
};
const record = (id: string, amount: unknown = 12.5) => ({
  id,
  placed: { on: '2026-11-21', currency: 'EUR' },
  qty: 2,
  amount,
});
const expected = (id: string) => ({
  order_id: id,
  ordered_on: '2026-11-21',
  quantity: '2.0000',
  net_amount: '12.5000',
  currency: 'EUR',
});

async function pullJson(content: string | Uint8Array, feed: object = {}) {
  const desk = await openDesk();
  await desk.drop('orders.txt', content);
  const report = await desk.pull([{ table: 'order_lines', path: 'orders.txt', columns, ...feed }], {
    share: 1,
  });
  return { desk, batch: report.batches[0], problem: report.problem };
}

describe('JSON', () => {
  const lines = `${JSON.stringify(record('A'))}\n${JSON.stringify(record('B'))}\n`;
  it.each([
    ['newline JSON', lines, {}],
    ['newline JSON without the last line end', lines.trim(), { format: 'ndjson' }],
    ['newline JSON though an array was announced', lines, { format: 'json' }],
    ['an array', JSON.stringify([record('A'), record('B')]), {}],
    ['an indented array', JSON.stringify([record('A'), record('B')], null, 2), {}],
    [
      'an array though newline JSON was announced',
      JSON.stringify([record('A'), record('B')]),
      { format: 'ndjson' },
    ],
    [
      'an array at a path',
      JSON.stringify({ meta: { list: [1, [2]] }, d: { '"x]': '}', results: [record('A'), record('B')] } }),
      { records: 'd.results' },
    ],
    ['arrays one after the other', `${JSON.stringify([record('A')])}\n${JSON.stringify([record('B')])}`, {}],
    ['gzip', gzipSync(lines), {}],
    ['a byte order mark', `\ufeff${lines}`, {}],
  ])('is read from %s', async (_, content, feed) => {
    const { desk, batch } = await pullJson(content, feed);
    expect(batch).toMatchObject({ rows: 2, rejected: 0 });
    expect(await desk.rows(batch)).toMatchObject([expected('A'), expected('B')]);
  });

  it('takes numbers as they are, and texts in the notation of the feed', async () => {
    const { desk, batch } = await pullJson(
      `${JSON.stringify(record('A', '1.234,5'))}\n${JSON.stringify(record('B', 1234.5))}\n`,
      { decimal: ',', thousands: '.' },
    );
    expect((await desk.rows(batch)).map((row) => row['net_amount'])).toEqual(['1234.5000', '1234.5000']);
  });

  it('puts records aside that are no JSON or no objects, with their lines', async () => {
    const { desk } = await pullJson(`${JSON.stringify(record('A'))}\n{"id": oops}\n\n[1]\n`);
    expect(await desk.rejected('order_lines')).toMatchObject([
      { line: 2, reason: expect.stringContaining('is not JSON') },
      { line: 4, reason: 'is not a JSON object' },
    ]);
  });

  const many = Array.from({ length: 120 }, (_, at) => ({ ...record(`N${at}`), country: 'FR' }));
  it.each([
    ['a cut last line', `${lines}{"id":"C","pla`, {}, 'FILE_CUT', 'orders.txt:3 is cut'],
    [
      'a cut array',
      JSON.stringify([record('A'), record('B')]).slice(0, -20),
      {},
      'FILE_CUT',
      'ends inside record 2',
    ],
    [
      'an object without the array',
      JSON.stringify({ value: [record('A')] }, null, 1),
      {},
      'FILE_RECORDS',
      'is not an array of records',
    ],
    [
      'a wrong path',
      JSON.stringify({ value: [record('A')] }),
      { records: 'd' },
      'FILE_RECORDS',
      'has no array at `d`',
    ],
    ['brackets that do not match', '[{"id": 1]}', {}, 'FILE_FORMAT', 'brackets that do not match'],
    [
      'text announced as JSON',
      'id,amount\n',
      { format: 'json' },
      'FILE_FORMAT',
      'is not JSON; it begins: `id,amount',
    ],
    [
      'a field that no record has',
      many.map((each) => JSON.stringify(each)).join('\n'),
      { columns: { ...columns, product_id: 'contry' } },
      'FILE_COLUMN_MISSING',
      'none of its 120 records has the field `contry`',
    ],
  ])('refuses %s', async (_, content, feed, code, message) => {
    const { problem } = await pullJson(content, feed);
    expect(problem).toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it('takes a field that no record has when it is optional', async () => {
    const optional = { ...columns, product_id: { from: 'contry', optional: true } };
    const { batch } = await pullJson(many.map((each) => JSON.stringify(each)).join('\n'), {
      columns: optional,
    });
    expect(batch?.rows).toBe(120);
  });

  it('cuts every array into its records, wherever the pieces end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.object({ maxDepth: 2 }), { maxLength: 5 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(0, 1),
        async (records, size, indent) => {
          const text = JSON.stringify({ first: [records, 1], deep: { records } }, null, indent);
          async function* pieces() {
            for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
          }
          const found: unknown[] = [];
          for await (const texts of splitArray(pieces(), { file: 'x', records: 'deep.records' }))
            found.push(...texts.map((each) => JSON.parse(each.text)));
          expect(found).toEqual(JSON.parse(JSON.stringify(records)));
        },
      ),
      { numRuns: runs(150) },
    );
  });
});

describe('Parquet', () => {
  const file = (rows = 3): Uint8Array =>
    new Uint8Array(
      parquetWriteBuffer({
        schema: [
          { name: 'root', num_children: 5 },
          { name: 'id', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
          { name: 'day', type: 'INT32', converted_type: 'DATE', repetition_type: 'OPTIONAL' },
          { name: 'qty', type: 'DOUBLE', repetition_type: 'OPTIONAL' },
          {
            name: 'amount',
            type: 'INT64',
            converted_type: 'DECIMAL',
            precision: 18,
            scale: 3,
            repetition_type: 'OPTIONAL',
          },
          { name: 'at', type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type: 'OPTIONAL' },
        ],
        columnData: [
          { name: 'id', data: Array.from({ length: rows }, (_, at) => `Œ${at}`) },
          { name: 'day', data: Array.from({ length: rows }, () => 20_778) },
          { name: 'qty', data: Array.from({ length: rows }, (_, at) => (at === 1 ? null : 0.1 + 0.2)) },
          { name: 'amount', data: Array.from({ length: rows }, () => 123_456_789_012_345_678n) },
          {
            name: 'at',
            data: Array.from({ length: rows }, () => BigInt(Date.parse('2026-11-20T23:30:00Z'))),
          },
        ],
        rowGroupSize: 2,
      }),
    );
  const parquet = {
    table: 'order_lines',
    path: 'orders.bin',
    columns: {
      order_id: 'id',
      line_id: { row_number: true },
      ordered_on: 'day',
      quantity: { from: 'qty', default: 7 },
      net_amount: { from: 'amount', times: '0.1' },
      currency: { constant: 'EUR' },
    },
  };

  it.each([
    ['plain', file()],
    ['gzip', gzipSync(file())],
  ])('is read with exact decimals: %s', async (_, bytes) => {
    const desk = await openDesk();
    await desk.drop('orders.bin', bytes);
    const { batches } = await desk.pull([parquet]);
    expect(await desk.rows(batches[0])).toMatchObject([
      {
        order_id: 'Œ0',
        line_id: '1',
        ordered_on: '2026-11-21',
        quantity: '0.3000',
        net_amount: '12345678901234.5678',
      },
      { order_id: 'Œ1', line_id: '2', quantity: '7.0000' },
      { order_id: 'Œ2', line_id: '3', _row: 3 },
    ]);
  });

  it('gives instants their business date in the company’s zone', async () => {
    const desk = await openDesk();
    await desk.drop('orders.bin', file(1));
    const { batches } = await desk.pull([{ ...parquet, columns: { ...parquet.columns, ordered_on: 'at' } }]);
    expect(await desk.rows(batches[0])).toMatchObject([{ ordered_on: '2026-11-21' }]);
  });

  it('is refused when it is cut or lacks a column', async () => {
    const desk = await openDesk();
    await desk.drop('orders.bin', file().subarray(0, -30));
    expect((await desk.pull([parquet])).problem).toMatchObject({ code: 'FILE_CUT' });
    await desk.drop('orders.bin', file());
    const missing = { ...parquet, columns: { ...parquet.columns, product_id: 'artcle' } };
    expect((await desk.pull([missing])).problem).toMatchObject({
      code: 'FILE_COLUMN_MISSING',
      message: expect.stringContaining('`artcle`'),
    });
  });
});
