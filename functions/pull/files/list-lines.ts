/** The first line of Excel's own CSV: which sign separates the cells. */
const SEPARATOR = /^\ufeff?"?sep=(\\t|[^\n])"?[ \t]*(?:\n|$)/i;

/** What the line says, and how long it is; undefined where the text begins otherwise. */
export function separatorLine(
  text: string,
): { readonly delimiter: string; readonly length: number } | undefined {
  const [line, sign] = SEPARATOR.exec(text) ?? [];
  if (line === undefined || sign === undefined) return undefined;
  return { delimiter: sign === '\\t' ? '\t' : sign, length: line.length };
}

const RULE = /^[\s|+=_:;,-]+$/;

/**
 * A line that is drawn, not written: `-----`, `+----+----+`, `|====|====|`. SAP prints them around a list, databases
 * below its titles; they are no records.
 */
export const isRule = (line: string): boolean => RULE.test(line) && /-{3}|={3}|_{3}/.test(line);

/** A title with its page and time of printing is the same title. */
const sameTitle = (line: string): string => line.replaceAll(/\d+/g, '0').replaceAll(/\s+/g, ' ').trim();

/** Whether a line is one of the titles above the header, printed again on another page. */
export function titleFinder(lead: string): (line: string) => boolean {
  const titles = new Set(lead.split('\n').map(sameTitle));
  titles.delete('');
  return titles.size === 0 ? () => false : (line) => titles.has(sameTitle(line));
}
