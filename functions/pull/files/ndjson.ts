import { sampleOf } from '../sample.ts';
import { fileError } from './file-errors.ts';
import type { RecordText } from './json-records.ts';

/** A record may be this long (characters). */
const LONGEST_LINE = 16_000_000;

/** Lines of newline JSON. Blank lines are passed over; a last line that is cut is refused. */
export async function* splitLines(text: AsyncIterable<string>, file: string): AsyncIterable<RecordText[]> {
  let line = 1;
  let parts: string[] = [];
  let length = 0;
  for await (const piece of text) {
    // A line of many pieces is put together once, at its end.
    if (!piece.includes('\n')) {
      parts.push(piece);
      length += piece.length;
      if (length > LONGEST_LINE) throw tooLong(file, line, parts);
      continue;
    }
    const lines = (parts.join('') + piece).split('\n');
    const rest = lines.pop() as string;
    parts = [rest];
    length = rest.length;
    yield records(lines, line);
    line += lines.length;
  }
  const pending = parts.join('');
  if (pending.trim() === '') return;
  if (!isJson(pending)) {
    const sample = sampleOf(pending);
    const message = `${file}:${line} is cut: the last line has no end and is not complete JSON: \`${sample}\``;
    const hint =
      'Transfer the file again; its sender should write to a temporary name and rename it when done.';
    throw fileError('FILE_CUT', message, { file, line, sample }, hint);
  }
  yield records([pending], line);
}

const tooLong = (file: string, line: number, parts: readonly string[]) =>
  fileError(
    'FILE_FORMAT',
    `${file}:${line} has a record of more than ${LONGEST_LINE} characters: \`${sampleOf(parts[0] ?? '')}\``,
    { file, line, sample: parts[0] ?? '' },
    'Newline JSON has one record a line. Where the file is one JSON document, say `format: json`.',
  );

const records = (lines: readonly string[], first: number): RecordText[] =>
  lines.map((text, index) => ({ text, line: first + index })).filter(({ text }) => text.trim() !== '');

/** Whether a text is one complete JSON value. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
