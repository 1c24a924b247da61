/** Characters of a word by which it is looked for first; and how many of them make a block. */
const WINDOW = 6;
const BLOCK = 3;
/** Blocks are told apart by so many bits. */
const MASK = 0xffff;

const NONE: ReadonlySet<string> = new Set();

/**
 * Finds which of many words occur in a text, in one pass over it that skips most of its characters (Wu and Manber, “A
 * fast algorithm for multi-pattern searching”, 1994): whatever ends in a block of characters that stands in no word cannot
 * be one. A page of a vendor is looked through for some hundred forms of secrets of which none is there.
 */
export class Probes {
  /** How far the window may go on behind a block; 0 where a word may end with it. */
  readonly #shifts = new Uint8Array(MASK + 1).fill(WINDOW - BLOCK + 1);
  readonly #ending = new Map<number, string[]>();
  /** Words that are shorter than the window. */
  readonly #short: string[] = [];

  constructor(words: Iterable<string>) {
    for (const word of new Set(words)) this.#add(word);
  }

  #add(word: string): void {
    if (word.length < WINDOW) {
      this.#short.push(word);
      return;
    }
    for (let at = 0; at <= WINDOW - BLOCK; at += 1) {
      const block = blockAt(word, at);
      this.#shifts[block] = Math.min(this.#shifts[block] as number, WINDOW - BLOCK - at);
    }
    const last = blockAt(word, WINDOW - BLOCK);
    this.#ending.set(last, [...(this.#ending.get(last) ?? []), word]);
  }

  /** The words that occur in the text; the empty one does in every text. */
  in(text: string): ReadonlySet<string> {
    const found = this.#short.filter((word) => text.includes(word));
    const last = text.length - BLOCK;
    let at = WINDOW - BLOCK;
    while (at <= last) {
      const block = blockAt(text, at);
      const shift = this.#shifts[block] as number;
      if (shift === 0)
        for (const word of this.#ending.get(block) ?? [])
          if (text.startsWith(word, at - WINDOW + BLOCK)) found.push(word);
      at += shift === 0 ? 1 : shift;
    }
    return found.length === 0 ? NONE : new Set(found);
  }
}

const blockAt = (text: string, at: number): number =>
  (text.charCodeAt(at) * 1571 + text.charCodeAt(at + 1) * 67 + text.charCodeAt(at + 2)) & MASK;
