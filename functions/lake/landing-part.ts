import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { DAY_MS } from './codec.ts';
import type { ColumnMessage } from './landing-columns.ts';
import { type LandingColumn, landingSchema } from './landing-schema.ts';

/** Writes one Parquet file, row group by row group; every call gives the bytes that came about. */
export interface PartEncoder {
  group(columns: readonly ColumnMessage[], rows: number): Uint8Array<ArrayBuffer>;
  finish(): Uint8Array<ArrayBuffer>;
}

export function partEncoder(columns: readonly LandingColumn[]): PartEncoder {
  const bytes = new ByteWriter(1 << 20);
  const writer = new ParquetWriter({
    writer: bytes,
    schema: landingSchema(columns),
    createdBy: 'vigie',
    statistics: false,
  });
  const take = (): Uint8Array<ArrayBuffer> => {
    const taken = new Uint8Array(bytes.getBuffer());
    bytes.index = 0;
    return taken;
  };
  return {
    group(messages, rows) {
      writer.write({
        columnData: messages.map((message) => ({
          name: message.column.name,
          data: cells(message, rows),
          ...encodingOf(message.column),
        })),
        rowGroupSize: rows,
      });
      return take();
    },
    finish() {
      writer.finish();
      return take();
    },
  };
}

/**
 * A dictionary pays for text, whose encoding costs; numbers are quicker written as they are, and compress well enough.
 * Statistics are left out: a landing file is read once, whole.
 */
const encodingOf = ({ kind }: LandingColumn): { encoding?: 'PLAIN' } =>
  kind === 'text' || kind === 'boolean' ? {} : { encoding: 'PLAIN' };

type Cells = unknown[] | Int32Array | BigInt64Array;

/** A column as the Parquet library takes it. */
function cells({ column, valid, ints, longs, words }: ColumnMessage, rows: number): Cells {
  switch (column.kind) {
    case 'text':
      return pick(valid, rows, (at) => words[ints[at] as number]);
    case 'boolean':
      return pick(valid, rows, (at) => ints[at] === 1);
    case 'integer':
    case 'date':
      return valid.includes(0) ? pick(valid, rows, (at) => ints[at]) : ints;
    default:
      return valid.includes(0) ? pick(valid, rows, (at) => longs[at]) : longs;
  }
}

function pick(valid: Uint8Array, rows: number, read: (at: number) => unknown): unknown[] {
  const picked = new Array<unknown>(rows);
  for (let at = 0; at < rows; at += 1) picked[at] = valid[at] === 1 ? read(at) : null;
  return picked;
}

/** Days since 1970-01-01 as a date. */
export const dateOfDays = (days: number): string => new Date(days * DAY_MS).toISOString().slice(0, 10);
