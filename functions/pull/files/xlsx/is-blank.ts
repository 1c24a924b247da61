import type { RangedFile } from './archive.ts';
import { isFilled, sheetRows } from './sheet-rows.ts';
import { openWorkbook, type Workbook } from './workbook.ts';

/** Whether no sheet of a workbook that can be seen holds anything, not so much as a header. */
export async function isBlankWorkbook(source: RangedFile): Promise<boolean> {
  const book = await openWorkbook(source);
  try {
    return await nothingIn(book);
  } finally {
    book.archive.close();
  }
}

async function nothingIn(book: Workbook): Promise<boolean> {
  for (const sheet of book.sheets.filter(({ hidden }) => !hidden))
    for await (const rows of sheetRows(book, sheet, '.')) if (rows.some(isFilled)) return false;
  return true;
}
