import type { Feed } from '../../../lake/company/feed.ts';
import { locateColumns } from '../csv-header.ts';
import { fileError } from '../file-errors.ts';
import type { JsonOptions } from '../json-records.ts';
import type { BrokenRecord, Cell, RecordChunk, WideColumn } from '../records.ts';
import { behind, locateWide } from '../wide-columns.ts';
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
  const { file, feed, columns, optional, unpivot } = options;
  let header: Header | undefined;
  let records = 0;
  for await (const rows of sheetRows(book, sheet, feed.decimal)) {
    const fresh = rows.filter((row) => row.number > feed.skip_lines && isFilled(row));
    if (fresh.length === 0) continue;
    if (!header) {
      header = headerOf(fresh[0] as SheetRow, feed);
      const place = { file: `${file}, sheet ${sheet.name}`, line: header.line };
      header.positions = locateColumns(header.names, { wanted: columns, optional }, feed, place);
      if (unpivot && header.written) refuseErrors(fresh[0] as SheetRow, place.file);
      header.wide = unpivot && locateWide(header.names, unpivot, feed, place);
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
  /** The columns to be unpivoted, where the feed does that. */
  wide: readonly WideColumn[] | undefined;
}

const headerOf = (row: SheetRow, { header }: Feed): Header => ({
  names: header ?? namesOf(row),
  line: row.number,
  written: header === undefined,
  positions: [],
  wide: undefined,
});

/** A heading that is an error would leave out its column in silence. */
function refuseErrors({ errors, number }: SheetRow, file: string): void {
  const [error] = errors.values();
  if (error === undefined) return;
  const message = `${file}:${number}: a heading ${error}, and columns are to be unpivoted`;
  throw fileError('FILE_HEADING', message, { file, line: number }, 'Correct the heading in the workbook.');
}

function chunkOf(fresh: readonly SheetRow[], header: Header, firstRecord: number): RecordChunk {
  const { names, positions, wide = [] } = header;
  const places = [...positions, ...wide.map(({ position }) => position)];
  const rows: Cell[][] = [];
  const lines: number[] = [];
  const broken: BrokenRecord[] = [];
  for (const { number, cells, errors } of fresh) {
    if (header.written && names.every((name, at) => (cells[at]?.trim() ?? '') === name)) continue;
    const put = (position: number): void =>
      void broken.push({ line: number, reason: `${names[position]} ${errors.get(position)}`, sample: '' });
    const wrong = positions.find((position) => errors.has(position));
    if (wrong !== undefined) {
      put(wrong);
      continue;
    }
    // Of a wide file each cell is a record of its own, and those beside it are good.
    for (const { position } of wide) if (errors.has(position)) put(position);
    rows.push(places.map((position) => cells[position] ?? null));
    lines.push(number);
  }
  return {
    rows,
    ...{ positions: positions.map((_, index) => index), firstRecord, broken },
    lineOf: (index) => lines[index] as number,
    ...(header.wide ? { wide: behind(positions.length, wide) } : {}),
  };
}
