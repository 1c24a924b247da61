import { addDays, addMonths } from '../values/day.ts';

/** The months of a table that a batch concerns. */
export interface Reach {
  /** First days of months, ascending: those of the batch, and those in which the lake has rows of its keys and scopes. */
  readonly months: readonly string[];
  /** The lake has no row of its keys and scopes. */
  readonly isNew: boolean;
}

/** The condition in SQL that a DATE column lies in one of these months, given by their first days, ascending. */
export function inMonths(column: string, months: readonly string[], orNull: boolean): string {
  const parts = spansOf(months).map(({ from, to }) => `${column} BETWEEN DATE '${from}' AND DATE '${to}'`);
  if (orNull) parts.push(`${column} IS NULL`);
  return parts.length === 0 ? '1 = 0' : `(${parts.join(' OR ')})`;
}

/** Months that follow one another are one span. */
function spansOf(months: readonly string[]): { from: string; to: string }[] {
  const spans: { from: string; to: string }[] = [];
  for (const month of months) {
    const last = spans.at(-1);
    const to = addDays(addMonths(month, 1), -1);
    if (last && addDays(last.to, 1) === month) last.to = to;
    else spans.push({ from: month, to });
  }
  return spans;
}
