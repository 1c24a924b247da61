import { sampleOf } from '../sample.ts';
import { fileError } from './file-errors.ts';
import { isRule, separatorLine } from './list-lines.ts';
import type { WideColumn } from './records.ts';
import { countLines } from './text.ts';

/** What is known of a CSV file once its header is read. */
export interface CsvShape {
  readonly file: string;
  readonly quote: string;
  readonly delimiter: string;
  /** The header, where the file has one: it may come again. */
  readonly names: readonly string[] | undefined;
  readonly width: number;
  readonly positions: readonly number[];
  /** The columns to be unpivoted, where the feed does that. */
  readonly wide: readonly WideColumn[] | undefined;
  /** Whether a line is a title above the header, which may come again too. */
  isTitle(line: string): boolean;
}

/** What papaparse makes of a piece of text. */
export interface ParsedPiece {
  readonly data: string[][];
  readonly errors: readonly { readonly row: number; readonly code: string }[];
  readonly meta: { readonly cursor: number };
}

/** What is wrong with a record; `pass over` for what is none: blank lines, rules, repeated titles and headers; undefined where it is fit after all. */
export function judge(shape: CsvShape, row: string[], misquoted: boolean): string | undefined {
  if (row.length === 1 && row[0]?.trim() === '') return 'pass over';
  if (row[0]?.charCodeAt(0) === 0xfeff) row[0] = row[0].slice(1);
  if (shape.names?.every((name, index) => row[index]?.trim() === name)) return 'pass over';
  if (isNoRecord(shape, row.join(shape.delimiter), row.length)) return 'pass over';
  if (misquoted)
    return `has a ${shape.quote} in the middle of a quoted cell (inside quotes, a quote is written twice)`;
  if (row.length === shape.width || (row.length === shape.width + 1 && row.at(-1) === '')) return undefined;
  return `has ${row.length} cells where the header has ${shape.width}`;
}

/** A title counts as one only where it could not be a record. */
const isNoRecord = (shape: CsvShape, line: string, cells: number): boolean =>
  isRule(line) || separatorLine(line) !== undefined || (cells !== shape.width && shape.isTitle(line));

/** A stray quote that swallowed the lines after it lost more than a record. */
export function refuseSwallowed(shape: CsvShape, row: readonly string[], line: number): void {
  if (row.some((cell) => cell.includes('\n'))) throw openQuote(shape, line, row.join(shape.delimiter));
}

/** The line of every record, counted when the first one is asked for. */
export function lineCounter(
  data: readonly (readonly string[])[],
  firstLine: number,
): (index: number) => number {
  let lines: number[] | undefined;
  return (index) => {
    if (!lines) {
      let line = firstLine;
      lines = data.map((row) => {
        const own = line;
        line += 1 + row.reduce((breaks, cell) => breaks + countLines(cell), 0);
        return own;
      });
    }
    return lines[index] ?? firstLine;
  };
}

/** A file whose last line lacks cells, or the closing quote, was cut while it was written or sent. */
export function checkEnd(shape: CsvShape, text: string, parsed: ParsedPiece, firstLine: number): void {
  const line = lineCounter(parsed.data, firstLine)(parsed.data.length - 1);
  if (parsed.errors.some(({ code }) => code === 'MissingQuotes'))
    throw openQuote(shape, line, parsed.data.at(-1)?.join(shape.delimiter) ?? '');
  const last = parsed.data.at(-1);
  if (
    text.endsWith('\n') ||
    !last ||
    last.length >= shape.width ||
    (last.length === 1 && last[0]?.trim() === '') ||
    isRule(last.join(shape.delimiter))
  )
    return;
  const sample = sampleOf(last.join(shape.delimiter));
  const message = `${shape.file}:${line} is cut: the last line has ${last.length} of ${shape.width} cells and no line end: \`${sample}\``;
  throw fileError(
    'FILE_CUT',
    message,
    { file: shape.file, line, sample },
    'Transfer the file again; its sender should write to a temporary name and rename it when done.',
  );
}

/** The error for a quote without its partner. */
export function openQuote({ file, quote }: CsvShape, line: number, record: string) {
  const sample = sampleOf(record);
  const hint =
    'If the file was cut, transfer it again. If its cells hold single quotes as they are, set `quote` on the feed to a character that does not occur.';
  return fileError(
    'FILE_QUOTES',
    `${file}:${line}: a cell begins with ${quote} that is never closed: \`${sample}\``,
    { file, line, sample },
    hint,
  );
}
