import type { Compressors } from 'hyparquet';
import { compressors as all } from 'hyparquet-compressors';

const NOTHING = new Uint8Array(0);

/**
 * Every codec that Parquet knows. The values of a column that is empty in a whole page are no bytes at all, which
 * codecs write in ways of their own (LZ4 as a block without literals, which the library takes for damage): there is
 * nothing to unpack.
 */
export const compressors: Compressors = Object.fromEntries(
  Object.entries({ ...all, LZ4: lz4 }).map(([codec, unpack]) => [
    codec,
    (input: Uint8Array, length: number) => (length === 0 ? NOTHING : unpack(input, length)),
  ]),
);

/** Under this name some write blocks in Hadoop's frames and some bare ones, which may look like a frame that is damaged. */
function lz4(input: Uint8Array, length: number): Uint8Array {
  const { LZ4: framed, LZ4_RAW: bare } = all;
  if (!framed || !bare) throw new Error('the library knows no LZ4');
  try {
    return framed(input, length);
  } catch {
    return bare(input, length);
  }
}
