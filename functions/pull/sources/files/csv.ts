import Papa from 'papaparse';
import type { Feed } from '../../../lake/feed.ts';
import { cut, findDelimiter, locateColumns } from './csv-header.ts';
import { fileError, sampleOf } from './file-errors.ts';
import type { BrokenRecord, RecordChunk } from './records.ts';
import { countLines } from './text.ts';

/** A record may be this long (characters); a quote that is never closed would otherwise fill the memory. */
const LONGEST_RECORD = 4_000_000;
/** Text is cut into records in pieces of about this many characters. */
const PIECE = 1 << 18;

export interface CsvOptions {
  readonly file: string;
  readonly feed: Feed;
  /** Names of the columns to read. */
  readonly columns: readonly string[];
  /** Of these, those that a file may lack. */
  readonly optional: ReadonlySet<string>;
}

/**
 * Reads CSV. Handled: quoted line breaks, the header repeated inside the file (files put one after the other), blank
 * lines, a delimiter at the end of every line. Put aside: records with too few or too many cells, or a quote out of
 * place. Refused: a missing column, a cut last line, a quote that is never closed.
 */
export async function* readCsv(text: AsyncIterable<string>, options: CsvOptions): AsyncIterable<RecordChunk> {
  let reader: CsvCutter | undefined;
  let pending = '';
  for await (const piece of text) {
    pending += piece;
    if (pending.length < PIECE) continue;
    reader ??= openCutter(pending, options);
    const { chunk, rest } = reader.cut(pending, false);
    pending = rest;
    yield chunk;
  }
  if (pending === '' && reader === undefined) return;
  reader ??= openCutter(pending, options);
  if (pending !== '') yield reader.cut(pending, true).chunk;
}

interface CsvCutter {
  cut(text: string, last: boolean): { chunk: RecordChunk; rest: string };
}

/** Reads the header; what follows are records. */
function openCutter(beginning: string, { file, feed, columns, optional }: CsvOptions): CsvCutter {
  const lead = leadOf(beginning, feed.skip_lines);
  const { names, delimiter, lines, at } = readHeader(beginning.slice(lead.length), feed, columns);
  const place = { file, line: lead.lines + 1 };
  const positions = locateColumns(names, { wanted: columns, optional }, feed, place);
  return cutter(
    {
      file,
      quote: feed.quote,
      delimiter,
      names: feed.header ? undefined : names,
      width: names.length,
      positions,
    },
    lead.length + at,
    place.line + lines,
  );
}

function leadOf(text: string, lines: number): { length: number; lines: number } {
  let length = 0;
  for (let line = 0; line < lines; line += 1) {
    const end = text.indexOf('\n', length);
    if (end < 0) return { length: text.length, lines: line + 1 };
    length = end + 1;
  }
  return { length, lines };
}

interface Header {
  readonly names: readonly string[];
  readonly delimiter: string;
  /** What the header takes up: lines, and characters. */
  readonly lines: number;
  readonly at: number;
}

function readHeader(text: string, feed: Feed, wanted: readonly string[]): Header {
  const end = endOfRecord(text, feed.quote);
  const line = text.slice(0, end);
  const delimiter = feed.delimiter ?? findDelimiter(line, feed.quote, wanted);
  if (feed.header) return { names: feed.header, delimiter, lines: 0, at: 0 };
  return { names: cut(line, delimiter, feed.quote), delimiter, lines: countLines(line) + 1, at: end + 1 };
}

/** The first line break outside quotes: titles may be broken over lines. */
function endOfRecord(text: string, quote: string): number {
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === quote) quoted = !quoted;
    else if (text[at] === '\n' && !quoted) return at;
  }
  return text.length;
}

interface Shape {
  readonly file: string;
  readonly quote: string;
  readonly delimiter: string;
  /** The header, where the file has one: it may come again. */
  readonly names: readonly string[] | undefined;
  readonly width: number;
  readonly positions: readonly number[];
}

interface ParsedPiece {
  readonly data: string[][];
  readonly errors: readonly { readonly row: number; readonly code: string }[];
  readonly meta: { readonly cursor: number };
}

