import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { writeChunk } from './chunk.ts';
import type { ColumnStore } from './columns.ts';
import { noteGroup } from './pages.ts';
import { type LandingColumn, landingSchema } from './schema.ts';

/** Writes one Parquet file, row group by row group; every call gives the bytes that came about. */
export interface PartEncoder {
  group(stores: readonly ColumnStore[], rows: number): Uint8Array;
  finish(): Uint8Array;
}

/** Head and foot are the library's, the columns `writeChunk`'s. No statistics: a landing file is read once, whole. */
export function partEncoder(columns: readonly LandingColumn[]): PartEncoder {
  // It grows with what is written: most parts have some kilobytes.
  const bytes = new ByteWriter(1 << 14);
  const writer = new ParquetWriter({ writer: bytes, schema: landingSchema(columns), createdBy: 'vigie' });
  const take = (): Uint8Array => {
    const taken = new Uint8Array(bytes.getBuffer());
    bytes.index = 0;
    return taken;
  };
  return {
    group(stores, rows) {
      noteGroup(
        writer,
        stores.map((store) => writeChunk(bytes, store, rows)),
        rows,
      );
      return take();
    },
    finish() {
      writer.finish();
      return take();
    },
  };
}
