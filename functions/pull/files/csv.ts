import Papa from 'papaparse';
import type { Feed } from '../../lake/company/feed.ts';
import { sampleOf } from '../sample.ts';
import { leadOf, locateColumns, readHeader } from './csv-header.ts';
import {
  type CsvShape,
  checkEnd,
  judge,
  lineCounter,
  openQuote,
  type ParsedPiece,
  refuseSwallowed,
} from './csv-records.ts';
import { separatorLine, titleFinder } from './list-lines.ts';
import type { Unpivoting } from './mapping/unpivot.ts';
import type { BrokenRecord, RecordChunk } from './records.ts';
import { countLines } from './text.ts';
import { locateWide } from './wide-columns.ts';

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
  /** Which of the other columns are to be unpivoted. */
  readonly unpivot?: Unpivoting | undefined;
}

/**
 * Reads CSV. Handled: quoted line breaks, header and titles repeated inside the file (pages, files put one after the
 * other), blank lines and rules, a delimiter at the end of every line, a first line `sep=;`. Put aside: records with too few or too many cells, or a quote out of
 * place. Refused: a missing column, a cut last line, a quote that is never closed.
 */
export async function* readCsv(text: AsyncIterable<string>, options: CsvOptions): AsyncIterable<RecordChunk> {
  let reader: CsvCutter | undefined;
  let pending = '';
  let enough = PIECE;
  for await (const piece of text) {
    pending += piece;
    if (pending.length < enough) continue;
    pending = shortBlanks(pending, options.feed);
    reader ??= openCutter(pending, options);
    const { chunk, rest } = reader.cut(pending, false);
    pending = rest;
    // A long record is begun anew each time: were it looked at with every piece, its cost would grow with its square.
    enough = Math.max(PIECE, 2 * rest.length);
    yield chunk;
  }
  if (pending === '' && reader === undefined) return;
  pending = shortBlanks(pending, options.feed);
  reader ??= openCutter(pending, options);
  if (pending !== '') yield reader.cut(pending, true).chunk;
}

const MOST_BLANKS = 256;
const LONG_BLANKS = new RegExp(`(?<! ) {${MOST_BLANKS + 1},}`, 'g');

/** Papaparse looks through the blanks before a delimiter once for each stray quote. Nobody means so many of them. */
const shortBlanks = (text: string, { delimiter }: Feed): string =>
  delimiter !== ' ' && text.includes(' '.repeat(MOST_BLANKS + 1))
    ? text.replace(LONG_BLANKS, ' '.repeat(MOST_BLANKS))
    : text;

interface CsvCutter {
  cut(text: string, last: boolean): { chunk: RecordChunk; rest: string };
}

/** Reads the header; what follows are records. */
function openCutter(beginning: string, options: CsvOptions): CsvCutter {
  const { file, feed, columns, optional, unpivot } = options;
  const lead = leadOf(beginning, feed.skip_lines);
  const written = separatorLine(beginning)?.delimiter;
  const { names, delimiter, lines, at } = readHeader(beginning.slice(lead.length), feed, columns, written);
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
      wide: unpivot && locateWide(names, unpivot, feed, place),
      isTitle: titleFinder(beginning.slice(0, lead.length)),
    },
    lead.length + at,
    place.line + lines,
  );
}

function cutter(shape: CsvShape, skip: number, firstLine: number): CsvCutter {
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

const placesOf = ({ positions, wide }: CsvShape) => ({ positions, ...(wide ? { wide } : {}) });

function chunkOf(
  shape: CsvShape,
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
    /^(?:$|[ =_-]|sep=)/i.test(row[0] as string) ||
    misquoted.has(index);
  if (!data.some(unfit)) {
    return { ...placesOf(shape), rows: data, firstRecord, lineOf: lineAt, broken: [] };
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
    ...placesOf(shape),
    rows,
    firstRecord,
    lineOf: (index) => lineAt(places[index] as number),
    broken,
  };
}
