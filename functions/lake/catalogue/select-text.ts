/** A column that a SELECT returns. */
export interface SelectColumn {
  /** Undefined where the SELECT gives it none: an expression without AS, or `*`. */
  readonly name: string | undefined;
  readonly text: string;
  /** Lines after the SELECT's first. */
  readonly line: number;
}

/** A relation named after FROM or JOIN. */
export interface NamedRelation {
  readonly name: string;
  readonly line: number;
}

/** Words that end the list of what a SELECT returns. */
const AFTER_LIST = /^(from|where|group|having|order|union|except|intersect|limit|offset|window)$/i;
const TOKEN = /"[^"]*"|[A-Za-z_][A-Za-z0-9_]*|[(),]/g;

/** The columns that a statement returns: the list of its first SELECT outside all parentheses. */
export function selectColumns(sql: string): SelectColumn[] {
  const text = withoutWords(sql);
  const columns: SelectColumn[] = [];
  let [depth, start] = [0, -1];
  const finish = (end: number): void => {
    const item = text.slice(start, end);
    const first = start + (item.length - item.trimStart().length);
    columns.push({
      name: nameOf(item.trim()),
      text: sql.slice(start, end).trim(),
      line: lineOf(text, first),
    });
  };
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === '(') depth += 1;
    else if (token === ')') depth -= 1;
    else if (depth > 0) continue;
    else if (start < 0) start = /^select$/i.test(token) ? index + token.length : -1;
    else if (token === ',') {
      finish(index);
      start = index + 1;
    } else if (AFTER_LIST.test(token)) {
      finish(index);
      return columns;
    }
  }
  if (start >= 0) finish(text.length);
  return columns;
}

/** `x AS name`, `name`, `t.name`; DISTINCT is no part of it. */
function nameOf(item: string): string | undefined {
  const named = /(?:^|\s)as\s+"?([A-Za-z_][A-Za-z0-9_]*)"?$/i.exec(item)?.[1];
  const bare = /^(?:distinct\s+)?(?:[A-Za-z_][A-Za-z0-9_]*\.)?"?([A-Za-z_][A-Za-z0-9_]*)"?$/i.exec(item)?.[1];
  return (named ?? bare)?.toLowerCase();
}

/** Every relation named after FROM or JOIN that the statement does not define itself, once each. */
export function namedRelations(sql: string): NamedRelation[] {
  const text = withoutWords(sql);
  const own = [...text.matchAll(/(?:\bwith\s+|,\s*)([a-z_][a-z0-9_]*)\s+as\s*\(/gi)].map(([, name = '']) =>
    name.toLowerCase(),
  );
  const found = [...text.matchAll(/\b(?:from|join)\s+([a-z_][a-z0-9_]*)\b(?!\s*[.(])/gi)]
    .map(({ 1: name = '', index }) => ({ name: name.toLowerCase(), line: lineOf(text, index) }))
    .filter(({ name }) => !own.includes(name));
  return found.filter(({ name }, at) => found.findIndex((other) => other.name === name) === at);
}

/** Comments and quoted texts blanked, so that places stay. `extract(x FROM y)` and IS DISTINCT FROM name no relation. */
const withoutWords = (sql: string): string =>
  sql
    .replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, (part) => part.replace(/[^\n]/g, ' '))
    .replace(/\bdistinct\s+from\b/gi, (part) => part.replace(/[^\n]/g, ' '))
    .replace(/\bextract\s*\(\s*\w+\s+from\b/gi, (part) => `${part.slice(0, -4)}    `);

const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length - 1;
