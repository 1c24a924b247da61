import type { Feed } from '../../../lake/company/feed.ts';
import { suggestion } from '../../../lake/values/nearest.ts';
import { fileError } from '../file-errors.ts';
import type { JsonOptions } from '../json-records.ts';
import { isFilled, namesOf, sheetRows } from './sheet-rows.ts';
import type { Sheet, Workbook } from './workbook.ts';

/**
 * The sheet that a feed means: by its name or place; without either the only one that can be seen, or the only one whose
 * titles are those wanted. Throws `FILE_SHEET`.
 */
export async function chooseSheet(book: Workbook, options: JsonOptions): Promise<Sheet> {
  const { feed, columns, optional, unpivot } = options;
  if (feed.sheet !== undefined) return namedSheet(book, feed.sheet);
  const visible = book.sheets.filter(({ hidden }) => !hidden);
  const [first] = visible;
  if (!first)
    throw noSheet(book, 'has no sheet that can be seen', 'Name the hidden one that is meant: `sheet: …`.');
  if (visible.length === 1) return first;
  const needed = columns.filter((name) => !optional.has(name));
  const fit: Sheet[] = [];
  for (const sheet of visible) {
    const names = feed.header ?? (await titlesOf(book, sheet, feed));
    const hasWide = !unpivot || names.some((name) => unpivot.nameOf(name) !== undefined);
    if (hasWide && needed.every((name) => names.includes(name))) fit.push(sheet);
  }
  const [only, ...others] = fit;
  if (only && others.length === 0) return only;
  const which = only
    ? `has the wanted columns on ${listed(fit)}`
    : `has the wanted columns on none of its sheets, ${listed(visible)}`;
  throw noSheet(
    book,
    which,
    'Say which is meant on the feed: `sheet: …`, its name or its place from 1. Where the titles stand lower, set `skip_lines`.',
  );
}

function namedSheet(book: Workbook, wanted: NonNullable<Feed['sheet']>): Sheet {
  const same = (name: string): string => name.trim().toLowerCase();
  const found =
    typeof wanted === 'number'
      ? book.sheets[wanted - 1]
      : (book.sheets.find(({ name }) => name === wanted) ??
        book.sheets.find(({ name }) => same(name) === same(wanted)));
  if (found) return found;
  const names = book.sheets.map(({ name }) => name);
  const hint =
    typeof wanted === 'string'
      ? `${suggestion(wanted, names)}.`
      : 'Sheets are counted from 1, hidden ones too.';
  throw noSheet(book, `has no sheet ${wanted}; its sheets are ${listed(book.sheets)}`, hint);
}

async function titlesOf(book: Workbook, sheet: Sheet, feed: Feed): Promise<string[]> {
  for await (const rows of sheetRows(book, sheet, feed.decimal)) {
    const header = rows.find((row) => row.number > feed.skip_lines && isFilled(row));
    if (header) return namesOf(header);
  }
  return [];
}

const listed = (sheets: readonly Sheet[]): string =>
  sheets.map(({ name }) => `"${name}"`).join(', ') || 'none';

const noSheet = ({ file }: Workbook, what: string, hint: string) =>
  fileError('FILE_SHEET', `${file} ${what}`, { file, field: 'sheet' }, hint);
