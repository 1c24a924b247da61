import { type DuckDBDataChunk, DuckDBDecimalType, type DuckDBType, DuckDBTypeId } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';

/**
 * Columns of a chunk read out of DuckDB's memory: the library's vectors make an object of each cell, and a few bigints to look
 * whether it is null, which was most of what a long result cost.
 *
 * Values lie one after the other, little-endian; a bit a row says which are there. A text is 16 bytes: its length, then the text
 * where that is at most 12 bytes, else its first four and a pointer (https://duckdb.org/docs/stable/clients/c/vector).
 */
interface RawColumn {
  readonly words: Int32Array;
  readonly isNull: (row: number) => boolean;
}

/** `wordsEach`: words of 32 bits a value; half a one makes a word of each value. */
function rawColumn(chunk: DuckDBDataChunk, index: number, wordsEach: number): RawColumn {
  const rows = chunk.rowCount;
  const vector = duckdb.data_chunk_get_vector(chunk.chunk, index);
  const data = duckdb.vector_get_data(vector, rows * wordsEach * 4);
  const valid: Uint8Array | null = duckdb.vector_get_validity(vector, Math.ceil(rows / 64) * 8);
  const buffer = data.buffer as ArrayBuffer;
  return {
    words:
      wordsEach < 1
        ? Int32Array.from(new Int16Array(buffer, data.byteOffset, rows))
        : new Int32Array(buffer, data.byteOffset, rows * wordsEach),
    isNull: valid === null ? () => false : (row) => (((valid[row >> 3] as number) >> (row & 7)) & 1) === 0,
  };
}

/** Reads a column of texts, chunk after chunk of one result. */
export type TextReader = (chunk: DuckDBDataChunk, index: number) => (string | null)[];

const WORDS = 4;
/** A text that lies beside its length. */
const INLINE = 12;
/** Texts remembered of a column: results repeat theirs. Kept once, a text is made once, hashed once and takes memory once. */
const REMEMBERED = 1 << 12;

interface Known {
  readonly words: readonly [number, number, number, number];
  readonly text: string;
}

export function textReader(): TextReader {
  const known = new Array<Known | undefined>(REMEMBERED);
  const long = new Map<string, string>();
  return (chunk, index) => {
    const { words, isNull } = rawColumn(chunk, index, WORDS);
    const bytes = Buffer.from(words.buffer, words.byteOffset, words.byteLength);
    const cells = new Array<string | null>(chunk.rowCount);
    let before = -1;
    for (let row = 0; row < cells.length; row += 1) {
      if (isNull(row)) {
        cells[row] = null;
        continue;
      }
      // The same bytes are the same text, and a pointer the same within a chunk.
      if (before >= 0 && sameWords(words, before, row)) cells[row] = cells[before] as string;
      else if ((words[WORDS * row] as number) <= INLINE) cells[row] = inlineText(known, words, bytes, row);
      else cells[row] = remembered(long, longText(bytes, row));
      before = row;
    }
    return cells;
  };
}

function sameWords(words: Int32Array, a: number, b: number): boolean {
  const [at, other] = [WORDS * a, WORDS * b];
  return (
    words[at] === words[other] &&
    words[at + 1] === words[other + 1] &&
    words[at + 2] === words[other + 2] &&
    words[at + 3] === words[other + 3]
  );
}

/** Bytes beyond a short text are zero, so that its words say which it is. */
function inlineText(known: (Known | undefined)[], words: Int32Array, bytes: Buffer, row: number): string {
  const at = WORDS * row;
  const [length, a, b, c] = [words[at], words[at + 1], words[at + 2], words[at + 3]] as [
    number,
    number,
    number,
    number,
  ];
  const mixed = Math.imul(a ^ Math.imul(b ^ Math.imul(c ^ length, 0x85eb_ca6b), 0xc2b2_ae35), 0x9e37_79b1);
  const slot = (mixed ^ (mixed >>> 15)) & (REMEMBERED - 1);
  const found = known[slot];
  if (found?.words[0] === length && found.words[1] === a && found.words[2] === b && found.words[3] === c)
    return found.text;
  const text = bytes.toString('utf8', 4 * at + 4, 4 * at + 4 + length);
  known[slot] = { words: [length, a, b, c], text };
  return text;
}