function cutter(shape: Shape, skip: number, firstLine: number): CsvCutter {
  const parser = new Papa.Parser({ delimiter: shape.delimiter, quoteChar: shape.quote, newline: '\n' });
  let toSkip = skip;
  let line = firstLine;
  let record = 1;
  return {
    cut(whole, last) {
      const text = toSkip > 0 ? whole.slice(toSkip) : whole;
      toSkip = Math.max(0, toSkip - whole.length);
      const parsed = parser.parse(text, 0, !last) as ParsedPiece;
      const rest = last ? '' : text.slice(parsed.meta.cursor);
      if (rest.length > LONGEST_RECORD)
        throw openQuote(shape, line + countLines(text.slice(0, parsed.meta.cursor)), rest);
      if (last) checkEnd(shape, text, parsed, line);
      const lines = countLines(last ? text : text.slice(0, parsed.meta.cursor));
      // Without line breaks inside cells a record's line is its place.
      const straight = lines === parsed.data.length - (last ? 1 : 0);
      const first = line;
      const chunk = chunkOf(
        shape,
        parsed,
        straight ? (index) => first + index : lineCounter(parsed.data, first),
        record,
      );
      line += lines;
      record += chunk.rows.length;
      return { chunk, rest };
    },
  };
}

function chunkOf(
  shape: Shape,
  parsed: ParsedPiece,
  lineAt: (index: number) => number,
  firstRecord: number,
): RecordChunk {
  const { data } = parsed;
  const misquoted = new Set(
    parsed.errors.filter(({ code }) => code === 'InvalidQuotes').map(({ row }) => row),
  );
  const unfit = (row: readonly string[], index: number): boolean =>
    row.length !== shape.width ||
    row[0]?.charCodeAt(0) === 0xfeff ||
    (shape.names !== undefined && row[0]?.trim() === shape.names[0]) ||
    misquoted.has(index);
  if (!data.some(unfit)) {
    return { rows: data, positions: shape.positions, firstRecord, lineOf: lineAt, broken: [] };
  }
  const rows: string[][] = [];
  const places: number[] = [];
  const broken: BrokenRecord[] = [];
  for (const [index, row] of data.entries()) {
    const reason = unfit(row, index) ? judge(shape, row, misquoted.has(index)) : undefined;
    if (reason === 'pass over') continue;
    if (misquoted.has(index)) refuseSwallowed(shape, row, lineAt(index));
    if (reason !== undefined)
      broken.push({ line: lineAt(index), reason, sample: sampleOf(row.join(shape.delimiter)) });
    else {
      rows.push(row);
      places.push(index);
    }
  }
  return {
    rows,
    positions: shape.positions,
    firstRecord,
    lineOf: (index) => lineAt(places[index] as number),
    broken,
  };
}

/** What is wrong with a record; `pass over` for blank lines and repeated headers; undefined where it is fit after all. */
function judge(shape: Shape, row: string[], misquoted: boolean): string | undefined {
  if (row.length === 1 && row[0]?.trim() === '') return 'pass over';
  if (row[0]?.charCodeAt(0) === 0xfeff) row[0] = row[0].slice(1);
  if (shape.names?.every((name, index) => row[index]?.trim() === name)) return 'pass over';
  if (misquoted)
    return `has a ${shape.quote} in the middle of a quoted cell (inside quotes, a quote is written twice)`;
  if (row.length === shape.width || (row.length === shape.width + 1 && row.at(-1) === '')) return undefined;
  return `has ${row.length} cells where the header has ${shape.width}`;
}

/** A stray quote that swallowed the lines after it lost more than a record. */
function refuseSwallowed(shape: Shape, row: readonly string[], line: number): void {
  if (row.some((cell) => cell.includes('\n'))) throw openQuote(shape, line, row.join(shape.delimiter));
}

/** The line of every record, counted when the first one is asked for. */
function lineCounter(data: readonly (readonly string[])[], firstLine: number): (index: number) => number {
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
function checkEnd(shape: Shape, text: string, parsed: ParsedPiece, firstLine: number): void {
  const line = lineCounter(parsed.data, firstLine)(parsed.data.length - 1);
  if (parsed.errors.some(({ code }) => code === 'MissingQuotes'))
    throw openQuote(shape, line, parsed.data.at(-1)?.join(shape.delimiter) ?? '');
  const last = parsed.data.at(-1);
  if (
    text.endsWith('\n') ||
    !last ||
    last.length >= shape.width ||
    (last.length === 1 && last[0]?.trim() === '')
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

function openQuote({ file, quote }: Shape, line: number, record: string) {
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
