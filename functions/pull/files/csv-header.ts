import Papa from 'papaparse';
import type { Feed } from '../../lake/company/feed.ts';
import { nearest } from '../../lake/values/nearest.ts';
import { sampleOf } from '../sample.ts';
import { fileError } from './file-errors.ts';
import { isRule, separatorLine } from './list-lines.ts';
import { countLines } from './text.ts';
import { unpivotAdvice } from './unpivot-advice.ts';

const DELIMITERS = [';', ',', '\t', '|'];

/** The delimiter under which the header has the most of the wanted columns, then the most columns. */
function findDelimiter(header: string, quote: string, wanted: readonly string[]): string {
  const scored = DELIMITERS.map((delimiter) => {
    const names = cut(header, delimiter, quote);
    return { delimiter, found: wanted.filter((name) => names.includes(name)).length, names: names.length };
  });
  scored.sort((a, b) => b.found - a.found || b.names - a.names);
  return scored[0]?.delimiter ?? ',';
}

function cut(line: string, delimiter: string, quote: string): string[] {
  const [row = []] = Papa.parse<string[]>(line, { delimiter, quoteChar: quote }).data;
  return row.map((name) => name.trim());
}

/** The lines before the header: so many titles, a line `sep=;`, and whatever blank lines and rules come then. */
export function leadOf(text: string, titles: number): { length: number; lines: number } {
  let length = 0;
  for (let line = 0; ; line += 1) {
    if (length >= text.length) return { length: text.length, lines: line };
    const end = text.indexOf('\n', length);
    const next = end < 0 ? text.length : end + 1;
    const isLead = line < titles || (line === 0 && separatorLine(text) !== undefined);
    if (!isLead && !isEmptyLine(text.slice(length, next))) return { length, lines: line };
    length = next;
  }
}

const isEmptyLine = (line: string): boolean => line.trim() === '' || isRule(line);

export interface Header {
  readonly names: readonly string[];
  readonly delimiter: string;
  /** What the header takes up: lines, and characters. */
  readonly lines: number;
  readonly at: number;
}

/** Names and delimiter, from the header or the configuration. What the file itself says of its delimiter (`written`) holds. */
export function readHeader(
  text: string,
  feed: Feed,
  wanted: readonly string[],
  written: string | undefined,
): Header {
  const end = endOfRecord(text, feed.quote);
  const line = text.slice(0, end);
  const delimiter = written ?? feed.delimiter ?? findDelimiter(line, feed.quote, wanted);
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

export interface HeaderPlace {
  readonly file: string;
  readonly line: number;
}

/** Where each wanted column stands (-1: an optional one is not there); refuses a header that lacks one or has it twice. */
export function locateColumns(
  names: readonly string[],
  columns: WantedColumns,
  feed: Feed,
  place: HeaderPlace,
): number[] {
  const missing = columns.wanted.filter((name) => !names.includes(name) && !columns.optional.has(name));
  if (missing.length > 0) throw missingColumns(names, { missing, wanted: columns.wanted }, feed, place);
  for (const name of columns.wanted) {
    if (names.indexOf(name) === names.lastIndexOf(name)) continue;
    const message = `${place.file}:${place.line} has the column \`${name}\` more than once`;
    const hint =
      'Rename one of them in the export; or set `header` to the names of all columns and `skip_lines: 1`.';
    throw fileError(
      'FILE_COLUMN_AMBIGUOUS',
      message,
      { ...place, column: names.indexOf(name) + 1, field: name },
      hint,
    );
  }
  return columns.wanted.map((name) => names.indexOf(name));
}

export interface WantedColumns {
  readonly wanted: readonly string[];
  /** Of these, those that a file may lack. */
  readonly optional: ReadonlySet<string>;
}

function missingColumns(
  names: readonly string[],
  { missing, wanted }: { readonly missing: readonly string[]; readonly wanted: readonly string[] },
  feed: Feed,
  place: HeaderPlace,
) {
  const guesses = missing.map((name) => {
    const near = nearest(name, names);
    return near === undefined ? `\`${name}\`` : `\`${name}\` (did you mean \`${near}\`?)`;
  });
  const has = `The header has: ${sampleOf(names.join(', '))}`;
  const message = `${place.file}:${place.line} lacks the column${missing.length > 1 ? 's' : ''} ${guesses.join(', ')}. ${has}`;
  // One title with blanks inside: they are what keeps the columns apart.
  const byBlanks = feed.delimiter === 'blanks';
  const isAligned = !byBlanks && names.length === 1 && /\S {2,}\S/.test(names[0] ?? '');
  const aligned = isAligned ? ' Where blanks keep the columns apart, set `delimiter: blanks`.' : '';
  const loose = byBlanks
    ? ' Where the titles are not aligned with the text below them, name the columns in `header`, in their order, and set `skip_lines: 1`.'
    : '';
  const wide = unpivotAdvice(names, wanted, feed);
  const hint =
    wide ??
    `Name the column as the file does under \`columns\` of the feed of \`${feed.table}\`, or take the field out where the export does not have it. Where the titles stand lower, set \`skip_lines\`.${aligned}${loose}`;
  return fileError(
    'FILE_COLUMN_MISSING',
    message,
    { ...place, field: missing[0] ?? '', sample: names.join(', ') },
    hint,
  );
}
