import type { ParquetType, SchemaElement } from 'hyparquet';
import { type ColumnKind, DECIMAL_SCALE, RATE_SCALE } from '../tables/column.ts';
import type { TableDefinition } from '../tables/table.ts';
import { landingColumns } from './batch.ts';

/** A column of a landing file: one of the table's, or one of `landingColumns`. */
export interface LandingColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** The columns of a table's landing files, in order. */
export function landingColumnsOf(table: TableDefinition): readonly LandingColumn[] {
  return [
    ...table.columns.map(({ name, kind }) => ({ name, kind })),
    { name: landingColumns.input, kind: 'integer' },
    { name: landingColumns.row, kind: 'integer' },
    { name: landingColumns.empty, kind: 'boolean' },
  ];
}

const PARQUET_TYPES: Record<ColumnKind, Partial<SchemaElement> & { readonly type: ParquetType }> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  integer: { type: 'INT32' },
  decimal: { type: 'INT64', converted_type: 'DECIMAL', precision: 18, scale: DECIMAL_SCALE },
  rate: { type: 'INT64', converted_type: 'DECIMAL', precision: 18, scale: RATE_SCALE },
  date: { type: 'INT32', converted_type: 'DATE' },
  // Without a logical type, which would have to say `adjusted to UTC`: engines then read a plain TIMESTAMP, as the
  // lake's columns are, and not one with a zone.
  timestamp: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
  boolean: { type: 'BOOLEAN' },
};

/** How Parquet stores the values of a column. */
export const physicalType = ({ kind }: LandingColumn): ParquetType => PARQUET_TYPES[kind].type;

/** The Parquet schema of landing files. Every column may be null: rows that empty a scope have little else. */
export function landingSchema(columns: readonly LandingColumn[]): SchemaElement[] {
  return [
    { name: 'landing', num_children: columns.length },
    ...columns.map(({ name, kind }) => ({
      name,
      repetition_type: 'OPTIONAL' as const,
      ...PARQUET_TYPES[kind],
    })),
  ];
}
