import Papa from 'papaparse';
import { shapeError } from '../../api/record-reader.ts';

const WHAT = 'Microsoft Advertising report';

/**
 * The rows of a report's CSV, each by column name. Title lines before the header and the copyright footer are passed
 * over, where Microsoft writes them in spite of the request's flags. A row that was cut is an error: rows after it are missing.
 */
export function rowsOf(text: string): readonly Readonly<Record<string, string>>[] {
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), {
    delimiter: ',',
    skipEmptyLines: 'greedy',
  });
  if (errors.some(({ code }) => code === 'MissingQuotes'))
    throw shapeError(WHAT, 'end of file', text.slice(-80));
  const at = data.findIndex((row) => row.includes('TimePeriod'));
  const header = data[at];
  if (!header) throw shapeError(WHAT, 'header', data[0]?.join(','));
  return data
    .slice(at + 1)
    .filter((row) => !isFooter(row))
    .map((row) => named(header, row));
}

/** `©2026 Microsoft Corporation. All rights reserved.`, alone on its line. */
const isFooter = (row: readonly string[]): boolean =>
  /^\s*(©|\(c\)|@)\s*\d{4}.*microsoft/i.test(row[0] ?? '') &&
  row.slice(1).every((cell) => cell.trim() === '');

function named(header: readonly string[], row: readonly string[]): Record<string, string> {
  if (row.length !== header.length) throw shapeError(WHAT, `row of ${header.length} cells`, row.join(','));
  return Object.fromEntries(header.map((name, index) => [name, row[index] ?? '']));
}
