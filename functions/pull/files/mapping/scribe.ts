import { type Codec, codecOf, encodeExact, explainRefusal } from '../../../lake/landing/codec.ts';
import { type ColumnStore, setInt, setLong } from '../../../lake/landing/columns.ts';
import { DECIMAL_SCALE, RATE_SCALE } from '../../../lake/tables/column.ts';
import type { Column } from '../../../lake/tables/table.ts';
import { firstDayOfMonth, lastDayOfMonth } from '../../../lake/values/day.ts';
import type { Decimal } from '../../../lake/values/decimal.ts';
import { type NumberFormat, readDecimal } from '../../../lake/values/read-decimal.ts';
import { isSha256 } from '../../../platform/hash.ts';
import { dayOf, instantOf, type MomentReader, momentReader, type Zones } from './dates.ts';

/** Writes a text as a file has it into a column; why not, where it cannot. A text that stands for “none” leaves null. */
export type Scribe = (text: string, store: ColumnStore, at: number) => string | undefined;

export interface Notation {
  readonly numbers: NumberFormat;
  readonly dates: string;
  readonly timestamps: string;
  readonly zones: Zones;
}

/** The scribe of a column. */
export function scribeOf(column: Column, notation: Notation): Scribe {
  switch (column.kind) {
    case 'integer':
      return integerScribe(notation.numbers);
    case 'decimal':
      return decimalScribe(DECIMAL_SCALE, notation.numbers);
    case 'rate':
      return decimalScribe(RATE_SCALE, notation.numbers);
    case 'date':
      return dateScribe(notation, column.month ? 'first' : undefined);
    case 'timestamp':
      return momentScribe(notation.timestamps, (moment, store, at) =>
        setLong(store, at, instantOf(moment, notation.zones)),
      );
    case 'boolean':
      return booleanScribe;
    default:
      return canonicalScribe(column);
  }
}

/** The scribe of a date: the day that is told, or the first or last day of the month in which it lies. */
export function dateScribe({ dates, zones }: Notation, ofMonth: 'first' | 'last' | undefined): Scribe {
  const dayIn = ofMonth === undefined ? asTold : ofMonth === 'first' ? firstDayOfMonth : lastDayOfMonth;
  return momentScribe(dates, (moment, store, at) => setInt(store, at, dayIn(dayOf(moment, zones))));
}

const asTold = (day: number): number => day;

function canonicalScribe(column: Column): Scribe {
  const codec = codecOf(column);
  if (column.personal) return hashScribe(codec);
  return (text, store, at) => (codec(text, store, at) ? undefined : explainRefusal(column, text));
}

/** Keeps a plain address out, should somebody map it without hashing. */
const hashScribe =
  (codec: Codec): Scribe =>
  (text, store, at) =>
    isSha256(text) && codec(text, store, at)
      ? undefined
      : 'is not a SHA-256 hash (map the column with `hash_email`)';

export const notANumber = ({ decimal, thousands }: NumberFormat): string =>
  `is not a number written with ${decimal === ',' ? 'a comma' : 'a point'} as decimal sign and ${thousands === 'none' ? 'no sign between thousands' : `\`${thousands}\` between thousands`}`;

export const TOO_LARGE = 'is too large: 18 digits are kept';

function decimalScribe(scale: number, numbers: NumberFormat): Scribe {
  const exact: Decimal = { mantissa: 0, scale: 0 };
  const reason = notANumber(numbers);
  return (text, store, at) => {
    if (!readDecimal(text, numbers, exact)) return reason;
    return encodeExact(exact, scale, store, at) ? undefined : TOO_LARGE;
  };
}

const LARGEST_INTEGER = 2 ** 31 - 1;

function integerScribe(numbers: NumberFormat): Scribe {
  const exact: Decimal = { mantissa: 0, scale: 0 };
  const reason = notANumber(numbers);
  return (text, store, at) => {
    if (!readDecimal(text, numbers, exact)) return reason;
    const value = Number(exact.mantissa) / 10 ** exact.scale;
    if (!Number.isInteger(value)) return 'is not a whole number';
    if (value > LARGEST_INTEGER || value < -LARGEST_INTEGER - 1)
      return 'is too large: whole numbers reach to ±2,147,483,647';
    setInt(store, at, value);
    return undefined;
  };
}

type WriteMoment = (moment: NonNullable<ReturnType<MomentReader>>, store: ColumnStore, at: number) => void;

function momentScribe(format: string, write: WriteMoment): Scribe {
  const read = momentReader(format);
  const reason = `is not a date or time written as \`${format}\`${format === 'auto' ? ' (ISO 8601: 2026-11-21, 2026-11-21T06:00:00Z)' : ''}`;
  return (text, store, at) => {
    const moment = read(text);
    if (moment === undefined) return reason;
    if (moment !== null) write(moment, store, at);
    return undefined;
  };
}

const BOOLEANS: Record<string, number> = { true: 1, false: 0, '1': 1, '0': 0 };

const booleanScribe: Scribe = (text, store, at) => {
  const value = BOOLEANS[text.toLowerCase()];
  if (value === undefined) return 'is neither true, false, 1 nor 0 (list other words under `values`)';
  setInt(store, at, value);
  return undefined;
};
