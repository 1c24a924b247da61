import type { FieldSource } from '../../../lake/company/feed.ts';
import { codecOf, encodeExact, explainRefusal } from '../../../lake/landing/codec.ts';
import { setFreshText } from '../../../lake/landing/columns.ts';
import { DECIMAL_SCALE, RATE_SCALE } from '../../../lake/tables/column.ts';
import type { Column } from '../../../lake/tables/table.ts';
import { type Decimal, multiply, subtract } from '../../../lake/values/decimal.ts';
import { plainNumbers, readDecimal } from '../../../lake/values/read-decimal.ts';
import { addressHashes, hashAddress, isAddress, normalAddress } from '../../../platform/address.ts';
import type { Cell } from '../records.ts';
import { type Aggregate, anyOf, countOf, takeOf } from './aggregates.ts';
import { compileCondition } from './conditions.ts';
import type { FieldContext } from './field-context.ts';
import { fillArithmetic } from './fill-arithmetic.ts';
import {
  type ColumnInput,
  fillComputed,
  fillConstant,
  fillEach,
  fillRecurring,
  type Prepare,
} from './fill-column.ts';
import { fillRate } from './fill-rate.ts';
import { isIdentifier, whyDestroyed, withoutMark } from './identifiers.ts';
import { dateScribe, type Notation, notANumber, type Scribe, scribeOf, TOO_LARGE } from './scribe.ts';
import { cellText, type Fill, type Slice } from './slice.ts';

type FromColumn = Extract<FieldSource, { from: string }>;
type Cases = Extract<FieldSource, { cases: unknown }>;
type Join = Extract<FieldSource, { join: unknown }>;

const asIs: Prepare = (text) => text;

/** Turns a field's mapping into the loop that fills its column. */
export function compileField(column: Column, source: FieldSource, context: FieldContext): Fill {
  const { notation } = context;
  if (typeof source === 'string') return fillFrom(column, { from: source }, context);
  if ('from' in source) return fillFrom(column, source, context);
  if ('constant' in source) return fillConstant(String(source.constant), plainScribe(column, notation));
  if ('product' in source)
    return fillArithmetic(source.product.map(context.read), multiply, scaleOf(column), notation.numbers);
  if ('difference' in source)
    return fillArithmetic(source.difference.map(context.read), subtract, scaleOf(column), notation.numbers);
  if ('quote' in source) return fillRate(source, context);
  if ('join' in source) return joinColumns(column, source, context);
  if ('row_number' in source) return rowNumber(column, notation);
  if ('cases' in source) return fillCases(column, source, context);
  if ('any' in source || 'none' in source || 'count' in source) {
    const [name, aggregate] = askedOf(source, context);
    return fillEach(context.gathered(name, aggregate), asIs, plainScribe(column, notation));
  }
  context.personal(source.hash_email);
  const input = context.read(source.hash_email);
  const write = scribeOf(column, notation);
  return source.as === undefined
    ? fillRecurring(input, hashed, write)
    : fillRecurring(input, asIs, addressScribe(addressHashes[source.as], write));
}

/** What is no address is nobody: all who have `n/a` there would be one person. */
const addressScribe =
  (hash: (address: string) => string, write: Scribe): Scribe =>
  (text, store, at) =>
    isAddress(normalAddress(text)) ? write(hash(text), store, at) : 'is no e-mail address';

type Asked = Extract<FieldSource, { any: unknown } | { none: unknown } | { count: unknown }>;

function askedOf(source: Asked, { accepts }: FieldContext): readonly [name: string, Aggregate] {
  if ('any' in source) return [source.any.column, anyOf(accepts([source.any]), 'any')];
  if ('none' in source) return [source.none.column, anyOf(accepts([source.none]), 'none')];
  return source.count === 'records'
    ? ['records', countOf(accepts([]))]
    : [source.count.column, countOf(accepts([source.count]))];
}

const scaleOf = (column: Column): number =>
  column.kind === 'rate' ? RATE_SCALE : column.kind === 'integer' ? 0 : DECIMAL_SCALE;
const isNumber = (column: Column): boolean =>
  column.kind === 'decimal' || column.kind === 'rate' || column.kind === 'integer';

/** Values written in vigie.yaml are canonical, whatever the notation of the files. */
const plainScribe = (column: Column, notation: Notation): Scribe =>
  scribeOf(column, { ...notation, numbers: plainNumbers, dates: 'auto', timestamps: 'auto' });

function fillFrom(column: Column, source: FromColumn, context: FieldContext): Fill {
  const format = source.format;
  const notation =
    format === undefined ? context.notation : { ...context.notation, dates: format, timestamps: format };
  let write = isIdentifier(column)
    ? identifierScribe(scribeOf(column, notation))
    : source.of_month === undefined
      ? scribeOf(column, notation)
      : dateScribe(notation, source.of_month);
  if (source.times !== undefined) write = timesScribe(column, source.times, notation);
  if (source.values) write = valuesScribe(column, source.values, write);
  const prepare = prepareOf(column, source);
  const input = inputOf(column, source, context, notation);
  return isNumber(column) ? fillEach(input, prepare, write) : fillRecurring(input, prepare, write);
}

