import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellReader, columnsOfResult } from '../../../functions/platform/aws/athena-cells.ts';
import { type CsvCell, csvRecords } from '../../../functions/platform/aws/athena-csv.ts';
import { plainType } from '../../../functions/platform/sql-type.ts';
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
    ['timestamp(6)', '2026-02-28 23:59:59.000000', '2026-02-28T23:59:59Z'],
    ['timestamp(9)', '2026-02-28 23:59:59.123456789', '2026-02-28T23:59:59.123456Z'],
    ['timestamp(0)', '2026-02-28 23:59:59', '2026-02-28T23:59:59Z'],
    ['timestamp(3) with time zone', '2026-02-28 23:59:59.250 UTC', '2026-02-28T23:59:59.250Z'],
    ['timestamp with time zone', '2026-03-01 00:59:59.250 +01:00', '2026-02-28T23:59:59.250Z'],
    ['decimal(18, 4)', '12.5000', '12.5000'],
    ['varchar(10)', 'né', 'né'],
    ['char(3)', 'EUR', 'EUR'],
    ['double', '1.0E-3', 0.001],
    ['double', 'NaN', Number.NaN],
    ['boolean', 'false', false],
    ['boolean', 'true', true],
  ] as const)('%s %s', (type, text, expected) => {
    expect(cellReader(type)(text)).toEqual(expected);
    expect(cellReader(type)(null)).toBeNull();
  });

  test('an instant of a named zone is refused, not misread', () => {
    const read = cellReader('timestamp(3) with time zone');
    expect(() => read('2026-03-01 00:59:59.250 Europe/Paris')).toThrow(/Europe\/Paris/);
  });

  test('a type’s name may carry any precision', () => {
    const precision = fc.integer({ min: 0, max: 12 });
    const blank = fc.constantFrom('', ' ');
    fc.assert(
      fc.property(precision, fc.integer({ min: 1, max: 38 }), blank, (digits, most, gap) => {
        expect(plainType(`timestamp(${digits})`)).toBe('timestamp');
        expect(plainType(`timestamp${gap}(${gap}${digits}) with time zone`)).toBe('timestamp');
        expect(plainType(`TIMESTAMP(${digits}) WITHOUT TIME ZONE`)).toBe('timestamp');
        expect(plainType(`varchar(${most})`)).toBe('varchar');
        expect(plainType(`decimal(${most},${gap}${digits})`)).toBe(`decimal(${most},${digits})`);
      }),
    );
    expect(plainType('array(varchar(3))')).toBe('array(varchar(3))');
  });

  test('types in the port’s words', () => {
    const infos = [
      { Name: 'a', Type: 'decimal', Precision: 18, Scale: 4 },
      { Name: 'b', Type: 'float' },
      { Name: 'c', Type: 'varchar', Precision: 2147483647, Scale: 0 },
      { Name: 'd', Type: 'timestamp(6)' },
      { Name: 'e', Type: 'timestamp(3) with time zone', Precision: 3 },
      { Name: 'f', Type: 'decimal(18, 4)', Precision: 18, Scale: 4 },
      { Name: 'g', Type: 'varchar(10)', Precision: 10 },
    ];
    expect(columnsOfResult(infos).map(({ type }) => type)).toEqual([
      ...['decimal(18,4)', 'real', 'varchar', 'timestamp', 'timestamp', 'decimal(18,4)', 'varchar'],
    ]);
  });
});
