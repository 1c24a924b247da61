import type { FileMetaData, SchemaElement } from 'hyparquet';
import { FIGURE_SCALE } from './columns.ts';

/** Decimals of 18 digits, in 8 bytes, or of 38, in 16, which take ten times as long to write. */
export type DecimalWidth = 'short' | 'long';

const SHORT_LIMIT = 10n ** 18n;

/** Whether 18 digits are enough for all of these numbers. */
export const isShort = (numbers: readonly (bigint | null)[]): boolean =>
  numbers.every((number) => number === null || (number < SHORT_LIMIT && number > -SHORT_LIMIT));

/** The Parquet schema of a snapshot file. Every reader of Parquet knows both forms of a decimal. */
export function snapshotSchema(width: DecimalWidth): SchemaElement[] {
  const columns: SchemaElement[] = [
    textElement('kpi', 'REQUIRED'),
    dayElement('as_of'),
    ...['period', 'comparison', 'dimension', 'member'].map((name) => textElement(name, 'OPTIONAL')),
    ...['numerator', 'denominator'].map((name) => decimalElement(name, width)),
    ...['unit', 'quality', 'run'].map((name) => textElement(name, 'REQUIRED')),
    instantElement('recorded_at'),
  ];
  return [{ name: 'snapshot', num_children: columns.length }, ...columns];
}

export const dayElement = (name: string): SchemaElement => ({
  name,
  type: 'INT32',
  converted_type: 'DATE',
  logical_type: { type: 'DATE' },
  repetition_type: 'REQUIRED',
});

/** In UTC. */
export const instantElement = (name: string): SchemaElement => ({
  name,
  type: 'INT64',
  converted_type: 'TIMESTAMP_MILLIS',
  logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
  repetition_type: 'REQUIRED',
});

export const textElement = (name: string, repetition: 'REQUIRED' | 'OPTIONAL'): SchemaElement => ({
  name,
  type: 'BYTE_ARRAY',
  converted_type: 'UTF8',
  logical_type: { type: 'STRING' },
  repetition_type: repetition,
});

export function decimalElement(name: string, width: DecimalWidth): SchemaElement {
  const precision = width === 'short' ? 18 : 38;
  return {
    name,
    ...(width === 'short' ? { type: 'INT64' } : { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16 }),
    converted_type: 'DECIMAL',
    logical_type: { type: 'DECIMAL', precision, scale: FIGURE_SCALE },
    precision,
    scale: FIGURE_SCALE,
    repetition_type: 'OPTIONAL',
  };
}

/** hyparquet turns decimals into floating point; as whole numbers or plain bytes they stay exact. */
export function withRawDecimals(metadata: FileMetaData): FileMetaData {
  const raw = ({ converted_type, logical_type, ...element }: SchemaElement): SchemaElement =>
    converted_type === 'DECIMAL'
      ? element
      : { ...element, ...(converted_type && { converted_type }), ...(logical_type && { logical_type }) };
  return { ...metadata, schema: metadata.schema.map(raw) };
}
