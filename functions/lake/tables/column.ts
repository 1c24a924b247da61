import { z } from 'zod';

/**
 * Column types. A column is a zod schema of the *canonical* value (what a source hands over, JSON-safe) with facts
 * attached as metadata, from which the Parquet schema, the DDL and the reference page are made.
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

export interface ColumnFacts {
  readonly kind: ColumnKind;
  /** One sentence for the reference page. */
  readonly description: string;
  /** Money in the currency of this column of the same row; KPIs see it converted to the reporting currency. */
  readonly currencyColumn?: string;
  /** What a number counts: `EUR`-like money is `money`, else `units`, `days`, `sessions`, `points` … */
  readonly unit?: string;
  /** Personal data: hashed at the door (`hash`). Plain personal data is never a column. */
  readonly personal?: 'hash';
  /** Closed list of values, where there is one. */
  readonly values?: readonly string[];
}

declare module 'zod' {
  interface GlobalMeta {
    vigie?: ColumnFacts;
  }
}

/** The most decimals kept of an amount, and of an exchange rate: a rupiah is 0.000058823529 euro. */
export const DECIMAL_SCALE = 4;
export const RATE_SCALE = 12;
const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const TIMESTAMP =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?Z$/;

const decimalPattern = (scale: number): RegExp => new RegExp(`^-?\\d{1,${18 - scale}}(\\.\\d{1,${scale}})?$`);
const realDate = (text: string): boolean =>
  !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text.slice(0, 10));

type Extra = Omit<ColumnFacts, 'kind' | 'description'>;

const facts = <T extends z.ZodType>(schema: T, kind: ColumnKind, description: string, extra: Extra = {}): T =>
  schema.meta({ vigie: { kind, description, ...extra } });

/** Text; empty text is not a value (use null). */
export const text = (description: string, extra?: Extra) =>
  facts(z.string().min(1, 'empty text'), 'text', description, extra);

/** Text out of a closed list. */
export const oneOf = <const V extends readonly [string, ...string[]]>(values: V, description: string) =>
  facts(z.enum(values), 'text', description, { values });

export const integer = (description: string, extra?: Extra) =>
  facts(z.int32(), 'integer', description, extra);

export const decimal = (description: string, extra?: Extra) =>
  facts(
    z.string().regex(decimalPattern(DECIMAL_SCALE), `not a decimal with at most ${DECIMAL_SCALE} places`),
    'decimal',
    description,
    extra,
  );

/** Money, in the currency named by the row's column `currency`. */
export const money = (description: string) =>
  decimal(description, { unit: 'money', currencyColumn: 'currency' });

export const rate = (description: string) =>
  facts(
    z.string().regex(decimalPattern(RATE_SCALE), `not a decimal with at most ${RATE_SCALE} places`),
    'rate',
    description,
  );

/** A day in the company's time zone. */
export const date = (description: string) =>
  facts(
    z.string().regex(DATE, 'not a date YYYY-MM-DD').refine(realDate, 'no such day in the calendar'),
    'date',
    description,
  );

/** An instant, in UTC. */
export const timestamp = (description: string) =>
  facts(
    z.string().regex(TIMESTAMP, 'not an instant YYYY-MM-DDTHH:MM:SSZ').refine(realDate, 'no such instant'),
    'timestamp',
    description,
  );

export const boolean = (description: string) => facts(z.boolean(), 'boolean', description);

/** ISO 4217 code. */
export const currency = (description = 'ISO 4217 code of the currency of this row’s amounts.') =>
  facts(z.string().regex(/^[A-Z]{3}$/, 'not an ISO 4217 code'), 'text', description);
