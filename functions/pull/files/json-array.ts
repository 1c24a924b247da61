import { sampleOf } from '../sample.ts';
import { fileError } from './file-errors.ts';
import type { RecordText } from './json-records.ts';
import { countLines } from './text.ts';

/** A record may be this long (characters). */
const LONGEST_RECORD = 16_000_000;

/** Objects around the array of records, at most. */
const MOST_DEPTH = 32;
/** Arrays that a message names, at most. */
const MOST_TOLD = 20;

const [LINE_BREAK, SPACE, QUOTE, COMMA, BACKSLASH] = [10, 32, 34, 44, 92];
const [OPENING_BRACKET, CLOSING_BRACKET, OPENING_BRACE, CLOSING_BRACE] = [91, 93, 123, 125];

export interface JsonArrayOptions {
  readonly file: string;
  /** Dotted path to the array; undefined: the document is the array. */
  readonly records: string | undefined;
}

/**
 * Cuts a JSON document into the texts of the records of one of its arrays, in constant memory. Only brackets, strings
 * and commas are looked at; JSON.parse, which is far quicker than any streaming parser, then judges each record.
 */
export async function* splitArray(
  text: AsyncIterable<string>,
  options: JsonArrayOptions,
): AsyncIterable<RecordText[]> {
  const scanner = new ArrayScanner(options);
  for await (const piece of text) yield scanner.scan(piece);
  scanner.end();
}

interface Container {
  readonly array: boolean;
  /** In an object: the name of the member being read. */
  key: string;
}

class ArrayScanner {
  private readonly file: string;
  private readonly path: string;
  private readonly stack: Container[] = [];
  /** Depth of the wanted array once it is open. */
  private wanted = 0;
  private found = false;
  /** Whether the document that is being read has shown its array; a file may hold several, one after the other. */
  private foundHere = false;
  /** Text from the beginning of the record, or of the string, that is being read. */
  private pending = '';
  private line = 1;
  private recordLine = 1;
  private inRecord = false;
  private string: { escaped: boolean; isKey: boolean } | undefined;
  private keyExpected = false;
  private readonly arrays = new Set<string>();
  private readonly names = new Set<string>();
  private count = 0;
  private openArrays = 0;

  constructor({ file, records }: JsonArrayOptions) {
    this.file = file;
    this.path = records ?? '';
  }

  scan(piece: string): RecordText[] {
    const out: RecordText[] = [];
    const text = this.pending + piece;
    let from = this.inRecord || this.string ? 0 : text.length;
    for (let at = this.pending.length; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === LINE_BREAK) this.line += 1;
      if (this.string) {
        at = this.inString(text, at, from);
        if (!this.string && !this.inRecord) from = text.length;
      } else if (code > SPACE) {
        if (this.atEdge(code, out, text, from, at)) from = this.inRecord ? at : text.length;
        if (code === QUOTE && !this.inRecord) from = at;
        if (code === QUOTE) this.string = { escaped: false, isKey: this.keyExpected && !this.inRecord };
        else this.structure(code, text, at);
      }
    }
    this.pending = text.slice(from);
    if (this.pending.length <= LONGEST_RECORD) return out;
    throw this.unfit(`has a record of more than ${LONGEST_RECORD} characters`, this.pending);
  }

  /** Notices the first character of a record, and the one after its last; true where the one or the other was found. */
  private atEdge(code: number, out: RecordText[], text: string, from: number, at: number): boolean {
    if (this.wanted === 0 || this.stack.length !== this.wanted) return false;
    const isEnd = code === COMMA || code === CLOSING_BRACKET;
    if (isEnd !== this.inRecord) return false;
    if (isEnd) {
      out.push({ text: text.slice(from, at), line: this.recordLine });
      this.count += 1;
    } else this.recordLine = this.line;
    this.inRecord = !isEnd;
    return true;
  }

  /** Goes on inside a string; gives the place of its last character looked at. */
  private inString(text: string, start: number, from: number): number {
    const string = this.string as { escaped: boolean; isKey: boolean };
    let at = start;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (string.escaped) string.escaped = false;
      else if (code === BACKSLASH) string.escaped = true;
      else if (code === QUOTE) break;
    }
    if (at >= text.length) return at;
    this.string = undefined;
    const top = this.stack.at(-1);
    if (string.isKey && top) {
      top.key = JSON.parse(text.slice(from, at + 1)) as string;
      this.keyExpected = false;
      if (this.stack.length === 1 && this.names.size < MOST_TOLD) this.names.add(top.key);
    }
    return at;
  }

  private structure(code: number, text: string, at: number): void {
    if (code === OPENING_BRACE || code === OPENING_BRACKET) this.opens(code === OPENING_BRACKET);
    else if (code === CLOSING_BRACE || code === CLOSING_BRACKET)
      this.closes(code === CLOSING_BRACKET, text, at);
    else if (code === COMMA) this.keyExpected = this.stack.at(-1)?.array === false;
  }

  private opens(array: boolean): void {
    if (array && !this.foundHere && this.openArrays === 0 && this.stack.length <= MOST_DEPTH) {
      const path = this.stack.map(({ key }) => key).join('.');
      if (path === this.path) {
        this.found = true;
        this.foundHere = true;
        this.wanted = this.stack.length + 1;
      } else if (this.arrays.size < MOST_TOLD) this.arrays.add(path);
    }
    if (array) this.openArrays += 1;
    this.stack.push({ array, key: '' });
    this.keyExpected = !array;
  }

  private closes(array: boolean, text: string, at: number): void {
    if (this.stack.at(-1)?.array !== array)
      throw this.unfit('has brackets that do not match', text.slice(Math.max(0, at - 80), at + 20));
    if (array) this.openArrays -= 1;
    if (this.stack.length === this.wanted) this.wanted = 0;
    this.stack.pop();
    if (this.stack.length === 0) this.foundHere = false;
    this.keyExpected = false;
  }

  end(): void {
    if (this.stack.length > 0 || this.string) {
      const message = `${this.file}:${this.line} is cut: the JSON ends inside record ${this.count + 1}`;
      const sample = sampleOf(this.pending);
      const hint =
        'Transfer the file again; its sender should write to a temporary name and rename it when done.';
      throw fileError('FILE_CUT', message, { file: this.file, line: this.line, sample }, hint);
    }
    if (this.found) return;
    const wanted = this.path === '' ? 'is not an array of records' : `has no array at \`${this.path}\``;
    const arrays = [...this.arrays].map((path) => `\`records: ${path}\``).join(' or ');
    const hint =
      arrays === ''
        ? `Its members are: ${[...this.names].join(', ') || '(none)'}.`
        : `Set ${arrays} on the feed.`;
    throw fileError('FILE_RECORDS', `${this.file} ${wanted}`, { file: this.file, line: 1 }, hint);
  }

  private unfit(what: string, text: string) {
    const sample = sampleOf(text);
    const where = { file: this.file, line: this.line - countLines(text), sample };
    return fileError(
      'FILE_FORMAT',
      `${this.file}:${where.line} ${what}: \`${sample}\``,
      where,
      'Have the export written as valid JSON.',
    );
  }
}