/** The column, or what is taken of it from the records of a group. */
function inputOf(
  column: Column,
  { from, take, when }: FromColumn,
  context: FieldContext,
  notation: Notation,
): ColumnInput {
  const input = context.read(from);
  if (take === undefined && when === undefined) return input;
  const accepts = context.accepts([when ?? []].flat());
  return context.gathered(from, takeOf(take ?? 'first', input.index, accepts, column, notation));
}

function prepareOf(column: Column, { strip_zeros, values, default: fallback }: FromColumn): Prepare {
  const whenEmpty: Cell =
    fallback === undefined ? (values && Object.hasOwn(values, '') ? '' : null) : String(fallback);
  // A name may begin with an apostrophe: 's-Hertogenbosch.
  const unmarked = isIdentifier(column) || column.kind !== 'text' ? withoutMark : asIs;
  return (text) => {
    const own = unmarked(text);
    return own === null ? whenEmpty : strip_zeros ? own.replace(/^0+(?=.)/, '') : own;
  };
}

/** Refuses what has lost its digits. */
const identifierScribe =
  (write: Scribe): Scribe =>
  (text, store, at) =>
    whyDestroyed(text) ?? write(text, store, at);

/** Words that are not listed are written as they are. */
function valuesScribe(column: Column, values: NonNullable<FromColumn['values']>, otherwise: Scribe): Scribe {
  const codec = codecOf(column);
  const asText = column.kind === 'decimal' || column.kind === 'rate' || column.kind === 'text';
  return (text, store, at) => {
    if (!Object.hasOwn(values, text)) return otherwise(text, store, at);
    const listed = values[text] as string | number | boolean | null;
    if (listed === null) return undefined;
    const value = asText ? String(listed) : listed;
    return codec(value, store, at) ? undefined : explainRefusal(column, value);
  };
}

function timesScribe(column: Column, times: string, { numbers }: Notation): Scribe {
  const factor: Decimal = { mantissa: 0, scale: 0 };
  readDecimal(times, plainNumbers, factor);
  const exact: Decimal = { mantissa: 0, scale: 0 };
  const reason = notANumber(numbers);
  const scale = scaleOf(column);
  return (text, store, at) => {
    if (!readDecimal(text, numbers, exact)) return reason;
    multiply(exact, factor, exact);
    return encodeExact(exact, scale, store, at) ? undefined : TOO_LARGE;
  };
}

/** Half a key is no key: where one part is empty that may not be, so is the whole. */
function joinColumns(
  column: Column,
  { join: names, with: glue, may_lack: mayLack }: Join,
  context: FieldContext,
): Fill {
  const inputs = names.map(context.read);
  const isKey = isIdentifier(column);
  const join = (row: readonly Cell[], slice: Slice, index: number): Cell => {
    const parts: string[] = [];
    for (const input of inputs) {
      const text = cellText(row[slice.positions[input.index] as number]);
      const own = isKey ? withoutMark(text) : text;
      const part = own === null && mayLack.includes(input.name) ? '' : own;
      if (part === null) return null;
      const reason = isKey ? whyDestroyed(part) : undefined;
      if (reason !== undefined) slice.refuse(index, input.name, text, reason);
      parts.push(part);
    }
    return parts.join(glue);
  };
  return fillComputed(names.join(', '), join, scribeOf(column, context.notation));
}

/** Numbers are valid text, and none comes twice: they go straight into a text column. */
function rowNumber(column: Column, notation: Notation): Fill {
  if (column.kind !== 'text') {
    return fillComputed(
      'row_number',
      (_, slice, index) => String(slice.numbers[index]),
      plainScribe(column, notation),
    );
  }
  return (slice, store, start) => {
    for (let index = 0; index < slice.rows.length; index += 1) {
      setFreshText(store, start + index, String(slice.numbers[index]));
    }
  };
}

function fillCases(column: Column, { cases, else: otherwise }: Cases, context: FieldContext): Fill {
  const compiled = cases.map(({ when, then }) => ({
    input: context.read(when.column),
    holds: compileCondition(when),
    result: textOf(then),
  }));
  const fallback = textOf(otherwise);
  const choose = (row: readonly Cell[], positions: readonly number[]): Cell => {
    for (const { input, holds, result } of compiled)
      if (holds(row[positions[input.index] as number])) return result;
    return fallback;
  };
  return fillComputed(
    'cases',
    (row, slice) => choose(row, slice.positions),
    plainScribe(column, context.notation),
  );
}

const textOf = (value: string | number | boolean | null): Cell => (value === null ? null : String(value));

const hashed: Prepare = (address) => (address === null ? null : hashAddress(address));
