import { VigieError } from '../../platform/errors.ts';
import { sampleOf as textSample } from '../sample.ts';
import { own } from './own.ts';

/** A record that cannot be mapped: which field, what it holds, what was allowed. The record is rejected with it. */
export class FieldError extends Error {
  readonly field: string;
  readonly value: string | null;
  readonly reason: string;

  constructor(field: string, value: unknown, reason: string) {
    super(`${field} ${reason}`);
    this.name = 'FieldError';
    this.field = field;
    this.value = sampleOf(value);
    this.reason = reason;
  }
}

/** An answer whose envelope is not as known: the vendor changed its form, or sent something else altogether. Fails the source. */
export const shapeError = (what: string, field: string, sample: unknown): VigieError =>
  new VigieError(`${what}: ${field} is not as known; found ${sampleOf(sample) ?? 'nothing'}`, {
    code: 'VENDOR_SHAPE',
    where: { field, sample: sampleOf(sample) ?? '' },
    hint: 'The vendor may have changed its answer. See the source’s page for the version that is known; the raw answer is kept under raw/.',
  });

/** The beginning of a value, as text, for people. */
export function sampleOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return textSample(typeof value === 'string' ? value : JSON.stringify(value));
}

/**
 * Reads the fields of a vendor's record by path (`soldTo.id`), strictly: a field that is missing where it must be
 * there, or of another kind, throws a `FieldError` that names it. An empty text is no value.
 */
export class RecordReader {
  readonly raw: Readonly<Record<string, unknown>>;
  private readonly path: string;

  constructor(raw: unknown, path = '') {
    if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
      throw new FieldError(path || '(record)', raw, 'is not an object');
    this.raw = raw as Readonly<Record<string, unknown>>;
    this.path = path;
  }

  /** The value as it is; undefined where the path leads nowhere. */
  value(field: string): unknown {
    if (!field.includes('.')) return this.raw[field];
    let found: unknown = this.raw;
    for (const part of field.split('.')) {
      if (typeof found !== 'object' || found === null) return undefined;
      found = (found as Record<string, unknown>)[part];
    }
    return found;
  }

  /** Text that must be there. A number is taken as its text. */
  text(field: string): string {
    const text = this.textOrNull(field);
    if (text === null) throw this.error(field, 'is empty, but required');
    return text;
  }

  textOrNull(field: string): string | null {
    const value = this.value(field);
    if (value === null || value === undefined) return null;
    if (typeof value === 'string') return value.trim() === '' ? null : value.trim();
    if (typeof value === 'number' || typeof value === 'bigint') return String(value);
    throw this.error(field, 'is not text');
  }

  /** A decimal in plain notation, exact: `"12.50"`, `-3`, `1.5e-7` as JSON numbers print. At most 4 decimals are kept by the lake, rounded half away from zero. */
  decimal(field: string): string {
    const text = this.decimalOrNull(field);
    if (text === null) throw this.error(field, 'is empty, but required');
    return text;
  }

  decimalOrNull(field: string): string | null {
    const text = this.textOrNull(field);
    if (text === null) return null;
    if (!DECIMAL.test(text)) throw this.error(field, 'is not a decimal number such as 12.50');
    return text;
  }

  /** A whole number within ±2^31; given as number or text. */
  integer(field: string): number {
    const text = this.text(field);
    const number = Number(text);
    if (!/^[+-]?\d+(\.0+)?$/.test(text) || Math.abs(number) >= 2 ** 31)
      throw this.error(field, 'is not a whole number within ±2,147,483,647');
    return number;
  }

  integerOrNull(field: string): number | null {
    return this.textOrNull(field) === null ? null : this.integer(field);
  }

  booleanOrNull(field: string): boolean | null {
    const value = this.value(field);
    if (value === null || value === undefined || value === '') return null;
    if (typeof value === 'boolean') return value;
    const word = String(value).toLowerCase();
    if (word === 'true' || word === 'x' || word === '1') return true;
    if (word === 'false' || word === '0') return false;
    throw this.error(field, 'is neither true nor false');
  }

  /** One of the words known; what is not known is an error, never a guess. */
  oneOf<Word extends string>(field: string, words: Readonly<Record<string, Word>>): Word {
    const text = this.text(field);
    const word = own(words, text);
    if (word === undefined) throw this.error(field, `is not one of ${Object.keys(words).join(', ')}`);
    return word;
  }

  /** A value that must be there, put through one of the helpers of values.ts or decimals.ts: its error gets the field's name. */
  as<T>(field: string, convert: (text: string) => T): T {
    return this.converted(field, this.text(field), convert);
  }

  asOrNull<T>(field: string, convert: (text: string) => T): T | null {
    const text = this.textOrNull(field);
    return text === null ? null : this.converted(field, text, convert);
  }

  private converted<T>(field: string, text: string, convert: (text: string) => T): T {
    try {
      return convert(text);
    } catch (error) {
      if (error instanceof FieldError) throw new FieldError(this.at(field), text, error.reason);
      throw error;
    }
  }

  /** A nested object. */
  record(field: string): RecordReader {
    return new RecordReader(this.value(field), this.at(field));
  }

  recordOrNull(field: string): RecordReader | null {
    const value = this.value(field);
    return value === null || value === undefined ? null : new RecordReader(value, this.at(field));
  }

  /** A nested list of objects; none where the field is missing or null. */
  records(field: string): RecordReader[] {
    const value = this.value(field);
    if (value === null || value === undefined) return [];
    if (!Array.isArray(value)) throw this.error(field, 'is not a list');
    return value.map((each, index) => new RecordReader(each, `${this.at(field)}[${index}]`));
  }

  /** An error about a field of this record. */
  error(field: string, reason: string): FieldError {
    return new FieldError(this.at(field), this.value(field), reason);
  }

  private at(field: string): string {
    return this.path === '' ? field : `${this.path}.${field}`;
  }
}

const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
