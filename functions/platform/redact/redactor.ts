import { isUtf8 } from 'node:buffer';
import { VigieError } from '../errors.ts';
import { replaceAddresses } from './addresses.ts';
import { Probes } from './probes.ts';
import { type SecretForm, secretForms } from './secret-pattern.ts';

/**
 * Keeps secrets and e-mail addresses out of everything that people read or that is stored beside the data: the words
 * of vendors and servers, refused rows, logs, records, the terminal. One for a process, used at every such door, on
 * values before they are serialised.
 */
export interface Redactor {
  /** From now on this text is blotted out, however it is encoded. Texts too short to be a secret are not: they stand anywhere. */
  learn(secret: string): void;
  /** A reader's address: blotted out also where it is encoded beyond recognition. */
  learnAddress(address: string): void;
  /** The text without any secret known, and without e-mail addresses. */
  text(text: string): string;
  /** The same of every text in a value, names of members too. */
  value<Value>(value: Value): Value;
  /** A value without any secret known; for what goes on being data, whose addresses are hashed elsewhere. */
  withoutSecrets<Value>(value: Value): Value;
  /** The same error with words that may be shown. What is no `VigieError` keeps its kind and stack. */
  error(error: unknown): unknown;
}

const SHORTEST_SECRET = 6;
const SECRET = '(secret)';
const ADDRESS = '(e-mail address)';

/** What may be a text in Base64, of either alphabet. */
const BASE64_TEXT = /[A-Za-z0-9+/_-]{12,}={0,2}/g;

/** The text that a run of characters encodes; undefined where it encodes none, as names and hashes do not. */
function decodedText(run: string): string | undefined {
  const bytes = Buffer.from(run, 'base64');
  // Asked before it is decoded: a decoder that throws takes longer than all the rest, and nearly every run is a name.
  if (!isUtf8(bytes)) return undefined;
  const text = bytes.toString('utf8');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: bytes that stand in no text.
  return /[\u0001-\u0008\u000e-\u001f\u007f-\u009f]/.test(text) ? undefined : text;
}

export function openRedactor(): Redactor {
  const known = new Set<string>();
  /** The longest first: of a secret that begins as another does, no end may be left. */
  const words: { readonly forms: readonly SecretForm[]; readonly word: string; readonly length: number }[] =
    [];
  let probes: Probes | undefined;
  const learn = (secret: string, word: string): void => {
    if (secret.length < SHORTEST_SECRET || known.has(secret)) return;
    known.add(secret);
    words.push({ forms: secretForms(secret), word, length: secret.length });
    words.sort((a, b) => b.length - a.length);
    probes = undefined;
  };
  const blot = (text: string, all = true): string => {
    probes ??= new Probes(words.flatMap(({ forms }) => forms.map(({ probe }) => probe)));
    let there = probes.in(text);
    if (there.size === 0) return text;
    let clean = text;
    for (const { forms, word } of words)
      for (const form of all || word === SECRET ? forms : []) {
        if (!there.has(form.probe)) continue;
        const before = clean;
        clean = form.replaceIn(before, word);
        if (clean !== before) there = probes.in(clean);
      }
    return clean;
  };
  const plainly = (given: string): string => replaceAddresses(given, 'likely', () => ADDRESS);
  const text = (given: string): string =>
    plainly(blot(given)).replace(BASE64_TEXT, (run) => {
      const decoded = decodedText(run);
      return decoded !== undefined && plainly(decoded) !== decoded ? ADDRESS : run;
    });
  return {
    learn(secret) {
      // A key has many lines; each of them tells too much.
      for (const line of secret.split(/\r?\n|\\n/)) if (!/^-{3,}/.test(line)) learn(line.trim(), SECRET);
      learn(secret, SECRET);
    },
    learnAddress: (address) => learn(address.trim(), ADDRESS),
    text,
    value: (value) => mapTexts(value, text) as typeof value,
    withoutSecrets: (value) => mapTexts(value, (given) => blot(given, false)) as typeof value,
    error: (error) => cleanError(error, text),
  };
}

/** Deeper than anything that anybody means; no call stack is. */
const MOST_DEPTH = 200;
const TOO_DEEP = '(nested too deeply)';

/** A value with each text in it changed. A number is a text here too: an account's id may be a secret. */
function mapTexts(value: unknown, change: (text: string) => string, depth = 0): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value === 'number' || typeof value === 'bigint') {
    const text = String(value);
    const changed = change(text);
    return changed === text ? value : changed;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MOST_DEPTH) return TOO_DEEP;
  if (Array.isArray(value)) return value.map((each) => mapTexts(each, change, depth + 1));
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [change(name), mapTexts(each, change, depth + 1)]),
  );
}

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

function cleanError(error: unknown, clean: (text: string) => string): unknown {
  if (!(error instanceof VigieError)) return cleanForeign(error, clean);
  const { code, retryable, hint, where, cause } = error;
  const copy = new VigieError(clean(error.message), {
    code,
    retryable,
    ...(hint === undefined ? {} : { hint: clean(hint) }),
    ...(where === undefined ? {} : { where: mapTexts(where, clean) as typeof where }),
    ...(cause === undefined ? {} : { cause: cleanForeign(cause, clean) }),
  });
  return copy;
}

/** What others throw is cleaned where it is: its class may matter to who catches it. */
function cleanForeign(error: unknown, clean: (text: string) => string): unknown {
  if (error instanceof VigieError) return cleanError(error, clean);
  if (!(error instanceof Error)) return typeof error === 'string' ? clean(error) : error;
  for (const name of ['message', 'stack'] as const) {
    const words = error[name];
    if (words === undefined || clean(words) === words) continue;
    Object.defineProperty(error, name, { value: clean(words), writable: true, configurable: true });
  }
  return error;
}
