/** Every way an `@` is written: as it is, full width, in URLs (even twice encoded), in HTML, escaped in JSON. */
const SIGN = /[@＠]|%(?:25)?40|&(?:#0{0,4}64|#[xX]0{0,4}40|commat);|\\{1,8}u0040/g;

const LOCAL = /[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]/u;
/** In URLs these end a name or begin a value; they are encoded where they belong to an address. */
const URL_EDGE = /[/=?&#]/;
const ENCODED_EDGE = /^%(?:2[36F]|3[DF])$/i;
const DOMAIN = /[\p{L}\p{N}.-]/u;
const TOP_LEVEL = /\.(?:\p{L}{2,}|xn--[a-z0-9-]+)$/iu;
/** The last label of a host without a top level (`acme`, `mail01`), or an IP address. */
const HOST = /(?:^|\.)(?=[\p{N}-]*\p{L})[\p{L}\p{N}-]{2,}$|^\d{1,3}(?:\.\d{1,3}){3}$/u;
/** `to_Item@odata.count`, `Name@Org.OData.Core.V1.x`: annotations of OData, which look alike. */
const ANNOTATION = /^(?:odata|org\.odata|common|core|com\.sap|sap)\./i;
const MOST_LOCAL = 64;
const MOST_DOMAIN = 255;

/**
 * Which addresses are meant. `certain`: with a top-level domain, for texts that go on being data. `likely`: also
 * `jane@acme`, `jane@10.0.0.1` and `"jane doe"@acme.example`, for texts that people read.
 */
export type AddressKind = 'certain' | 'likely';

/**
 * Replaces each e-mail address in a text, wherever it stands, with what `replace` makes of it. Looks from each `@`
 * outwards, a bounded way: the work grows with the text's length and no faster.
 */
export function replaceAddresses(
  text: string,
  kind: AddressKind,
  replace: (address: string) => string,
): string {
  const parts: string[] = [];
  let done = 0;
  SIGN.lastIndex = 0;
  for (let sign = SIGN.exec(text); sign; sign = SIGN.exec(text)) {
    const after = sign.index + sign[0].length;
    const start = beginOf(text, sign.index, done, sign[0], kind);
    const end = endOf(text, after, kind);
    const domain = text.slice(after, end);
    if (start === sign.index || !isDomainOf(kind, domain) || ANNOTATION.test(domain)) continue;
    parts.push(
      text.slice(done, start),
      replace(`${plain(text.slice(start, sign.index), sign[0])}@${domain}`),
    );
    done = end;
    SIGN.lastIndex = end;
  }
  return done === 0 ? text : parts.join('') + text.slice(done);
}

/** Where the local part begins; the place of the sign itself where there is none. */
function beginOf(text: string, at: number, done: number, sign: string, kind: AddressKind): number {
  const inUrl = sign.startsWith('%');
  let start = at;
  while (start > done && at - start < MOST_LOCAL && isLocal(text, start - 1)) {
    if (
      inUrl &&
      (URL_EDGE.test(text[start - 1] as string) || ENCODED_EDGE.test(text.slice(start - 3, start)))
    )
      break;
    start -= 1;
  }
  if (start < at || kind === 'certain' || text[at - 1] !== '"') return start;
  const before = Math.max(done, at - MOST_LOCAL);
  const quote = text.slice(before, at - 1).lastIndexOf('"');
  return quote >= 0 && before + quote < at - 2 ? before + quote : at;
}

function isLocal(text: string, at: number): boolean {
  if (!LOCAL.test(text[at] as string)) return false;
  // `\n`, `\u003c` in JSON: the letters belong to the escape.
  if (text[at - 1] === '\\') return !/[bfnrtu]/.test(text[at] as string);
  const near = text.slice(Math.max(0, at - 5), at + 5);
  const begin = near.lastIndexOf('\\u', Math.min(5, at));
  return begin < 0 || !/^[\da-f]{4}$/i.test(near.slice(begin + 2, begin + 6));
}

function endOf(text: string, after: number, kind: AddressKind): number {
  if (kind === 'likely' && text[after] === '[') {
    const close = text.slice(after, after + MOST_LOCAL).indexOf(']');
    return close < 0 ? after : after + close + 1;
  }
  let end = after;
  while (end < text.length && end - after < MOST_DOMAIN && DOMAIN.test(text[end] as string)) end += 1;
  while (end > after && (text[end - 1] === '.' || text[end - 1] === '-')) end -= 1;
  return end;
}

const isDomainOf = (kind: AddressKind, domain: string): boolean =>
  TOP_LEVEL.test(domain) || (kind === 'likely' && (domain.startsWith('[') || HOST.test(domain)));

/** The local part as it is meant: URLs encode some of its signs. */
function plain(local: string, sign: string): string {
  if (!sign.startsWith('%') || !local.includes('%')) return local;
  try {
    return decodeURIComponent(local);
  } catch {
    // Not encoded after all: as it stands.
    return local;
  }
}
