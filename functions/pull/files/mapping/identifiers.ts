import type { Column } from '../../../lake/tables/table.ts';
import type { Cell } from '../records.ts';

/**
 * What spreadsheets do to numbers that are names. Some of it can be undone (`="0000100"`, see `cellText`; a leading
 * apostrophe); of the rest digits are lost, and taking it would make one of many.
 */
const ROUNDED = /^[+-]?\d{1,3}(?:[.,]\d*)?E[+-]\d{2,3}$/i;
const ERROR = /^#(?:#+|N\/A|NV|[\p{L}/0]+[!?])$/iu;

const REMEDY =
  'export again without opening the file in a spreadsheet, or have the column formatted as text before it is saved';

/** Whether a column holds the number or name of something. */
export const isIdentifier = ({ name, kind, values, personal }: Column): boolean =>
  kind === 'text' && values === undefined && personal === undefined && name.endsWith('_id');

/** Why a text is no identifier any more; undefined where it may be one. */
export function whyDestroyed(text: string): string | undefined {
  if (ROUNDED.test(text))
    return `is a number that a spreadsheet has rounded, so that its last digits are lost (${REMEDY})`;
  return ERROR.test(text)
    ? `is what a spreadsheet shows in place of something it could not show (${REMEDY})`
    : undefined;
}

/** Less the apostrophe by which a spreadsheet marks a number as text. One at either end is a way to quote, and stays. */
export const withoutMark = (text: Cell): Cell =>
  text !== null && text.length > 1 && text.startsWith("'") && !text.endsWith("'")
    ? text.slice(1).trim()
    : text;
