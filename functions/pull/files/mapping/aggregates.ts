import type { Column } from '../../../lake/tables/table.ts';
import { add, type Decimal, fixedText, subtract } from '../../../lake/values/decimal.ts';
import { type NumberFormat, readDecimal } from '../../../lake/values/read-decimal.ts';
import type { Cell } from '../records.ts';
import { instantOf, momentReader } from './dates.ts';
import type { Notation } from './scribe.ts';
import { cellText } from './slice.ts';

/** What is made of the records of a group, one after the other. The answer is a cell, as a file would have it. */
export interface Aggregate {
  /** The answer with one more record; null at first. */
  add(answer: Cell, row: readonly Cell[], positions: readonly number[]): Cell;
  /** What a group without an answer has. */
  readonly none: Cell;
}

export type Take = 'first' | 'last' | 'min' | 'max' | 'sum';

/** Whether a record counts. */
export type Accepts = (row: readonly Cell[], positions: readonly number[]) => boolean;

/** `1` where a record of the group fulfils the condition (`none`: where none of them does), else `0`. */
export const anyOf = (accepts: Accepts, wanted: 'any' | 'none'): Aggregate => {
  const [yes, no] = wanted === 'any' ? ['1', '0'] : ['0', '1'];
  return {
    none: no as Cell,
    add: (answer, row, positions) =>
      answer === yes || accepts(row, positions) ? (yes as Cell) : (no as Cell),
  };
};

/** How many records of the group fulfil the condition. */
export const countOf = (accepts: Accepts): Aggregate => ({
  none: '0',
  add: (answer, row, positions) => String(Number(answer ?? 0) + (accepts(row, positions) ? 1 : 0)),
});

/** One value of a column, of the records that count. One that cannot be read is kept, so that it is refused by name. */
export function takeOf(
  take: Take,
  index: number,
  accepts: Accepts,
  column: Column,
  notation: Notation,
): Aggregate {
  const join = joining(take, column, notation);
  return {
    none: null,
    add(answer, row, positions) {
      const text = cellText(row[positions[index] as number]);
      if (text === null || !accepts(row, positions)) return answer;
      return answer === null ? text : join(answer, text);
    },
  };
}

type Join = (answer: string, next: string) => string;

function joining(take: Take, column: Column, notation: Notation): Join {
  if (take === 'first') return (answer) => answer;
  if (take === 'last') return (_, next) => next;
  if (take === 'sum') return adding(notation.numbers);
  const order = orderOf(column, notation);
  const sign = take === 'min' ? 1 : -1;
  return (answer, next) => {
    const difference = order(answer, next);
    // Whichever cannot be read stays; of two alike the first.
    if (difference === undefined) return order(answer, answer) === undefined ? answer : next;
    return sign * difference > 0 ? next : answer;
  };
}

/** Above zero where the first is the larger; undefined where one cannot be read. */
function orderOf(column: Column, notation: Notation): (a: string, b: string) => number | undefined {
  switch (column.kind) {
    case 'date':
    case 'timestamp':
      return byMoment(column.kind === 'date' ? notation.dates : notation.timestamps, notation);
    case 'integer':
    case 'decimal':
    case 'rate':
      return byNumber(notation.numbers);
    default:
      return (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  }
}

function byMoment(format: string, { zones }: Notation): (a: string, b: string) => number | undefined {
  const read = momentReader(format);
  return (a, b) => {
    const [left, right] = [read(a), read(b)];
    return left && right ? instantOf(left, zones) - instantOf(right, zones) : undefined;
  };
}

function byNumber(numbers: NumberFormat): (a: string, b: string) => number | undefined {
  const left: Decimal = { mantissa: 0, scale: 0 };
  const right: Decimal = { mantissa: 0, scale: 0 };
  return (a, b) => {
    if (!readDecimal(a, numbers, left) || !readDecimal(b, numbers, right)) return undefined;
    subtract(left, right, left);
    return Number(left.mantissa);
  };
}

/** Adds exactly; the answer is written as the file writes its numbers. */
function adding(numbers: NumberFormat): Join {
  const left: Decimal = { mantissa: 0, scale: 0 };
  const right: Decimal = { mantissa: 0, scale: 0 };
  return (answer, next) => {
    if (!readDecimal(answer, numbers, left)) return answer;
    if (!readDecimal(next, numbers, right)) return next;
    add(left, right, left);
    return fixedText(left.mantissa, left.scale, numbers.decimal);
  };
}
