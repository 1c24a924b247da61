/** Finds one secret in texts, in one of the ways that it may be written there. */
export interface SecretForm {
  /** Letters and digits that no encoding changes: where they are missing, nothing needs to be looked for. */
  readonly probe: string;
  /** The text with each occurrence replaced. */
  replaceIn(text: string, word: string): string;
}

/**
 * A secret as it may stand in a text: as it is, JSON-escaped, percent-encoded in either case (once or more), HTML-escaped,
 * in hexadecimal, and in Base64 of either alphabet, even within a longer encoded text (`AUTH PLAIN`, `Basic`).
 */
export function secretForms(secret: string): SecretForm[] {
  const bytes = Buffer.from(secret, 'utf8');
  const hex = bytes.toString('hex');
  const plain = [secret, hex, hex.toUpperCase()].map((text) => formOf(text, false));
  return [...plain, ...base64Cores(bytes).map((text) => formOf(text, true))];
}

function formOf(text: string, widen: boolean): SecretForm {
  const pattern = new RegExp([...text].map(inAnyEncoding).join(''), 'g');
  // No encoding is shorter.
  const shortest = [...text].length;
  return {
    probe: longest(text.match(/[A-Za-z0-9]+/g) ?? []),
    replaceIn: (given, word) => (given.length < shortest ? given : replaceAll(given, pattern, word, widen)),
  };
}

const longest = (runs: readonly string[]): string => runs.reduce((a, b) => (b.length > a.length ? b : a), '');

/** What surrounds a secret in Base64 is encoded together with it: a user's name, say. All of it goes, in URLs too. */
const BASE64 = /[A-Za-z0-9+/_=%-]/;

function replaceAll(text: string, pattern: RegExp, word: string, widen: boolean): string {
  const parts: string[] = [];
  let done = 0;
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    let start = found.index;
    let end = start + found[0].length;
    while (widen && start > done && BASE64.test(text[start - 1] as string)) start -= 1;
    while (widen && end < text.length && BASE64.test(text[end] as string)) end += 1;
    parts.push(text.slice(done, start), word);
    done = end;
    pattern.lastIndex = end;
  }
  return done === 0 ? text : parts.join('') + text.slice(done);
}

/**
 * The characters of Base64 that the secret alone decides, for each of the three ways it can lie in groups of three
 * bytes, whatever stands before and behind it.
 */
function base64Cores(bytes: Uint8Array): string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replaceAll('=', '');
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
}

const anyCase = (hex: string): string =>
  hex.replaceAll(/[a-f]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);

const NAMED: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
  '+': 'plus',
  '/': 'sol',
  '=': 'equals',
};

/** Other ways that JSON, forms, CSV, SQL and the second alphabet of Base64 write a character. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  '\n': ['\\\\{1,16}n', '\r\n'],
  '\r': ['\\\\{1,16}r'],
  '\t': ['\\\\{1,16}t'],
  '\\': ['\\\\{1,16}'],
  '"': ['\\\\{1,16}"', '""'],
  "'": ["\\\\{1,16}'", "''"],
  '/': ['\\\\{1,16}/', '_'],
  '+': ['-', ' '],
  ' ': ['\\+'],
};

/** A character in every encoding, as a regular expression. Letters and digits are left alone by all of them. */
function inAnyEncoding(character: string): string {
  if (/[A-Za-z0-9]/.test(character)) return character;
  const code = character.codePointAt(0) as number;
  const named = NAMED[character] === undefined ? '' : `|${NAMED[character]}`;
  const units = [...Array(character.length).keys()].map((at) => character.charCodeAt(at));
  const ways = [
    character.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&'),
    percent(Buffer.from(character, 'utf8')),
    ...(code < 256 ? [percent([code])] : []),
    `&(?:amp;){0,8}(?:#0{0,7}${code}|#[xX]0{0,7}${anyCase(code.toString(16))}${named});`,
    units.map((unit) => `\\\\{1,16}u${anyCase(unit.toString(16).padStart(4, '0'))}`).join(''),
    ...(ALSO[character] ?? []),
  ];
  return `(?:${ways.join('|')})`;
}

/** Encoded again, the percent sign itself becomes `%25`. */
const percent = (bytes: Iterable<number>): string =>
  Array.from(bytes, (byte) => `%(?:25){0,8}${anyCase(byte.toString(16).padStart(2, '0'))}`).join('');
