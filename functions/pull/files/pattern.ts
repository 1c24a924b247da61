/** A feed's path with its placeholders: what to ask the inbox for, and how to find the date in a name. */
export interface FeedPattern {
  /** The path with placeholders as wildcards; the inbox understands it. */
  readonly glob: string;
  /** The date in a file's name, `YYYY-MM-DD`; null where the pattern has none; undefined where the name does not fit. */
  dateOf(name: string): string | null | undefined;
}

const PLACEHOLDERS: Record<string, string> = {
  '{date}': '(?<year>\\d{4})(?<dash>-?)(?<month>0[1-9]|1[0-2])\\k<dash>(?<day>0[1-9]|[12]\\d|3[01])',
  '{month}': '(?<year>\\d{4})-?(?<month>0[1-9]|1[0-2])',
};

/**
 * Understands `{date}` (YYYYMMDD or YYYY-MM-DD) and `{month}` (YYYYMM or YYYY-MM; its date is the first of the month).
 * Of several placeholders the first one tells the date.
 */
export function feedPattern(path: string): FeedPattern {
  const glob = path.replace(/\{date\}|\{month\}/g, '*');
  if (glob === path) return { glob, dateOf: () => null };
  const pattern = new RegExp(`(?:^|/)${expression(path.replace(/^(?:\.\/)+/, ''))}$`);
  return {
    glob,
    dateOf(name) {
      const groups = pattern.exec(name)?.groups;
      if (!groups) return undefined;
      return `${groups['year']}-${groups['month']}-${groups['day'] ?? '01'}`;
    },
  };
}

/** The path as a regular expression; the inbox has already applied the other wildcards. */
function expression(path: string): string {
  let dated = false;
  return path.replace(
    /\{date\}|\{month\}|\$\{[^}]*\}|\*\*\/|\*+|\?|\[[^\]]*\]|\{[^}]*\}|(?:\.\.\/)+|[.+^$()|\\{}[\]]/g,
    (token) => {
      const placeholder = PLACEHOLDERS[token];
      if (placeholder !== undefined) {
        const again = dated;
        dated = true;
        return again ? '[\\d-]+' : placeholder;
      }
      if (token === '**/') return '(?:.*/)?';
      if (token === '*' || token === '?' || token.startsWith('[')) return token === '*' ? '[^/]*' : '[^/]';
      return /^(?:\$\{|\{|\*|\.\.\/)/.test(token) ? '.*' : `\\${token}`;
    },
  );
}
