import { z } from 'zod';
import { isDay } from '../values/day.ts';

/**
 * Column types: the canonical value is what a source hands over (JSON-safe), checked by a zod schema; Parquet schema,
 * DDL and reference page are made of the kind.
 *
 * | kind      | canonical value                  | SQL                |
 * |-----------|----------------------------------|--------------------|
 * | text      | string, not empty                | varchar            |
 * | integer   | number, whole, ±2^31             | integer            |
 * | decimal   | string `-12.3400`, ≤ 4 decimals  | decimal(18,4)      |
 * | rate      | string, ≤ 12 decimals            | decimal(18,12)     |
 * | date      | string `YYYY-MM-DD`              | date               |
 * | timestamp | string `YYYY-MM-DDTHH:MM:SS[.mmm]Z` | timestamp (UTC, ms) |
 * | boolean   | boolean                          | boolean            |
 *
 * Decimals are text because a JavaScript number cannot hold them: 9,747,747.934 must stay what it is.
 */
export type ColumnKind = 'text' | 'integer' | 'decimal' | 'rate' | 'date' | 'timestamp' | 'boolean';

/** What a table's file calls a column: money is a decimal in the currency of its row, a currency a text of three letters. */
export const fileKinds = [
  'text',
  'integer',
  'decimal',
  'money',
  'rate',
  'date',
  'timestamp',
  'boolean',
  'currency',
] as const;
export type FileKind = (typeof fileKinds)[number];

export const kindOf = (kind: FileKind): ColumnKind =>
  kind === 'money' ? 'decimal' : kind === 'currency' ? 'text' : kind;

/** The most decimals kept of an amount, and of an exchange rate: a rupiah is 0.000058823529 euro. */
export const DECIMAL_SCALE = 4;
export const RATE_SCALE = 12;
const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const TIMESTAMP =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?Z$/;

const hasRealDay = (text: string): boolean => isDay(text.slice(0, 10));

const decimal = (scale: number): z.ZodType =>
  z
    .string()
    .regex(
      new RegExp(`^-?\\d{1,${18 - scale}}(\\.\\d{1,${scale}})?$`),
      `not a decimal with at most ${scale} places`,
    );

const SCHEMAS: Readonly<Record<FileKind, z.ZodType>> = {
  // Empty text is not a value: that is null.
  text: z.string().min(1, 'empty text'),
  integer: z.int32(),
  decimal: decimal(DECIMAL_SCALE),
  money: decimal(DECIMAL_SCALE),
  rate: decimal(RATE_SCALE),
  // A day in the company's time zone.
  date: z.string().regex(DATE, 'not a date YYYY-MM-DD').refine(hasRealDay, 'no such day in the calendar'),
  // An instant, in UTC.
  timestamp: z
    .string()
    .regex(TIMESTAMP, 'not an instant YYYY-MM-DDTHH:MM:SSZ')
    .refine(hasRealDay, 'no such instant'),
  boolean: z.boolean(),
  currency: z.string().regex(/^[A-Z]{3}$/, 'not an ISO 4217 code'),
};

/** What a value of the column has to be, where it has one: of the kind, and in the closed list where there is one. */
export const schemaOf = (kind: FileKind, values: readonly string[] | undefined): z.ZodType =>
  values === undefined ? SCHEMAS[kind] : z.enum(values as [string, ...string[]]);
