import { brotliCompressSync, gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import { openDesk } from './pulling.ts';

type Pack = (page: Uint8Array) => Uint8Array;

/** A block of LZ4 made of literals: the plainest there is. Of nothing it is one zero byte. */
const lz4: Pack = (page) => {
  const more = Math.max(0, page.length - 15);
  const lengths = page.length < 15 ? [] : [...Array<number>(Math.floor(more / 255)).fill(255), more % 255];
  return Uint8Array.from([Math.min(15, page.length) << 4, ...lengths, ...page]);
};

/** As Hadoop frames it: both lengths before the block. */
const hadoop: Pack = (page) => {
  const block = lz4(page);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(page.length, 0);
  head.writeUInt32BE(block.length, 4);
  return Buffer.concat([head, block]);
};

const CODECS: readonly [
  codec: 'LZ4_RAW' | 'LZ4' | 'GZIP' | 'BROTLI' | 'SNAPPY' | 'UNCOMPRESSED',
  pack?: Pack,
][] = [
  ['LZ4_RAW', lz4],
  ['LZ4', hadoop],
  ['LZ4', lz4],
  ['GZIP', gzipSync],
  ['BROTLI', brotliCompressSync],
  ['SNAPPY'],
  ['UNCOMPRESSED'],
];

test.each(CODECS)('a column that is empty in the whole file is read: %s', async (codec, pack) => {
  const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' } as const;
  const bytes = parquetWriteBuffer({
    schema: [
      { name: 'root', num_children: 3 },
      { name: 'id', ...text },
      { name: 'day', ...text },
      { name: 'customer', ...text },
    ],
    columnData: [
      { name: 'id', data: ['a', 'b'.repeat(400)] },
      { name: 'day', data: ['2026-11-20', '2026-11-20'] },
      { name: 'customer', data: [null, null] },
    ],
    codec,
    ...(pack ? { compressors: { [codec]: pack } } : {}),
  });
  const desk = await openDesk();
  await desk.drop('orders.parquet', new Uint8Array(bytes));
  const { batches, problem } = await desk.pull([
    {
      table: 'orders',
      path: 'orders.parquet',
      columns: {
        order_id: 'id',
        ordered_on: 'day',
        customer_id: 'customer',
        kind: { constant: 'order' },
        status: { constant: 'completed' },
      },
    },
  ]);
  expect(problem).toBeUndefined();
  expect((await desk.rows(batches[0])).map((row) => row['order_id'])).toEqual(['a', 'b'.repeat(400)]);
});
