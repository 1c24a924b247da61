import { createHmac, timingSafeEqual } from 'node:crypto';
import { VigieError } from '../../platform/errors.ts';
import type { Unit } from '../values/vocabulary.ts';

/** Name of the secret that links are signed with. */
export const LINK_SECRET = 'alert-links';
/** How long a link holds, in days after the day that its letter tells of. */
export const LINK_DAYS = 30;

/** What a link says: which alert, what to do, who is taken to do it, and what its page shows without asking anywhere else. */
export interface AlertLink {
  readonly kind: 'acknowledge' | 'snooze';
  readonly rule: string;
  readonly member: string | null;
  /** The day on which the alert opened: one that opens again is another. */
  readonly firedOn: string;
  /** As its letter calls the alert, in the reader's language. */
  readonly name: string;
  readonly unit: Unit;
  /** ISO 4217. */
  readonly currency: string;
  /** Tag of the reader's language. */
  readonly language: string;
  /** Who is written down for what is done. */
  readonly by: string;
  /** Last day on which it holds (UTC). */
  readonly until: string;
}

/** Fewer bits than a signature by SHA-256 has would be the weakest part of it (RFC 2104, 3). */
const LEAST_KEY = 32;
/** Longer ones Vigie does not make. */
const MOST_TEXT = 2000;
/** Stands in what is signed: another format, or anything else signed by the same key, is no link. */
const FORMAT = 'vigie-alert-link-1';

/** A link as text for an address: what it says and its signature (HMAC-SHA-256), both base64url. Throws `LINK_KEY_SHORT`. */
export function signLink(link: AlertLink, key: string): string {
  const { kind, rule, member, firedOn, name, unit, currency, language, by, until } = link;
  const said = [kind, rule, member, firedOn, name, unit, currency, language, by, until];
  const payload = Buffer.from(JSON.stringify(said)).toString('base64url');
  return `${payload}.${signatureOf(payload, key)}`;
}

/** What a text says that `signLink` made with the same key; null for every other text, whatever of it was changed. Throws `LINK_KEY_SHORT`. */
export function readLink(text: string, key: string): AlertLink | null {
  const [payload = '', signature = '', ...rest] = text.length > MOST_TEXT ? [] : text.split('.');
  if (rest.length > 0 || !isSame(signature, signatureOf(payload, key))) return null;
  // Whoever has the key wrote it: it needs no second look.
  const [kind, rule, member, firedOn, name, unit, currency, language, by, until] = JSON.parse(
    Buffer.from(payload, 'base64url').toString('utf8'),
  );
  return { kind, rule, member, firedOn, name, unit, currency, language, by, until };
}

/** A key that nobody guesses, without the line break that it was stored with. Throws `LINK_KEY_SHORT`. */
export function checkedKey(key: string): string {
  const bytes = key.trim();
  if (bytes.length < LEAST_KEY)
    throw new VigieError(
      `the secret ${LINK_SECRET} has ${bytes.length} characters, and needs ${LEAST_KEY} or more`,
      {
        code: 'LINK_KEY_SHORT',
        where: { field: LINK_SECRET },
        hint: 'Store 32 random bytes in it: openssl rand -base64 32 prints such a text.',
      },
    );
  return bytes;
}

const signatureOf = (payload: string, key: string): string =>
  createHmac('sha256', checkedKey(key)).update(`${FORMAT}.${payload}`).digest('base64url');

/** Texts, not what they decode to: base64url has several spellings of the same bytes. In constant time. */
function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}
