import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellReader, columnsOfResult } from '../../../functions/platform/aws/athena-cells.ts';
import { type CsvCell, csvRecords } from '../../../functions/platform/aws/athena-csv.ts';
import { resultFile } from '../../kit/athena-csv.ts';

async function* pieces(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let start = 0;
  for (const size of sizes) {
    yield bytes.subarray(start, start + size);
    start += size;
  }
  yield bytes.subarray(start);
}

async function read(text: string | Uint8Array, sizes: readonly number[] = []): Promise<CsvCell[][]> {
  const records: CsvCell[][] = [];
  for await (const some of csvRecords(pieces(typeof text === 'string' ? Buffer.from(text) : text, sizes)))
    records.push(...some);
  return records;
}

describe('a result file of Athena', () => {
  test.each<[string, CsvCell[][]]>([
    [
      '"a","b"\n"1",\n',
      [
        ['a', 'b'],
        ['1', null],
      ],
    ],
    ['"a"\n""\n', [['a'], ['']]],
    ['"a"\n\n', [['a'], [null]]],
    ['"a"\n\n\n"x"\n', [['a'], [null], [null], ['x']]],
    [',,\n', [[null, null, null]]],
    ['"he said ""no""",""""\n', [['he said "no"', '"']]],
    ['"two\nlines","a,b"\n', [['two\nlines', 'a,b']]],
    ['"no end of line"', [['no end of line']]],
    ['plain,42\n', [['plain', '42']]],
    ['', []],
  ])('%j', async (text, expected) => expect(await read(text)).toEqual(expected));

  test('NULL and empty text stay apart, whatever the cells hold and wherever the stream is cut', () =>
    fc.assert(
      fc.asyncProperty(
        fc
          .integer({ min: 1, max: 4 })
          .chain((width) =>
            fc.tuple(
              fc.constant(width),
              fc.array(
                fc.array(
                  fc.option(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', '"', ',\n', '""'))),
                  { minLength: width, maxLength: width },
                ),
              ),
            ),
          ),
        fc.array(fc.nat(9)),
        async ([width, rows], sizes) => {
          const columns = Array.from({ length: width }, (_, n) => ({ name: `c${n}`, type: 'varchar' }));
          async function* chunks() {
            yield rows;
          }
          const parts: Uint8Array[] = [];
          for await (const part of resultFile(columns, chunks())) parts.push(part);
          const head = columns.map(({ name }) => name);
          expect(await read(Buffer.concat(parts), sizes)).toEqual([head, ...rows]);
        },
      ),
    ));

  test.each(['"never closed', '"a"b\n'])('refuses %j', async (text) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'ATHENA_RESULT', retryable: true });
  });

  test('a file of 50 MB is read in constant memory', async () => {
    async function* large(): AsyncGenerator<Uint8Array> {
      const line = Buffer.from(`"${'x'.repeat(97)}"\n`.repeat(1000));
      for (let n = 0; n < 500; n += 1) yield line;
    }
    let count = 0;
    let most = 0;
    const before = process.memoryUsage().heapUsed;
    for await (const records of csvRecords(large())) {
      count += records.length;
      most = Math.max(most, process.memoryUsage().heapUsed - before);
    }
    expect(count).toBe(500_000);
    expect(most).toBeLessThan(150_000_000);
  });
});

describe('cells', () => {
  test.each([
    ['varchar', 'né', 'né'],
    ['integer', '-7', -7],
    ['bigint', '12', 12],
    ['bigint', '9007199254740993', 9007199254740993n],
    ['decimal(38,4)', '12345678901234567890.1234', '12345678901234567890.1234'],
    ['date', '2026-02-28', '2026-02-28'],
    ['timestamp', '2026-02-28 23:59:59.000', '2026-02-28T23:59:59Z'],
    ['timestamp', '2026-02-28 23:59:59.250000', '2026-02-28T23:59:59.250Z'],
    ['timestamp', '2026-02-28 23:59:59.000001', '2026-02-28T23:59:59.000001Z'],
    ['timestamp', '2026-02-28 23:59:59', '2026-02-28T23:59:59Z'],
    ['double', '1.0E-3', 0.001],
    ['double', 'NaN', Number.NaN],
    ['boolean', 'false', false],
    ['boolean', 'true', true],
  ] as const)('%s %s', (type, text, expected) => {
    expect(cellReader(type)(text)).toEqual(expected);
    expect(cellReader(type)(null)).toBeNull();
  });

  test('types in the port’s words', () => {
    const infos = [
      { Name: 'a', Type: 'decimal', Precision: 18, Scale: 4 },
      { Name: 'b', Type: 'float' },
      { Name: 'c', Type: 'varchar', Precision: 2147483647, Scale: 0 },
    ];
    expect(columnsOfResult(infos).map(({ type }) => type)).toEqual(['decimal(18,4)', 'real', 'varchar']);
  });
});
