import { hash } from 'node:crypto';

/** Hexadecimal digits of a whole SHA-256. */
const DIGITS = 64;
const WHOLE = /^[0-9a-f]{64}$/i;

/** SHA-256 of bytes, or of a text as UTF-8, in hexadecimal; the first `digits` of it where a name needs no more. */
export const sha256 = (content: string | Uint8Array, digits = DIGITS): string =>
  hash('sha256', content, 'hex').slice(0, digits);

/** Whether a text is what `sha256` gives: a personal value that was hashed already. */
export const isSha256 = (text: string): boolean => WHOLE.test(text);

/** How a page names the one script that it allows to run (Content-Security-Policy). */
export const integrityOf = (script: string): string => `sha256-${hash('sha256', script, 'base64')}`;
