import type { Feed } from '../../lake/company/feed.ts';
import { VigieError } from '../../platform/errors.ts';
import type { Inbox } from '../../platform/inbox.ts';
import { orProblem } from '../outcome.ts';
import { readAligned } from './aligned.ts';
import { openBytes, peek } from './bytes.ts';
import { readCsv } from './csv.ts';
import { splitArray } from './json-array.ts';
import { readJsonRecords } from './json-records.ts';
import { splitLines } from './ndjson.ts';
import { readParquet } from './parquet.ts';
import { readPostfix } from './postfix.ts';
import { rangedFile, ranges, unpackedFile, unpackedRanges } from './ranged-file.ts';
import type { RecordReader } from './records.ts';
import type { Reading } from './share-reading.ts';
import { type Format, isArchive, sniff } from './sniff.ts';
import { decodeText } from './text.ts';
import { unpivoted } from './unpivoted.ts';
import { isBlankWorkbook } from './xlsx/is-blank.ts';
import { readXlsx } from './xlsx/read-xlsx.ts';

/** How much of a file is looked at to find out what it is. */
const HEAD = 65_536;

export interface OpenFile {
  readonly name: string;
  readonly size: number;
}

/**
 * Opens a file: unpacks, finds out what it is, and reads its records; of a wide file that is to be unpivoted, its cells.
 * Yields nothing for an empty file.
 */
export function openRecords(inbox: Inbox, file: OpenFile, reading: Reading): RecordReader {
  const { unpivot } = reading;
  if (!unpivot) return readRecords(inbox, file, reading);
  const whole = readRecords(inbox, file, { ...reading, columns: unpivot.columns });
  return unpivoted(whole, file.name, reading.columns, unpivot);
}

async function* readRecords(
  inbox: Inbox,
  { name: file, size }: OpenFile,
  { feed, columns, optional, unpivot }: Reading,
): RecordReader {
  const { head, all, close, packed } = await openHead(inbox, file);
  if (head.length === 0) return close();
  const format = sniff(head, feed, file);
  const options = { file, feed, columns, optional, unpivot };
  if (format === 'parquet') {
    await close();
    yield* readParquet(packed ? await unpackedFile(inbox, file) : rangedFile(inbox, file, size), options);
    return;
  }
  if (format === 'xlsx') {
    await close();
    yield* readXlsx(packed ? await unpackedRanges(inbox, file) : ranges(inbox, file, size), options);
    return;
  }
  const text = decodeText(all, feed.encoding, file);
  if (format === 'postfix') yield* readPostfix(text, options);
  else if (format === 'csv')
    yield* feed.delimiter === 'blanks' ? readAligned(text, options) : readCsv(text, options);
  else if (format === 'ndjson') yield* readJsonRecords(splitLines(text, file), options);
  else yield* readJsonRecords(splitArray(text, { file, records: feed.records }), options);
}

/** What a file is; undefined for an empty one. */
export async function formatOf(inbox: Inbox, file: string, feed: Feed): Promise<Format | undefined> {
  const { head, close } = await openHead(inbox, file);
  await close();
  return head.length === 0 ? undefined : sniff(head, feed, file);
}

/** White space, a byte order mark and the zeros of text in 16 bits. */
const NOTHING = /^[\s\0\ufeff\ufffeÿþï»¿]*$/;

/** Whether there is nothing in a file, not so much as a header. */
export async function isBlank(inbox: Inbox, { name, size }: OpenFile): Promise<boolean> {
  if (size > HEAD) return false;
  // What is wrong with a file that cannot be opened is told by whoever reads it.
  const opened = await orProblem(openHead(inbox, name));
  if (opened instanceof VigieError) return false;
  await opened.close();
  if (isArchive(opened.head)) return blankWorkbook(inbox, { name, size }, opened.packed);
  return opened.head.length <= HEAD && NOTHING.test(opened.head.toString('latin1'));
}

async function blankWorkbook(inbox: Inbox, { name, size }: OpenFile, packed: boolean): Promise<boolean> {
  const source = packed ? unpackedRanges(inbox, name) : Promise.resolve(ranges(inbox, name, size));
  return (await orProblem(source.then(isBlankWorkbook))) === true;
}

async function openHead(inbox: Inbox, file: string) {
  const raw = await peek(inbox.stream(file), 2);
  const packed = raw.head[0] === 0x1f && raw.head[1] === 0x8b;
  await raw.close();
  return { ...(await peek(openBytes(inbox, file), HEAD)), packed };
}
