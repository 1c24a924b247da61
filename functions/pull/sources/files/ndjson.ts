import { fileError, sampleOf } from './file-errors.ts';
import type { RecordText } from './json-records.ts';

/** Lines of newline JSON. Blank lines are passed over; a last line that is cut is refused. */
export async function* splitLines(text: AsyncIterable<string>, file: string): AsyncIterable<RecordText[]> {
  let line = 1;
  let pending = '';
  for await (const piece of text) {
    const lines = (pending + piece).split('\n');
    pending = lines.pop() as string;
    yield records(lines, line);
    line += lines.length;
  }
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
