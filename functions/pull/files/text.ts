import { StringDecoder } from 'node:string_decoder';
import type { Feed } from '../../lake/company/feed.ts';
import { sampleOf } from '../sample.ts';
import type { Bytes } from './bytes.ts';
import { fileError } from './file-errors.ts';

type Encoding = Feed['encoding'];

/** Windows-1252 gives printable characters to 0x80–0x9F, which Latin-1 leaves to control codes nobody exports. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const CONTROLS = /[\u0080-\u009f]/g;

/**
 * Text of a file in pieces, in the encoding its byte order mark says, else the one configured. The mark is taken off,
 * line ends become `\n`. Bytes that are not text in that encoding are refused with their line.
 */
export async function* decodeText(bytes: Bytes, encoding: Encoding, file: string): AsyncIterable<string> {
  let decode: Decode | undefined;
  let heldBack = '';
  let line = 1;
  for await (const chunk of bytes) {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const first = decode === undefined;
    decode ??= decoderFor(buffer, encoding, file);
    let text = decode(buffer);
    if (first && text.charCodeAt(0) === 0xfeff) text = text.slice(1);
    if (text.includes('\ufffd') && !buffer.includes('\ufffd')) throw notThisEncoding(text, line, file);
    text = heldBack + text;
    heldBack = text.endsWith('\r') ? '\r' : '';
    if (heldBack !== '') text = text.slice(0, -1);
    text = unixLines(text);
    line += countLines(text);
    if (text !== '') yield text;
  }
  if (heldBack !== '') yield '\n';
  if (decode && decode() !== '') throw cutInCharacter(line, file);
}

/** Decodes a chunk; without one, gives what is left of a character whose last bytes never came. */
type Decode = (chunk?: Buffer) => string;

const unixLines = (text: string): string =>
  text.includes('\r') ? text.replaceAll('\r\n', '\n').replaceAll('\r', '\n') : text;

export function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

function decoderFor(head: Buffer, encoding: Encoding, file: string): Decode {
  if (head[0] === 0xff && head[1] === 0xfe) return utf16();
  if (head[0] === 0xfe && head[1] === 0xff) return swapped();
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return utf8();
  if (encoding === 'utf-16le') return utf16();
  if (head.subarray(0, 1000).includes(0)) {
    const hint = 'If a program wrote it as “Unicode”, set `encoding: utf-16le` on the feed.';
    throw fileError(
      'FILE_ENCODING',
      `${file} holds zero bytes: it is not ${encoding} text`,
      { file, line: 1 },
      hint,
    );
  }
  return encoding === 'utf-8' ? utf8() : singleByte;
}

const withDecoder = (encoding: BufferEncoding): Decode => {
  const decoder = new StringDecoder(encoding);
  return (chunk) => (chunk ? decoder.write(chunk) : decoder.end());
};
const utf8 = (): Decode => withDecoder('utf8');
const utf16 = (): Decode => withDecoder('utf16le');

/** UTF-16, high byte first. */
function swapped(): Decode {
  const decode = utf16();
  let odd: Buffer = Buffer.alloc(0);
  return (chunk) => {
    if (!chunk) return odd.length > 0 ? '\ufffd' : decode();
    const all = Buffer.concat([odd, chunk]);
    const even = all.length - (all.length % 2);
    odd = all.subarray(even);
    return decode(Buffer.from(all.subarray(0, even)).swap16());
  };
}

// TextDecoder is not used for Windows-1252: some releases of Node decode it as Latin-1 (nodejs/node#56542).
const singleByte: Decode = (chunk = Buffer.alloc(0)) =>
  chunk
    .toString('latin1')
    .replace(CONTROLS, (character) => WINDOWS_1252[character.charCodeAt(0) - 0x80] as string);

function notThisEncoding(text: string, line: number, file: string) {
  const at = text.indexOf('\ufffd');
  const before = text.slice(0, at);
  const sample = sampleOf(text.slice(text.lastIndexOf('\n', at) + 1).split('\n', 1)[0] ?? '');
  const where = { file, line: line + countLines(unixLines(before)), sample };
  const hint = 'Set `encoding: windows-1252` on the feed: SAP and older programs of Windows write it.';
  return fileError('FILE_ENCODING', `${file}:${where.line} is not UTF-8 text: \`${sample}\``, where, hint);
}

const cutInCharacter = (line: number, file: string) =>
  fileError(
    'FILE_CUT',
    `${file} is cut: it ends in the middle of a character`,
    { file, line },
    'Transfer the file again.',
  );
