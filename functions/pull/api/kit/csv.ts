import Papa from 'papaparse';
import { shapeError } from '../record-reader.ts';

export interface CsvReport {
  /** For people: `Microsoft Advertising report`. */
  readonly what: string;
  /** A column that the header has: lines before it are titles. */
  readonly column: string;
  /** Between cells. Default: a comma. */
  readonly delimiter?: string;
  /** A line that is none of the report: a copyright under it. */
  isFooter?(row: readonly string[]): boolean;
}

/**
 * The rows of a report in CSV, each by column name. A row that was cut is an error (`VENDOR_SHAPE`): rows after it are
 * missing. An answer without a header is none, unless `text` is empty and nothing is an answer, which the caller knows.
 */
export function csvRecords(
  text: string,
  { what, column, delimiter = ',', isFooter = () => false }: CsvReport,
): readonly Readonly<Record<string, string>>[] {
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), {
    delimiter,
    skipEmptyLines: 'greedy',
  });
  if (errors.some(({ code }) => code === 'MissingQuotes'))
    throw shapeError(what, 'end of file', text.slice(-80));
  const at = data.findIndex((row) => row.includes(column));
  const header = data[at];
  if (!header) throw shapeError(what, 'header', data[0]?.join(','));
  return data
    .slice(at + 1)
    .filter((row) => !isFooter(row))
    .map((row) => {
      if (row.length !== header.length)
        throw shapeError(what, `row of ${header.length} cells`, row.join(','));
      return Object.fromEntries(header.map((name, index) => [name, row[index] ?? '']));
    });
}
