import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ColumnStore,
  createStore,
  setFreshText,
  setInt,
  setLong,
  setText,
} from '../../../functions/lake/landing/columns.ts';
import { partEncoder } from '../../../functions/lake/landing/part.ts';
import type { LandingColumn } from '../../../functions/lake/landing/schema.ts';
import { DECIMAL_SCALE } from '../../../functions/lake/tables/column.ts';
import { fixedText } from '../../../functions/lake/values/decimal.ts';
import { queryRows } from '../../../functions/platform/engine.ts';
import { duckDbEngine } from '../../../functions/platform/local/duckdb-engine.ts';
import { fileBucket } from '../../../functions/platform/local/file-bucket.ts';
import { runs } from '../../kit/runs.ts';

let folder = '';
const engine = () => duckDbEngine({ bucket: fileBucket(folder) });
let duckDb: ReturnType<typeof engine>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-chunk-'));
  duckDb = engine();
});
afterAll(async () => {
  await duckDb.close();
  await rm(folder, { recursive: true, force: true });
});

const COLUMNS: readonly LandingColumn[] = [
  { name: 'word', kind: 'text' },
  { name: 'key', kind: 'text' },
  { name: 'count', kind: 'integer' },
  { name: 'amount', kind: 'decimal' },
  { name: 'moment', kind: 'timestamp' },
  { name: 'flag', kind: 'boolean' },
  { name: 'place', kind: 'integer' },
];

interface Row {
  readonly word: string | null;
  readonly key: string | null;
  readonly count: number | null;
  readonly amount: bigint | null;
  readonly moment: number | null;
  readonly flag: boolean | null;
}

const stores = (rows: readonly Row[]): ColumnStore[] => {
  const made = COLUMNS.map((column) => createStore(column, Math.max(1, rows.length)));
  const [word, key, count, amount, moment, flag, place] = made as [
    ColumnStore,
    ...ColumnStore[],
  ] as ColumnStore[];
  for (const [index, row] of rows.entries()) {
    if (row.word !== null) setText(word as ColumnStore, index, row.word);
    if (row.key !== null) setFreshText(key as ColumnStore, index, row.key);
    if (row.count !== null) setInt(count as ColumnStore, index, row.count);
    if (row.amount !== null) setLong(amount as ColumnStore, index, row.amount);
    if (row.moment !== null) setLong(moment as ColumnStore, index, row.moment);
    if (row.flag !== null) setInt(flag as ColumnStore, index, row.flag ? 1 : 0);
    setInt(place as ColumnStore, index, index);
  }
  return made;
};

let files = 0;
async function written(groups: readonly (readonly Row[])[]): Promise<string> {
  const encoder = partEncoder(COLUMNS);
  const parts = groups.map((rows) => encoder.group(stores(rows), rows.length));
  // DuckDB keeps what it read of a file by its name, and may not see that another has taken its place within an instant.
  files += 1;
  const file = join(folder, `part-${files}.parquet`);
  await writeFile(file, Buffer.concat([...parts, encoder.finish()]));
  return file;
}

const byHyparquet = async (file: string): Promise<unknown[]> =>
  parquetReadObjects({ file: await asyncBufferFromFile(file), compressors });

async function byDuckDb(file: string): Promise<unknown[]> {
  // In the order of the rows of a group: what is compared is the whole of them.
  const sql = `SELECT word, "key", count, amount, epoch_ms(moment) AS moment, flag, place
    FROM read_parquet('${file}', file_row_number = true) ORDER BY file_row_number`;
  return queryRows(duckDb, sql);
}

const LARGEST = 10n ** 18n - 1n;
const half = fc.constantFrom('\ud83d', '\ude00', 'a\ud83d', '\ude00b');
const row: fc.Arbitrary<Row> = fc.record({
  word: fc.option(fc.constantFrom('open', 'completed', 'é', '猫', '😀', ''), { nil: null }),
  key: fc.option(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 12 }), half), { nil: null }),
  count: fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { nil: null }),
  amount: fc.option(fc.bigInt({ min: -LARGEST, max: LARGEST }), { nil: null }),
  moment: fc.option(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }), { nil: null }),
  flag: fc.option(fc.boolean(), { nil: null }),
});

/** Half a character is no text: it becomes the sign that stands for one. */
const asUtf8 = (text: string | null): string | null => text && Buffer.from(text).toString();
const told = (rows: readonly Row[]) =>
  rows.map((each, place) => ({ ...each, word: asUtf8(each.word), key: asUtf8(each.key), place }));

describe('row groups that are written from column stores', () => {
  it('are read by two readers as they were told, whatever is empty', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(row, { minLength: 1, maxLength: 80 }), { minLength: 1, maxLength: 3 }),
        async (groups) => {
          const file = await written(groups);
          const expected = groups.flatMap(told);
          expect(await byDuckDb(file)).toEqual(
            expected.map((each) => ({
              ...each,
              amount: each.amount === null ? null : fixedText(each.amount, DECIMAL_SCALE),
            })),
          );
          const read = (await byHyparquet(file)) as Record<string, unknown>[];
          expect(
            read.map(({ word, key, count, flag, place }) => ({ word, key, count, flag, place })),
          ).toEqual(expected.map(({ word, key, count, flag, place }) => ({ word, key, count, flag, place })));
        },
      ),
      { numRuns: runs(60) },
    );
  });

  it('hold a column without any value, and one with a single text', async () => {
    const rows = Array.from(
      { length: 1000 },
      (): Row => ({
        ...{ word: 'EUR', key: null, count: null, amount: null, moment: null, flag: null },
      }),
    );
    const read = await byDuckDb(await written([rows]));
    expect(read).toEqual(told(rows));
    expect(await byHyparquet(await written([rows]))).toEqual(told(rows));
  });
});
