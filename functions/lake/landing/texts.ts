/** So many characters are put together before they are turned into bytes. */
const PIECE = 1 << 20;

/** Texts as UTF-8, one after the other without anything between, and how long each is. */
export interface Concatenated {
  readonly bytes: Uint8Array;
  readonly lengths: Int32Array;
}

/** The texts of a column's cells. Many are encoded at once: one by one costs ten times as much. */
export function concatenated(words: readonly string[], cells: Int32Array): Concatenated {
  const lengths = new Int32Array(cells.length);
  const pieces: Buffer[] = [];
  let piece = '';
  let first = 0;
  const oneByOne = (from: number, end: number): Buffer[] =>
    Array.from(cells.subarray(from, end), (place, index) => {
      // Two halves of a character that lies in two texts must not become one.
      const own = Buffer.from(words[place] as string);
      lengths[from + index] = own.length;
      return own;
    });
  const encode = (end: number): void => {
    const bytes = Buffer.from(piece);
    // Plain ASCII, as keys mostly are, has as many bytes as characters: the lengths stand.
    pieces.push(...(bytes.length === piece.length ? [bytes] : oneByOne(first, end)));
    piece = '';
    first = end;
  };
  for (let at = 0; at < cells.length; at += 1) {
    const word = words[cells[at] as number] as string;
    lengths[at] = word.length;
    piece += word;
    if (piece.length >= PIECE) encode(at + 1);
  }
  encode(cells.length);
  return { bytes: Buffer.concat(pieces), lengths };
}

/** Each text after its length in four bytes, as Parquet's dictionaries have them. */
export function lengthPrefixed(words: readonly string[]): Uint8Array {
  const { bytes, lengths } = concatenated(words, Int32Array.from(words.keys()));
  const out = Buffer.allocUnsafe(bytes.length + 4 * words.length);
  let from = 0;
  let to = 0;
  for (const length of lengths) {
    to = out.writeUInt32LE(length, to);
    out.set(bytes.subarray(from, from + length), to);
    from += length;
    to += length;
  }
  return out;
}
