import { SoqlError } from './errors.ts';

const TOKEN =
  /\s*('(?:[^'\\]|\\.)*'|\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d))?|-?\d+(?:\.\d+)?|[A-Za-z_][\w.]*|<=|>=|!=|<>|[=<>(),])/y;

/** The words of a query. Throws `MALFORMED_QUERY` where one is none. */
export function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const whole = text.trimEnd();
  while (TOKEN.lastIndex < whole.length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(whole)?.[1];
    if (found === undefined) throw unexpected(whole.slice(at).trim().slice(0, 20));
    tokens.push(found);
  }
  return tokens;
}

export const unexpected = (token: string): SoqlError =>
  new SoqlError('MALFORMED_QUERY', `unexpected token: '${token === '' ? '<EOF>' : token}'`);
