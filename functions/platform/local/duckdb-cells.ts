import {
  type DuckDBDataChunk,
  DuckDBDateValue,
  type DuckDBResult,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Cell, ColumnChunk, ResultColumn } from '../engine.ts';
import { dayCells, scaledCells, textReader } from './duckdb-vectors.ts';

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

/** Reads the cells of a column, chunk after chunk of one result. */
export type ColumnReader = (chunk: DuckDBDataChunk, index: number) => readonly Cell[];

/** How a column of a type is read, in canonical cells. */
export function columnReader(type: DuckDBType): ColumnReader {
  if (type.typeId === DuckDBTypeId.VARCHAR) return textReader();
  if (type.typeId === DuckDBTypeId.DATE) {
    const known = new Map<number, string>();
    return (chunk, index) => dayCells(chunk, index, (day) => dayOf(known, day));
  }
  const read = cellOf(type);
  return (chunk, index) => {
    const vector = chunk.getColumnVector(index);
    return Array.from({ length: chunk.rowCount }, (_, row) => {
      const value = vector.getItem(row);
      return value === null ? null : read(value);
    });
  };
}

/** Days remembered of a column: results repeat them. */
const MOST_DAYS = 10_000;

function dayOf(known: Map<number, string>, day: number): string {
  const found = known.get(day);
  if (found !== undefined) return found;
  if (known.size >= MOST_DAYS) known.clear();
  const text = String(new DuckDBDateValue(day));
  known.set(day, text);
  return text;
}

/** Turns DuckDB's own value objects into canonical cells. */
function cellOf(type: DuckDBType): (value: DuckDBValue) => Cell {
  switch (type.typeId) {
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_MS:
    case DuckDBTypeId.TIMESTAMP_TZ:
      return (value) => isoInstant(microsOf(value));
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.HUGEINT:
      return (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : (value as bigint));
    default:
      // DECIMAL among them: exact as text.
      return (value) => (typeof value === 'object' ? String(value) : value);
  }
}

/** A chunk of DuckDB's as it is, by column. */
export const columnChunk = (
  chunk: DuckDBDataChunk,
  types: readonly DuckDBType[],
  readers: readonly ColumnReader[],
): ColumnChunk => ({
  rows: chunk.rowCount,
  column: (index) => (readers[index] as ColumnReader)(chunk, index),
  scaled: (index, decimals) => scaledCells(chunk, index, types[index] as DuckDBType, decimals),
});

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
