import { isTransientStatus } from '../diagnosis.ts';
import { own } from '../own.ts';
import type { Diagnosis } from '../source.ts';
import type { VendorAnswer } from '../vendor.ts';

/** What a vendor says is wrong. */
export interface Said {
  /** Its own word or number for it; '' where it has none. */
  readonly code: string;
  readonly message: string;
  /** The reason as people read it. Default: `code: message`. */
  readonly reason?: string;
  /** Seconds that it asks to wait. */
  readonly retryAfter?: number | undefined;
  /** What it means, where the table of codes cannot know: by a family of codes, by words of the message. */
  readonly meaning?: Meaning | undefined;
}

/** What a code means. Without a kind the status decides; without a hint, the machinery's stands. */
export type Meaning = Partial<Pick<Diagnosis, 'kind' | 'hint' | 'retryAfter'>>;

export interface ErrorForm {
  /** Finds in a body what is wrong; undefined where it is not in the vendor's form: a proxy answers, its status decides. */
  said(body: unknown, answer: VendorAnswer): Said | undefined;
  /** By the vendor's code, else by the status (`'403'`). */
  readonly meanings?: Readonly<Record<string, Meaning>>;
  /** Errors that come with a good status. */
  hides?(answer: VendorAnswer): boolean;
}

/**
 * Makes `SourceDefinition.diagnose` of a table: the body says what is wrong, the table what that means and what to do
 * next. A code that it does not have is judged by the status, in the vendor's own words.
 */
export function diagnosing({
  said: find,
  meanings = {},
  hides,
}: ErrorForm): (answer: VendorAnswer) => Diagnosis | undefined {
  return (answer) => {
    if (answer.status < 400 && hides?.(answer) !== true) return undefined;
    const said = find(bodyOf(answer.text), answer);
    if (said === undefined) return undefined;
    const meaning = own(meanings, said.code) ?? said.meaning ?? own(meanings, String(answer.status)) ?? {};
    const retryAfter = said.retryAfter ?? meaning.retryAfter;
    return {
      kind: meaning.kind ?? kindByStatus(answer.status),
      reason: said.reason ?? (said.code === '' ? said.message : `${said.code}: ${said.message}`),
      ...(meaning.hint === undefined ? {} : { hint: meaning.hint }),
      ...(retryAfter === undefined ? {} : { retryAfter }),
    };
  };
}

/** The same meaning for several codes. */
export const alike = (codes: readonly (string | number)[], meaning: Meaning): Record<string, Meaning> =>
  Object.fromEntries(codes.map((code) => [String(code), meaning]));

const BY_STATUS: Readonly<Record<number, Diagnosis['kind']>> = {
  401: 'token-expired',
  403: 'no-permission',
  410: 'version-ended',
  413: 'too-large',
  414: 'too-large',
  426: 'version-ended',
};

const kindByStatus = (status: number): Diagnosis['kind'] =>
  BY_STATUS[status] ?? (status >= 500 || isTransientStatus(status) ? 'retry' : 'refused');

type Json = Readonly<Record<string, unknown>>;

/** An object of JSON; undefined for anything else. */
export const objectOf = (value: unknown): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;

/** The objects of a list; none for anything else. */
export const objectsOf = (value: unknown): Json[] =>
  Array.isArray(value) ? value.map(objectOf).filter((each) => each !== undefined) : [];

/** A field as text, whether it is a text or a number; '' where it is neither. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** The body, where it is JSON. What is not in the vendor's form is no error of ours: the status says all there is. */
function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
