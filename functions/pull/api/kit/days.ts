import type { CanonicalRow } from '../../../lake/landing/writer.ts';
import { datesBetween } from '../../../lake/values/day.ts';
import { FieldError } from '../record-reader.ts';
import type { EmptyScope, Slice } from '../source.ts';
import { isoDay } from '../values.ts';

/** First and last day, both included. */
export interface DayWindow {
  readonly from: string;
  readonly to: string;
}

/** The days a slice stands for. */
export function windowOf({ from, to, entity }: Slice): DayWindow {
  if (from === null || to === null) throw new Error(`the slice of ${entity} has no days`);
  return { from, to };
}

/** Every day of a slice, each to be replaced as a whole: a day of which nothing is reported is emptied. */
export const dayScopes = (
  table: string,
  slice: Slice,
  scope: (day: string) => CanonicalRow,
): readonly EmptyScope[] => {
  const { from, to } = windowOf(slice);
  return datesBetween(from, to).map((day) => ({ table, scope: scope(day) }));
};

/** A day that was asked for. One outside would replace a day of which the rest was not read. */
export const askedDay =
  ({ from, to }: DayWindow) =>
  (text: string): string => {
    const day = isoDay(text);
    if (day < from || day > to)
      throw new FieldError('', text, `is not within the days asked for, ${from} to ${to}`);
    return day;
  };
