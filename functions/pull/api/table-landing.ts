import type { RowBlock } from '../../lake/landing/block.ts';
import { type Codec, codecOf, explainRefusal } from '../../lake/landing/codec.ts';
import { type ColumnStore, numberAt } from '../../lake/landing/columns.ts';
import type { BatchWriter, CanonicalRow } from '../../lake/landing/writer.ts';
import type { TableDefinition } from '../../lake/tables/table.ts';
import { dayNumber } from '../../lake/values/day.ts';
import type { PendingRows } from './record-rows.ts';

/** A row that its table refuses: place among the pending rows. */
export interface RowRefusal {
  readonly row: number;
  readonly column: string;
  readonly value: unknown;
  readonly reason: string;
}

/** One table on its way into the landing zone: rows by the block, column after column. */
export class TableLanding {
  readonly table: string;
  readonly batch: BatchWriter;
  private readonly codecs: readonly Codec[];
  private readonly scope: readonly { readonly place: number; readonly name: string }[];
  private block: RowBlock | undefined;
  /** Number of the last row in the open input. */
  private numbered = 0;
  private input: string | undefined;
  /** Rows or empty scopes were written since the last `supersede`. */
  private isUsed = false;
  private seen: Set<string> | undefined;

  constructor(table: TableDefinition, batch: BatchWriter) {
    this.table = table.name;
    this.batch = batch;
    this.codecs = batch.columns.map(codecOf);
    this.scope = table.scope.map((name) => ({
      name,
      place: batch.columns.findIndex((column) => column.name === name),
    }));
  }

  /** Begins an input, unless it is the open one. */
  startInput(input: { readonly name: string; readonly fingerprint: string; readonly date: string }): void {
    if (this.input === input.name) return;
    this.input = input.name;
    this.numbered = 0;
    this.isUsed = false;
    this.batch.startInput(input);
  }

  /** What was written of a scope so far counts no more once it is written again. */
  supersede(): void {
    if (this.isUsed) this.batch.supersede();
    this.isUsed = false;
  }

  /** From now on the scopes of rows are remembered, for `emptyUnseen`. */
  watchScopes(): void {
    this.seen = new Set();
  }

  /** Fills a block; rows that the table refuses are told and have to be dropped before `commit`. */
  async fill({ rows }: PendingRows): Promise<RowRefusal[]> {
    this.block = undefined;
    if (rows.length === 0) return [];
    const block = await this.batch.block(rows.length);
    const refusals: RowRefusal[] = [];
    for (const [place, column] of this.batch.columns.entries())
      fillColumn(rows, column.name, block, place, this.codecs[place] as Codec, (row, value) =>
        refusals.push({ row, column: column.name, value, reason: explainRefusal(column, value) }),
      );
    for (let index = 0; index < rows.length; index += 1) block.numbers[index] = this.numbered + index + 1;
    this.numbered += rows.length;
    for (const { row } of refusals) block.dropped[row] = 1;
    this.batch.check(block, (row, column, reason) => {
      block.dropped[row] = 1;
      refusals.push({ row, column, value: null, reason });
    });
    this.block = block;
    return refusals;
  }

  /** Takes the rows of the filled block, less those of records that are out. */
  commit({ records }: PendingRows, isOut: (record: number) => boolean): void {
    const { block } = this;
    if (!block) return;
    for (let index = 0; index < block.count; index += 1) {
      if (isOut(records[index] as number)) block.dropped[index] = 1;
      else if (this.seen && block.dropped[index] === 0) this.seen.add(this.scopeAt(block, index));
    }
    this.batch.commit(block);
    this.block = undefined;
    this.isUsed = true;
  }

  async empty(scope: CanonicalRow): Promise<void> {
    await this.batch.emptyScope(scope);
    this.isUsed = true;
  }

  /** Empties a scope that no row of was seen since `watchScopes`. */
  async emptyUnseen(scope: CanonicalRow): Promise<void> {
    if (this.seen?.has(this.scopeOf(scope))) return;
    await this.empty(scope);
  }

  private scopeAt(block: RowBlock, index: number): string {
    const at = block.start + index;
    return this.scope.map(({ place }) => cellKey(block.stores[place] as ColumnStore, at)).join('\u0000');
  }

  private scopeOf(scope: CanonicalRow): string {
    return this.scope
      .map(({ name, place }) => {
        const { kind } = this.batch.columns[place] as BatchWriter['columns'][number];
        const value = String(scope[name]);
        if (kind === 'date') return String(dayNumber(value));
        return kind === 'timestamp' ? String(Date.parse(value)) : value;
      })
      .join('\u0000');
  }
}

function fillColumn(
  rows: readonly CanonicalRow[],
  name: string,
  { stores, start }: RowBlock,
  place: number,
  codec: Codec,
  refuse: (row: number, value: unknown) => void,
): void {
  const store = stores[place] as ColumnStore;
  for (let index = 0; index < rows.length; index += 1) {
    const value = (rows[index] as CanonicalRow)[name];
    // The cells of a block are null from the start.
    if (value === undefined || value === null) continue;
    if (!codec(value, store, start + index)) refuse(index, value);
  }
}

function cellKey(store: ColumnStore, at: number): string {
  if (store.column.kind === 'text') return store.words[store.ints[at] as number] as string;
  return String(store.halves.length > 0 ? numberAt(store, at) : store.ints[at]);
}
