import type { Cell } from '../records.ts';
import { dateText, plainNumber } from './numbers.ts';
import { unescaped } from './shared-strings.ts';
import type { Workbook } from './workbook.ts';

/** A cell as its part holds it. */
export interface OpenCell {
  readonly place: number;
  readonly address: string;
  readonly type: string;
  readonly style: number;
  hasFormula: boolean;
  value: string | undefined;
}

interface Value {
  readonly text: Cell;
  readonly problem?: string;
}

const wrong = (problem: string): Value => ({ text: null, problem });

/** What a cell holds, as text: a number as it is shown, a date in ISO form. Of a formula, its last result. */
export function cellValue(
  { type, style, value, hasFormula }: OpenCell,
  book: Workbook,
  decimal: string,
): Value {
  if (value === undefined || (value === '' && type !== 'str'))
    return hasFormula
      ? wrong('is a formula without a result (open the workbook in a spreadsheet and save it)')
      : { text: null };
  if (type === 'e') return wrong(`is the error ${value}`);
  if (type === 's') {
    const text = book.strings[Number(value)];
    return text === undefined ? wrong('is a text that the workbook does not hold') : { text };
  }
  if (type === 'b') return { text: value === '1' ? 'true' : 'false' };
  if (type === 'str' || type === 'inlineStr') return { text: unescaped(value) };
  // An ISO date, in workbooks of the strict kind.
  if (type === 'd') return { text: value.replace(/T00:00:00(?:\.0+)?$/, '') };
  return numeric(value, style, book, decimal);
}

function numeric(value: string, style: number, { formatOf, epoch }: Workbook, decimal: string): Value {
  const { kind, width } = formatOf(style);
  if (kind === 'number') {
    const text = plainNumber(value);
    if (text === undefined) return wrong(`is no number: ${value.slice(0, 40)}`);
    return { text: /^\d+$/.test(text) ? text.padStart(width, '0') : text.replace('.', decimal) };
  }
  const text = dateText(value, epoch, kind === 'moment');
  return text === undefined ? wrong(`is a number that is no date (${value.slice(0, 40)})`) : { text };
}
