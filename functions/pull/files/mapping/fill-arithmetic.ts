import { encodeExact } from '../../../lake/landing/codec.ts';
import type { Decimal } from '../../../lake/values/decimal.ts';
import { type NumberFormat, readDecimal } from '../../../lake/values/read-decimal.ts';
import type { Cell } from '../records.ts';
import type { ColumnInput } from './fill-column.ts';
import { notANumber, TOO_LARGE } from './scribe.ts';
import { cellText, type Fill } from './slice.ts';

/** Joins two numbers exactly into `out`, which may be `a`. */
export type Operation = (a: Decimal, b: Decimal, out: Decimal) => void;

/** Fills a number that is worked out exactly from several columns; null where one of them is empty. */
export function fillArithmetic(
  inputs: readonly ColumnInput[],
  operation: Operation,
  scale: number,
  numbers: NumberFormat,
): Fill {
  const result: Decimal = { mantissa: 0, scale: 0 };
  const operand: Decimal = { mantissa: 0, scale: 0 };
  const reason = notANumber(numbers);
  return (slice, store, start) => {
    const places = inputs.map((input) => slice.positions[input.index] as number);
    const compute = (row: readonly Cell[], index: number): boolean => {
      for (let part = 0; part < places.length; part += 1) {
        const text = cellText(row[places[part] as number]);
        if (text === null) return false;
        if (!readDecimal(text, numbers, part === 0 ? result : operand)) {
          slice.refuse(index, (inputs[part] as ColumnInput).name, text, reason);
          return false;
        }
        if (part > 0) operation(result, operand, result);
      }
      return true;
    };
    for (let index = 0; index < slice.rows.length; index += 1) {
      if (!compute(slice.rows[index] as readonly Cell[], index)) continue;
      if (encodeExact(result, scale, store, start + index)) continue;
      slice.refuse(index, inputs.map(({ name }) => name).join(', '), null, TOO_LARGE);
    }
  };
}
