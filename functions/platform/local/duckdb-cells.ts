import {
  DuckDBBigIntVector,
  type DuckDBDataChunk,
  type DuckDBDateValue,
  DuckDBDecimal16Vector,
  DuckDBDecimal32Vector,
  DuckDBDecimal64Vector,
  DuckDBDecimal128Vector,
  DuckDBHugeIntVector,
  DuckDBIntegerVector,
  type DuckDBResult,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
  type DuckDBVector,
} from '@duckdb/node-api';
import type { Cell, ColumnChunk, ResultColumn } from '../engine.ts';

/** DuckDB's types in Trino's words, where the two differ. */
const TYPE_NAMES: Partial<Record<DuckDBTypeId, string>> = {
  // What sum() of integers gives; Trino says bigint.
  [DuckDBTypeId.HUGEINT]: 'bigint',
  [DuckDBTypeId.TIMESTAMP_MS]: 'timestamp',
  [DuckDBTypeId.TIMESTAMP_TZ]: 'timestamp',
  [DuckDBTypeId.FLOAT]: 'real',
};

/** The columns of a result, typed in the port's words. */
export function columnsOfResult(result: DuckDBResult): ResultColumn[] {
  const types = result.columnTypes();
  return result.columnNames().map((name, index) => ({ name, type: typeName(types[index] as DuckDBType) }));
}

const typeName = (type: DuckDBType): string => TYPE_NAMES[type.typeId] ?? String(type).toLowerCase();

/** Turns DuckDB's own value objects into canonical cells. */
export function cellReader(type: DuckDBType): (value: DuckDBValue) => Cell {
  switch (type.typeId) {
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_MS:
    case DuckDBTypeId.TIMESTAMP_TZ:
      return (value) => isoInstant(microsOf(value));
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.HUGEINT:
      return (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : (value as bigint));
    case DuckDBTypeId.VARCHAR:
      return oneOfEach((value) => value, String);
    case DuckDBTypeId.DATE:
      return oneOfEach((value) => (value as DuckDBDateValue).days, String);
    default:
      // DECIMAL among them: exact as text.
      return (value) => (typeof value === 'object' ? String(value) : value);
  }
}

/** Texts remembered of a column. */
const MOST_TEXTS = 10_000;

/** Results repeat their texts: kept once, a text is made once, hashed once and takes memory once. */
function oneOfEach(
  keyOf: (value: DuckDBValue) => unknown,
  textOf: (value: DuckDBValue) => string,
): (value: DuckDBValue) => Cell {
  const known = new Map<unknown, string>();
  return (value) => {
    const key = keyOf(value);
    let text = known.get(key);
    if (text !== undefined) return text;
    if (known.size >= MOST_TEXTS) known.clear();
    text = textOf(value);
    known.set(key, text);
    return text;
  };
}

/** A chunk of DuckDB's as it is, by column. */
export function columnChunk(
  chunk: DuckDBDataChunk,
  readers: readonly ((value: DuckDBValue) => Cell)[],
): ColumnChunk {
  const rows = chunk.rowCount;
  return {
    rows,
    column: (index) => {
      const vector = chunk.getColumnVector(index);
      const read = readers[index] ?? String;
      return Array.from({ length: rows }, (_, row) => {
        const value = vector.getItem(row);
        return value === null ? null : read(value);
      });
    },
    scaled: (index, decimals) => scaledItems(chunk.getColumnVector(index), rows, decimals),
  };
}

function scaledItems(vector: DuckDBVector, rows: number, decimals: number): (bigint | null)[] | undefined {
  const number = wholeNumbers(vector);
  if (number === undefined || number.scale > decimals) return undefined;
  const factor = 10n ** BigInt(decimals - number.scale);
  return Array.from({ length: rows }, (_, row) => {
    const item = number.item(row);
    return item === null ? null : BigInt(item) * factor;
  });
}

interface WholeNumbers {
  readonly scale: number;
  item(row: number): bigint | number | null;
}

function wholeNumbers(vector: DuckDBVector): WholeNumbers | undefined {
  if (
    vector instanceof DuckDBDecimal16Vector ||
    vector instanceof DuckDBDecimal32Vector ||
    vector instanceof DuckDBDecimal64Vector ||
    vector instanceof DuckDBDecimal128Vector
  )
    return { scale: vector.type.scale, item: (row) => vector.getScaledValue(row) };
  if (
    vector instanceof DuckDBIntegerVector ||
    vector instanceof DuckDBBigIntVector ||
    vector instanceof DuckDBHugeIntVector
  )
    return { scale: 0, item: (row) => vector.getItem(row) };
  return undefined;
}

function microsOf(value: DuckDBValue): bigint {
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) return value.micros;
  if (value instanceof DuckDBTimestampMillisecondsValue) return value.millis * 1000n;
  throw new TypeError(`not a timestamp: ${String(value)}`);
}

/** `2026-11-21T08:30:00Z`; with a fraction only where there is one, of 3 digits where they are enough. */
function isoInstant(micros: bigint): string {
  const fraction = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const second = new Date(Number((micros - fraction) / 1000n)).toISOString().slice(0, -5);
  if (fraction === 0n) return `${second}Z`;
  return `${second}.${String(fraction).padStart(6, '0').replace(/000$/, '')}Z`;
}