function longText(bytes: Buffer, row: number): string {
  const at = 4 * WORDS * row;
  const data = duckdb.get_data_from_pointer(
    bytes.buffer as ArrayBuffer,
    bytes.byteOffset + at + 8,
    bytes.readUInt32LE(at),
  );
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('utf8');
}

function remembered(known: Map<string, string>, text: string): string {
  const found = known.get(text);
  if (found !== undefined) return found;
  if (known.size >= REMEMBERED) known.clear();
  known.set(text, text);
  return text;
}

/** A column of days since 1970-01-01, as they are written. */
export function dayCells(
  chunk: DuckDBDataChunk,
  index: number,
  textOf: (day: number) => string,
): (string | null)[] {
  const { words, isNull } = rawColumn(chunk, index, 1);
  const cells = new Array<string | null>(chunk.rowCount);
  for (let row = 0; row < cells.length; row += 1)
    cells[row] = isNull(row) ? null : textOf(words[row] as number);
  return cells;
}

/** How many words of 32 bits a whole number of each type takes. */
const WIDTHS: Partial<Record<DuckDBTypeId, number>> = {
  [DuckDBTypeId.INTEGER]: 1,
  [DuckDBTypeId.BIGINT]: 2,
  [DuckDBTypeId.HUGEINT]: 4,
};

/** And a decimal of so many digits. */
const decimalWidth = (digits: number): number => (digits > 18 ? 4 : digits > 9 ? 2 : digits > 4 ? 1 : 0.5);

const SHIFT = 2 ** 32;
/** A high word of a number that is exact in JavaScript. */
const EXACT_HIGH = 2 ** 20;

/** A column of whole numbers or decimals as whole numbers times 10^decimals; undefined where that would not be exact. */
export function scaledCells(
  chunk: DuckDBDataChunk,
  index: number,
  type: DuckDBType,
  decimals: number,
): (bigint | null)[] | undefined {
  const [width, scale] =
    type instanceof DuckDBDecimalType ? [decimalWidth(type.width), type.scale] : [WIDTHS[type.typeId], 0];
  if (width === undefined || scale > decimals) return undefined;
  const { words, isNull } = rawColumn(chunk, index, width);
  const each = Math.max(1, width);
  const factor = 10 ** (decimals - scale);
  const exactFactor = BigInt(factor);
  const cells = new Array<bigint | null>(chunk.rowCount);
  for (let row = 0; row < cells.length; row += 1) {
    if (isNull(row)) {
      cells[row] = null;
      continue;
    }
    const product = exactNumber(words, row * each, each) * factor;
    cells[row] = Number.isSafeInteger(product)
      ? BigInt(product)
      : wholeNumber(words, row * each, each) * exactFactor;
  }
  return cells;
}

/** As JavaScript's own number; NaN where that might not be exact. */
function exactNumber(words: Int32Array, at: number, width: number): number {
  const low = words[at] as number;
  if (width === 1) return low;
  const high = words[at + 1] as number;
  const sign = high >> 31;
  if (width === 4 && (words[at + 2] !== sign || words[at + 3] !== sign)) return Number.NaN;
  return high < EXACT_HIGH && high >= -EXACT_HIGH ? high * SHIFT + (low >>> 0) : Number.NaN;
}

function wholeNumber(words: Int32Array, at: number, width: number): bigint {
  let number = BigInt(words[at + width - 1] as number);
  for (let next = width - 2; next >= 0; next -= 1)
    number = (number << 32n) + BigInt((words[at + next] as number) >>> 0);
  return number;
}
