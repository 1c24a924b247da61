/** What engines call a type, in the words of `ResultColumn.type`. */
const WORDS: Readonly<Record<string, string>> = {
  string: 'varchar',
  char: 'varchar',
  int: 'integer',
  float: 'real',
  // Instants: cells are in UTC either way.
  'timestamp with time zone': 'timestamp',
};

/**
 * A type's name without what does not matter to a reader: `timestamp(6)`, `timestamp(3) with time zone`, `varchar(10)`
 * are of their family whatever the precision; `decimal(18, 4)` keeps its own, in one spelling.
 */
export function plainType(name: string): string {
  const text = name.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  const [, digits, scale] = /^(?:decimal|numeric) ?\( ?(\d+)(?: ?, ?(\d+))? ?\)$/.exec(text) ?? [];
  if (digits !== undefined) return `decimal(${digits},${scale ?? 0})`;
  // Of array(…), map(…), row(…) the parentheses are the type.
  const family = /^(array|map|row)\b/.test(text)
    ? text
    : text.replace(/ ?\([^)]*\)/, '').replace(/ without time zone$/, '');
  return WORDS[family] ?? family;
}
