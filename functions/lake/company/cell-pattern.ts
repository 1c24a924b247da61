import { RE2JS } from 're2js';

/**
 * Regular expressions of a company's own, tried on whatever stands in a cell. They are RE2's: the work grows with the
 * cell's length and no faster, whatever the expression (`^(a+)+$` on a long text would end no morning otherwise).
 */
export function cellPattern(pattern: string): (text: string) => boolean {
  // The same in both, without anything to go back to: the quicker one.
  if (PLAIN.test(pattern)) {
    const plain = new RegExp(pattern, 'u');
    return (text) => plain.test(text);
  }
  const compiled = RE2JS.compile(withoutUnicodeEscapes(pattern));
  return (text) => compiled.test(text);
}

/** What of a text a pattern takes: the first group's, else the whole text; undefined where it does not match. */
export function takenBy(pattern: string): (text: string) => string | undefined {
  const compiled = RE2JS.compile(withoutUnicodeEscapes(pattern));
  return (text) => {
    const matcher = compiled.matcher(text);
    if (!matcher.find()) return undefined;
    return matcher.groupCount() > 0 ? (matcher.group(1) ?? undefined) : text;
  };
}

const PLAIN = /^\^?[\w :;,#@|-]+\$?$/;

/** RE2 writes `\u00e9` as `\x{00e9}`. */
const withoutUnicodeEscapes = (pattern: string): string =>
  pattern.replaceAll(/\\(?:u([\da-fA-F]{4})|[\s\S])/g, (written, hex: string | undefined) =>
    hex === undefined ? written : `\\x{${hex}}`,
  );

/** Why a text is no such expression; undefined where it is one. */
export function patternProblem(pattern: string): string | undefined {
  try {
    new RegExp(pattern);
    cellPattern(pattern);
    return undefined;
  } catch (error) {
    if (/\(\?<?[=!]|\\[1-9]|\\k</.test(pattern))
      return 'it looks ahead, behind or back, which may take for ever on a long cell; use `not: true`, or several conditions';
    return error instanceof Error ? error.message : String(error);
  }
}
