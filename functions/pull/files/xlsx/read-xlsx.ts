import type { Feed } from '../../../lake/company/feed.ts';
import { locateColumns } from '../csv-header.ts';
import type { JsonOptions } from '../json-records.ts';
import type { BrokenRecord, Cell, RecordChunk } from '../records.ts';
import type { RangedFile } from './archive.ts';
import { chooseSheet } from './choose-sheet.ts';
import { isFilled, namesOf, type SheetRow, sheetRows } from './sheet-rows.ts';
import { openWorkbook, type Sheet, type Workbook } from './workbook.ts';

/**
 * Reads a sheet of an Excel workbook. Passed over: empty rows, the header repeated. Put aside: rows with an error, or a
 * formula without a result, in a column that is read. Refused: a missing column, a sheet that is not there.
 */
export async function* readXlsx(source: RangedFile, options: JsonOptions): AsyncIterable<RecordChunk> {
  const book = await openWorkbook(source);
  try {
    const sheet = await chooseSheet(book, options);
    yield* readSheet(book, sheet, options);
  } finally {
    book.archive.close();
  }
}

async function* readSheet(book: Workbook, sheet: Sheet, options: JsonOptions): AsyncIterable<RecordChunk> {
  const { file, feed, columns, optional } = options;
  let header: Header | undefined;
  let records = 0;
  for await (const rows of sheetRows(book, sheet, feed.decimal)) {
    const fresh = rows.filter((row) => row.number > feed.skip_lines && isFilled(row));
    if (fresh.length === 0) continue;
    if (!header) {
      header = headerOf(fresh[0] as SheetRow, feed);
      const place = { file: `${file}, sheet ${sheet.name}`, line: header.line };
      header.positions = locateColumns(header.names, { wanted: columns, optional }, feed, place);
    }
    const chunk = chunkOf(fresh, header, records + 1);
    records += chunk.rows.length;
    yield chunk;
  }
}

interface Header {
  readonly names: readonly string[];
  readonly line: number;
  /** Titles are in the file, and no record. */
  readonly written: boolean;
  positions: readonly number[];
}

const headerOf = (row: SheetRow, { header }: Feed): Header => ({
  names: header ?? namesOf(row),
  line: row.number,
  written: header === undefined,
  positions: [],
});

function chunkOf(fresh: readonly SheetRow[], header: Header, firstRecord: number): RecordChunk {
  const rows: Cell[][] = [];
  const lines: number[] = [];
  const broken: BrokenRecord[] = [];
  for (const { number, cells, errors } of fresh) {
    if (header.written && header.names.every((name, at) => (cells[at]?.trim() ?? '') === name)) continue;
    const wrong = header.positions.find((position) => errors.has(position));
    if (wrong !== undefined) {
      const reason = `${header.names[wrong]} ${errors.get(wrong)}`;
      broken.push({ line: number, reason, sample: '' });
      continue;
    }
    rows.push(header.positions.map((position) => cells[position] ?? null));
    lines.push(number);
  }
  const positions = header.positions.map((_, index) => index);
  return { rows, positions, firstRecord, lineOf: (index) => lines[index] as number, broken };
}
