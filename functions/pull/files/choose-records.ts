import type { CompiledFeed } from './mapping/compile-feed.ts';
import type { Cell, RecordChunk } from './records.ts';

/**
 * Places of the records to map: those that pass the feed's conditions. Where one row a key is wanted, a record that
 * says the same as the one before it (an order repeated on each of its lines) need not be mapped to be left out.
 */
export function chooseRecords({ rows, positions }: RecordChunk, feed: CompiledFeed): Int32Array {
  const chosen = new Int32Array(rows.length);
  const skips = skipsRepetitions(feed);
  let count = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] as readonly Cell[];
    if (skips && index > 0 && saysTheSame(row, rows[index - 1] as readonly Cell[], positions)) continue;
    if (!feed.selective || feed.accepts(row, positions)) chosen[count++] = index;
  }
  return chosen.subarray(0, count);
}

/** The record and those after it that were not mapped because they say the same: what holds for it holds for them. */
export function* repetitionsOf(
  { rows, positions }: RecordChunk,
  place: number,
  feed: CompiledFeed,
): Iterable<number> {
  yield place;
  if (!skipsRepetitions(feed)) return;
  const row = rows[place] as readonly Cell[];
  for (let next = place + 1; next < rows.length; next += 1) {
    if (!saysTheSame(row, rows[next] as readonly Cell[], positions)) return;
    yield next;
  }
}

const skipsRepetitions = ({ feed, numbered }: CompiledFeed): boolean =>
  feed.one_row_per_key !== false && !numbered;

function saysTheSame(row: readonly Cell[], other: readonly Cell[], positions: readonly number[]): boolean {
  for (let index = 0; index < positions.length; index += 1) {
    const position = positions[index] as number;
    if (row[position] !== other[position]) return false;
  }
  return true;
}
