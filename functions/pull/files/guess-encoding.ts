import type { Feed } from '../../lake/company/feed.ts';
import type { Bytes } from './bytes.ts';

export type Encoding = Feed['encoding'];

/** What the bytes of a file say of its encoding. */
export interface EncodingGuess {
  /** Null: nothing but ASCII was seen, which every encoding reads alike. */
  readonly encoding: Encoding | null;
  /** Whether a byte order mark says so: it then holds whatever is configured. */
  readonly marked: boolean;
  /** A word with a letter beyond ASCII as the guess reads it, and as the other encoding would. */
  readonly sample?: { readonly right: string; readonly wrong: string };
}

/** So many bytes are looked at: the first word with an accent may stand far down. */
const MOST_BYTES = 16 * 2 ** 20;

/** Guesses how a text file is encoded. Only valid UTF-8 beyond ASCII counts as UTF-8: other encodings never make it by chance. */
export async function guessEncoding(bytes: Bytes): Promise<EncodingGuess> {
  const head = await headOf(bytes);
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', marked: true };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', marked: true };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16le', marked: true };
  if (head.subarray(0, 1000).includes(0)) return { encoding: 'utf-16le', marked: false };
  const first = head.findIndex((byte) => byte >= 0x80);
  if (first < 0) return { encoding: null, marked: false };
  const encoding = isUtf8(head) ? 'utf-8' : 'windows-1252';
  const word = wordAround(head, first);
  const [utf8, single] = [word.toString('utf8'), word.toString('latin1')];
  const sample = encoding === 'utf-8' ? { right: utf8, wrong: single } : { right: single, wrong: utf8 };
  return { encoding, marked: false, sample };
}

async function headOf(bytes: Bytes): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of bytes) {
    parts.push(part);
    size += part.length;
    if (size >= MOST_BYTES) break;
  }
  return Buffer.concat(parts).subarray(0, MOST_BYTES);
}

/** The last character may be cut. */
function isUtf8(head: Buffer): boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    decoder.decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Bytes that end a word: white space, delimiters, quotes. */
const EDGES = new Set([...' \t\r\n;,|"'].map((sign) => sign.charCodeAt(0)));
const LONGEST_WORD = 40;

function wordAround(bytes: Buffer, at: number): Buffer {
  const isEdge = (place: number): boolean => EDGES.has(bytes[place] ?? 10);
  let [from, to] = [at, at];
  while (from > 0 && at - from < LONGEST_WORD && !isEdge(from - 1)) from -= 1;
  while (to < bytes.length && to - at < LONGEST_WORD && !isEdge(to)) to += 1;
  return bytes.subarray(from, to);
}
