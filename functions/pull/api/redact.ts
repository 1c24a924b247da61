import { hashEmail } from './values.ts';

/** Keeps secrets out of everything people read or that is stored. */
export interface Redactor {
  /** From now on this text is blotted out. Texts too short to be a secret are not: they stand anywhere. */
  learn(secret: string): void;
  /** The text without any secret known, and without e-mail addresses. */
  clean(text: string): string;
}

const SHORTEST_SECRET = 6;

export function redactor(): Redactor {
  const secrets = new Set<string>();
  return {
    learn(secret) {
      if (secret.length < SHORTEST_SECRET) return;
      // As it stands in JSON and in an address, too.
      for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
        secrets.add(form);
    },
    clean(text) {
      let clean = text;
      for (const secret of secrets) if (clean.includes(secret)) clean = clean.replaceAll(secret, '(secret)');
      return clean.includes('@') ? replaceAddresses(clean, () => '(e-mail address)') : clean;
    },
  };
}

/** Each e-mail address in a text, wherever it stands, replaced by its hash: see `hashEmail`. */
export function hashAddresses(text: string): string {
  // JSON may write the sign as an escape.
  const plain = text.includes('\\u0040') ? text.replaceAll('\\u0040', '@') : text;
  return plain.includes('@') ? replaceAddresses(plain, hashEmail) : plain;
}

const LOCAL = /[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]/u;
const DOMAIN = /[\p{L}\p{N}.-]/u;
const TOP_LEVEL = /\.(?:\p{L}{2,}|xn--[a-z0-9-]+)$/iu;
/** `to_Item@odata.count`, `Name@Org.OData.Core.V1.x`: annotations of OData, which look alike. */
const ANNOTATION = /^(?:odata|org\.odata|common|core|com\.sap|sap)\./i;
const MOST_LOCAL = 64;

/** Finds addresses from each `@` outwards: there are few, and pages are long. */
function replaceAddresses(text: string, replace: (address: string) => string): string {
  const parts: string[] = [];
  let done = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (start > done && at - start < MOST_LOCAL && isLocal(text, start - 1)) start -= 1;
    let end = at + 1;
    while (end < text.length && isDomain(text, end)) end += 1;
    while (end > at + 1 && (text[end - 1] === '.' || text[end - 1] === '-')) end -= 1;
    const domain = text.slice(at + 1, end);
    if (start === at || !TOP_LEVEL.test(domain) || ANNOTATION.test(domain)) continue;
    parts.push(text.slice(done, start), replace(text.slice(start, end)));
    done = end;
  }
  return done === 0 ? text : parts.join('') + text.slice(done);
}

const isLocal = (text: string, at: number): boolean => {
  // `\n` in JSON: the letter belongs to the escape.
  if (text[at - 1] === '\\' && /[bfnrt]/.test(text[at] as string)) return false;
  return LOCAL.test(text[at] as string);
};
const isDomain = (text: string, at: number): boolean => DOMAIN.test(text[at] as string);
