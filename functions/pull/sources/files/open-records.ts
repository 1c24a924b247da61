import type { Inbox } from '../../../platform/inbox.ts';
import { type Bytes, openBytes, peek } from './bytes.ts';
import { readCsv } from './csv.ts';
import { fileError, sampleOf } from './file-errors.ts';
import type { CompiledFeed } from './mapping/compile-feed.ts';
import type { RecordReader } from './records.ts';
import { decodeText } from './text.ts';

/** Opens a file for its feed: unpacks, finds out what it is, and reads its records. Yields nothing for an empty file. */
export async function* openRecords(
  inbox: Inbox,
  file: string,
  { feed, columns }: CompiledFeed,
): RecordReader {
  const { head, all } = await peek(openBytes(inbox, file), 4096);
  if (head.length === 0) return;
  refuseForeign(head, file);
  yield* readCsv(decodeText(all, feed.encoding, file), { file, feed, columns });
}

const SIGNATURES: readonly (readonly [pattern: RegExp, what: string, hint: string])[] = [
  [/^PK\u0003\u0004/, 'an Excel workbook or a ZIP archive', 'Save it as CSV (UTF-8), or unpack it.'],
  [/^\u00d0\u00cf\u0011\u00e0/, 'an old Excel workbook', 'Save it as CSV (UTF-8).'],
  [/^%PDF/, 'a PDF document', 'Have the export written as CSV.'],
  [
    /^\s*<(?:!doctype|html|\?xml)/i,
    'an HTML or XML page, often an error or log-in page saved in place of the export',
    'Open it to see what it says, and fetch the export again.',
  ],
];

/** Tells what a file really is, whatever its name says. */
function refuseForeign(head: Buffer, file: string): void {
  const beginning = head
    .subarray(0, 200)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '');
  for (const [pattern, what, hint] of SIGNATURES) {
    if (!pattern.test(beginning)) continue;
    const sample = sampleOf(beginning.replace(/[^\x20-\x7e]+/g, ' '));
    throw fileError('FILE_FORMAT', `${file} is ${what}`, { file, line: 1, sample }, hint);
  }
}

export type { Bytes };
