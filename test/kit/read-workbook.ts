import { Readable } from 'node:stream';
import { sheetRows } from '../../functions/pull/files/xlsx/sheet-rows.ts';
import { openWorkbook } from '../../functions/pull/files/xlsx/workbook.ts';

export interface WorkbookRead {
  readonly sheet: string;
  readonly head: readonly string[];
  /** Cells as texts; an empty one is ''. */
  readonly lines: readonly (readonly string[])[];
}

/** The first sheet of a workbook, as Vigie reads one that somebody drops. */
export async function readWorkbook(bytes: Uint8Array): Promise<WorkbookRead> {
  const book = await openWorkbook({
    name: 'book.xlsx',
    size: bytes.length,
    range: (start, end) => Readable.from([bytes.subarray(start, end)]),
  });
  try {
    const [sheet] = book.sheets;
    if (sheet === undefined) throw new Error('a workbook without a sheet');
    const rows: string[][] = [];
    for await (const chunk of sheetRows(book, sheet, '.'))
      for (const { cells } of chunk) rows.push(Array.from(cells, (cell) => cell ?? ''));
    const [head = [], ...lines] = rows;
    return {
      sheet: sheet.name,
      head,
      lines: lines.map((line) => [...line, ...Array.from({ length: head.length - line.length }, () => '')]),
    };
  } finally {
    book.archive.close();
  }
}
