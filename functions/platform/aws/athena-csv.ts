import { VigieError } from '../errors.ts';

/** A cell of Athena's result file: NULL stands there as nothing, empty text as `""`. */
export type CsvCell = string | null;

/**
 * The records of a result file, as they come, some at a time; the head is the first one. Written here because CSV
 * libraries do not tell `""` from nothing. Athena quotes every value, doubles quotes within, and ends lines by `\n`;
 * a value may hold line ends. Throws `ATHENA_RESULT` for a file that is not such a one, or ends within a value.
 */
export async function* csvRecords(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<CsvCell[][]> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = '';
  for await (const chunk of bytes) {
    const { records, next, text } = readRecords(rest + decoder.decode(chunk, { stream: true }), false);
    rest = text.slice(next);
    if (records.length > 0) yield records;
  }
  const { records, next, text } = readRecords(rest + decoder.decode(), true);
  if (next < text.length) throw malformed(text.slice(next));
  if (records.length > 0) yield records;
}

function readRecords(text: string, isLast: boolean): { records: CsvCell[][]; next: number; text: string } {
  const records: CsvCell[][] = [];
  let next = 0;
  while (next < text.length) {
    const record = readRecord(text, next, isLast);
    if (!record) break;
    records.push(record.cells);
    next = record.next;
  }
  return { records, next, text };
}

/** One record; undefined while its end is not there yet. */
function readRecord(
  text: string,
  start: number,
  isLast: boolean,
): { cells: CsvCell[]; next: number } | undefined {
  const cells: CsvCell[] = [];
  let at = start;
  for (;;) {
    const end = text[at] === '"' ? quotedEnd(text, at) : plainEnd(text, at);
    if (end === undefined || (end === text.length && !isLast)) return undefined;
    cells.push(cellOf(text, at, end));
    at = end;
    if (text[at] === '\n' || at === text.length) return { cells, next: at + 1 };
    if (text[at] !== ',') throw malformed(text.slice(start, at + 1));
    at += 1;
  }
}

/** The place after the closing quote; undefined where there is none. */
function quotedEnd(text: string, start: number): number | undefined {
  let at = start + 1;
  for (;;) {
    at = text.indexOf('"', at);
    if (at < 0) return undefined;
    if (text[at + 1] !== '"') return at + 1;
    at += 2;
  }
}

function plainEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && text[at] !== ',' && text[at] !== '\n') at += 1;
  return at;
}

function cellOf(text: string, start: number, end: number): CsvCell {
  if (start === end) return null;
  if (text[start] !== '"') return text.slice(start, end);
  const inner = text.slice(start + 1, end - 1);
  return inner.includes('"') ? inner.replaceAll('""', '"') : inner;
}

const malformed = (sample: string): VigieError =>
  new VigieError('the result file of Athena is damaged or not one of Athena’s', {
    code: 'ATHENA_RESULT',
    retryable: true,
    where: { sample: sample.slice(-200) },
    hint: 'Run again; the statement then writes a new one.',
  });
