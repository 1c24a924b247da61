import type { RowBlock } from '../../lake/landing/block.ts';
import type { ColumnStore } from '../../lake/landing/columns.ts';
import type { BatchWriter } from '../../lake/landing/writer.ts';
import { understood } from '../../platform/errors.ts';
import { chooseRecords, repetitionsOf } from './choose-records.ts';
import type { CompiledFeed } from './mapping/compile-feed.ts';
import type { Slice } from './mapping/slice.ts';
import type { SumsOfKey } from './mapping/sum-of-key.ts';
import type { Cell, RecordChunk } from './records.ts';

/** Rows mapped at a time: few enough to stay in the processor's cache. */
const SLICE_ROWS = 4096;
const REDACTED = '(personal, not shown)';

interface Refusal {
  readonly index: number;
  readonly field: string;
  readonly value: Cell;
  readonly reason: string;
}

/** What landing a file's records takes. */
export interface Landing {
  readonly file: string;
  readonly feed: CompiledFeed;
  readonly batch: BatchWriter;
  /** Number of the last row that was handed over; of a wide file, the place of the record that it was a cell of. */
  lastNumber: number;
  lastRecord: number;
  /** Told of every value that is refused, also of the second one of a record; `place` is the record's in its chunk. */
  readonly noticed?: (place: number, field: string, value: Cell, reason: string) => void;
  /** Leaves out repetitions, where the feed asks for one row a key. */
  readonly dedupe: ((block: RowBlock) => void) | undefined;
  /** The number that load knows a row by, of its line. */
  numbering(line: number): number;
  /** Adds up rows of one key, where the feed asks for it. */
  readonly sums: SumsOfKey | undefined;
}

/** Maps the records of a chunk and hands them to the batch; puts aside those that do not fit. */
export async function landChunk(chunk: RecordChunk, landing: Landing): Promise<void> {
  for (const { line, reason, sample } of chunk.broken) {
    await landing.batch.reject({
      input: landing.file,
      line,
      column: '(record)',
      value: null,
      reason,
      raw: { sample },
    });
  }
  const chosen = chooseRecords(chunk, landing.feed);
  for (let from = 0; from < chosen.length; from += SLICE_ROWS) {
    await landSlice(chunk, chosen.subarray(from, from + SLICE_ROWS), landing);
  }
}

async function landSlice(chunk: RecordChunk, chosen: Int32Array, landing: Landing): Promise<void> {
  const { batch, feed } = landing;
  const block = await batch.block(chosen.length);
  const refusals = new Map<number, Refusal>();
  const refuse = (index: number, field: string, value: Cell, reason: string): void => {
    block.dropped[index] = 1;
    landing.noticed?.(chosen[index] as number, field, value, reason);
    if (!refusals.has(index)) refusals.set(index, { index, field, value, reason });
  };
  try {
    fillFields(chunk, chosen, block, feed, refuse);
    batch.check(block, (index, field, reason) => refuse(index, fieldName(feed, field), null, reason));
  } catch (error) {
    if (chosen.length > 1) return landHalves(chunk, chosen, landing);
    refuse(0, '(record)', null, understood(error).message);
  }
  landing.dedupe?.(block);
  numberByLine(chunk, chosen, block, landing);
  landing.sums?.take(block, (index, field, reason) => refuse(index, fieldName(feed, field), null, reason));
  for (const refusal of refusals.values()) await reject(refusal, chunk, chosen, landing);
  batch.commit(block);
}

/**
 * Rows are numbered by their lines, so that people find them; where several stand on one line, one after the other. The
 * cells of a record of a wide file have its number: no two of them share a key.
 */
function numberByLine(chunk: RecordChunk, chosen: Int32Array, block: RowBlock, landing: Landing): void {
  for (let index = 0; index < chosen.length; index += 1) {
    const place = chosen[index] as number;
    const record = chunk.origin?.recordOf(place);
    if (record === undefined || record !== landing.lastRecord)
      landing.lastNumber = Math.max(chunk.lineOf(place), landing.lastNumber + 1);
    landing.lastRecord = record ?? 0;
    block.numbers[index] = landing.numbering(landing.lastNumber);
  }
}

/** A row that breaks the mapping is lost, not those beside it: it is found by halving. Nothing of the block was taken yet. */
async function landHalves(chunk: RecordChunk, chosen: Int32Array, landing: Landing): Promise<void> {
  const half = Math.ceil(chosen.length / 2);
  await landSlice(chunk, chosen.subarray(0, half), landing);
  await landSlice(chunk, chosen.subarray(half), landing);
}

type Refuse = (index: number, field: string, value: Cell, reason: string) => void;

function fillFields(
  chunk: RecordChunk,
  chosen: Int32Array,
  block: RowBlock,
  feed: CompiledFeed,
  refuse: Refuse,
): void {
  const rows = new Array<readonly Cell[]>(chosen.length);
  for (let index = 0; index < chosen.length; index += 1) {
    const place = chosen[index] as number;
    rows[index] = chunk.rows[place] as readonly Cell[];
    block.numbers[index] = chunk.firstRecord + place;
  }
  let field = '';
  const slice: Slice = {
    ...{ rows, positions: chunk.positions, numbers: block.numbers },
    refuse: (index, column, value, reason) => refuse(index, named(field, column), value, reason),
  };
  for (const { name, place, fill } of feed.fields) {
    field = name;
    fill(slice, block.stores[place] as ColumnStore, block.start);
  }
}

/** `net_amount (Betrag)`: the field, and the source's column where it is called otherwise. */
const named = (field: string, column: string): string => (field === column ? field : `${field} (${column})`);

function fieldName(feed: CompiledFeed, field: string): string {
  const source = feed.feed.columns[field];
  if (typeof source === 'string') return named(field, source);
  return source && 'from' in source ? named(field, source.from) : field;
}

async function reject(
  { index, field, value, reason }: Refusal,
  chunk: RecordChunk,
  chosen: Int32Array,
  landing: Landing,
): Promise<void> {
  const { feed } = landing;
  const hidden = [...feed.personal].some((name) => field === name || field.endsWith(`(${name})`));
  const shown = hidden && value !== null ? REDACTED : value;
  for (const place of repetitionsOf(chunk, chosen[index] as number, feed)) {
    const raw = rawCells(chunk, place, feed);
    const line = chunk.lineOf(place);
    const heading = chunk.origin && { heading: chunk.origin.headingOf(place) };
    await landing.batch.reject({
      ...{ input: landing.file, line, ...heading, column: field, value: shown, reason, raw },
    });
  }
}

function rawCells(chunk: RecordChunk, place: number, feed: CompiledFeed): Record<string, Cell> {
  const row = chunk.rows[place] as readonly Cell[];
  const cells = feed.columns.map((name, index) => {
    const cell = row[chunk.positions[index] as number] ?? null;
    return [name, cell !== null && feed.personal.has(name) ? REDACTED : cell] as const;
  });
  return Object.fromEntries(cells);
}
