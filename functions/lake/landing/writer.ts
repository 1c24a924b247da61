import type { Bucket } from '../../platform/bucket.ts';
import { writeJson } from '../../platform/bucket.ts';
import type { Redactor } from '../../platform/redact/redactor.ts';
import type { Column, TableDefinition } from '../tables/table.ts';
import { type Batch, type BatchInput, landingPrefix } from './batch.ts';
import { type BlockRules, blockRules, type Refuse, type RowBlock } from './block.ts';
import { type Codec, codecOf, explainRefusal } from './codec.ts';
import { type ColumnStore, createStore, GROUP_ROWS, growStore, setInt, setNull } from './columns.ts';
import { type LandingFiles, landingFiles } from './files.ts';
import { openRejections, type Rejection, type Rejections, rejectedKey } from './rejects.ts';
import { landingColumnsOf } from './schema.ts';
import { openTotals, type Totals } from './totals.ts';

export interface BatchOptions {
  readonly table: TableDefinition;
  readonly source: string;
  readonly run: string;
  readonly asOf: string;
  readonly mappingHash: string;
  /** The company's: business dates are derived in it. */
  readonly timeZone: string;
  /** Inputs of one day, where there are several. */
  readonly rivals?: Batch['rivals'];
  /** Inputs of before that are to be forgotten. */
  readonly gone?: readonly string[];
}

/** A row of the table as a source hands it over; a column that is missing is null. */
export type CanonicalRow = Readonly<Record<string, unknown>>;

/**
 * Opens a batch in the landing zone: the only way in. A source announces each input, writes its rows — one by one as
 * canonical objects, or in columns by the block — and closes. Nothing is handed to `load` before `close`, which
 * writes `_batch.json` last. Memory is constant.
 *
 *     const batch = openBatch(platform, { table: tables.table('orders'), … });
 *     batch.startInput({ name: 'page 1', fingerprint: etag, date: null });
 *     for (const order of page) await batch.write(canonical(order), { line: 1, raw: order });
 *     const landed = await batch.close();
 */
export function openBatch(platform: LandingPlatform, options: BatchOptions): BatchWriter {
  return new BatchWriter(platform, options);
}

export interface LandingPlatform {
  readonly bucket: Bucket;
  /** Refused rows are kept without what it knows. */
  readonly redactor?: Redactor | undefined;
}

/** Rows that there is room for at first; four times as many whenever they are full, up to a row group. */
const FIRST_ROOM = GROUP_ROWS / 64;

type OpenInput = { -readonly [K in keyof BatchInput]: BatchInput[K] };

export class BatchWriter {
  readonly columns: readonly Column[];
  private readonly bucket: Bucket;
  private readonly options: BatchOptions;
  private readonly codecs: readonly Codec[];
  private readonly rules: BlockRules;
  private readonly files: LandingFiles;
  private readonly rejections: Rejections;
  private readonly totals: Totals;
  private readonly inputs: OpenInput[] = [];
  private stores: ColumnStore[] = [];
  private used = 0;
  private room = FIRST_ROOM;
  private place = -1;

  constructor({ bucket, redactor }: LandingPlatform, options: BatchOptions) {
    const { table, source, run } = options;
    this.bucket = bucket;
    this.options = options;
    this.columns = table.columns;
    this.codecs = this.columns.map(codecOf);
    this.rules = blockRules(table, options.timeZone, source);
    this.files = landingFiles(bucket, landingPrefix(table.name, source, run), landingColumnsOf(table));
    this.rejections = openRejections(bucket, rejectedKey(source, run, table.name), redactor);
    this.totals = openTotals(table);
  }

  /** Rows accepted so far. */
  get rows(): number {
    return this.inputs.reduce((sum, input) => sum + input.rows, 0);
  }

  /** Rows refused so far. */
  get rejected(): number {
    return this.rejections.count;
  }

  /** The most frequent reasons for refusals. */
  reasons(limit: number) {
    return this.rejections.top(limit);
  }

  /** What follows belongs to this input. Inputs are read from the oldest to the newest: the later one has the last word. */
  startInput(input: Pick<BatchInput, 'name' | 'fingerprint' | 'date' | 'blank' | 'partial'>): void {
    this.inputs.push({ ...input, rows: 0, rejected: 0 });
    this.place += 1;
  }

  /** From here on, a scope that was written already is written anew: what the batch holds of it so far counts no more. */
  supersede(): void {
    this.place += 1;
    const input = this.inputs.at(-1);
    if (input) input.places = (input.places ?? 1) + 1;
  }

  /** Writes a row; one that the table's definition refuses is put aside as rejected. `place` says where it stood. */
  async write(
    row: CanonicalRow,
    place: { readonly line: number; readonly raw?: CanonicalRow },
  ): Promise<void> {
    const block = await this.block(1);
    block.numbers[0] = place.line;
    const refused: [column: string, reason: string][] = [];
    this.fill(block, row, (_, column, reason) => refused.push([column, reason]));
    if (refused.length === 0) this.check(block, (_, column, reason) => refused.push([column, reason]));
    const [first] = refused;
    if (!first) return this.commit(block);
    const [column, reason] = first;
    const value = row[column] === null || row[column] === undefined ? null : String(row[column]);
    await this.reject({
      input: this.input().name,
      line: place.line,
      column,
      value,
      reason,
      raw: place.raw ?? {},
    });
  }

  /** Says that a scope was read and holds nothing: its rows in the lake will be deleted. Takes the scope's columns. */
  async emptyScope(scope: CanonicalRow): Promise<void> {
    const block = await this.block(1);
    this.fill(block, scope, (_, column, reason) => {
      throw new Error(`scope of ${this.options.table.name}: ${column} ${reason}`);
    });
    const missing = this.options.table.scope.filter(
      (name) => scope[name] === undefined || scope[name] === null,
    );
    if (missing.length > 0)
      throw new Error(`scope of ${this.options.table.name} lacks ${missing.join(', ')}`);
    this.number(Int32Array.of(0), true);
    this.used += 1;
  }

  /** Puts a row aside. */
  async reject(rejection: Rejection): Promise<void> {
    this.input().rejected += 1;
    await this.rejections.add(rejection);
  }

  /** Room for `count` rows (at most GROUP_ROWS) of the current input, in columns: the quick way in. All cells are null. */
  async block(count: number): Promise<RowBlock> {
    if (this.used + count > GROUP_ROWS) await this.flush();
    this.makeRoom(this.used + count);
    const stores = this.stores.slice(0, this.columns.length);
    for (const store of stores) store.valid.fill(0, this.used, this.used + count);
    return {
      stores,
      start: this.used,
      count,
      dropped: new Uint8Array(count),
      numbers: new Int32Array(count),
    };
  }

  /** Derives what can be derived and reports rows that lack a required value; they must then be dropped. */
  check(block: RowBlock, refuse: Refuse): void {
    this.rules.check(block, refuse);
  }

  /** Takes the rows of a filled and checked block that are not dropped. */
  commit(block: RowBlock): void {
    const kept = this.rules.compact(block);
    this.totals.add(block.stores, block.start, kept);
    this.number(block.numbers.subarray(0, kept), false);
    this.used += kept;
    this.input().rows += kept;
  }

  /** Ends the batch and hands it over. */
  async close(watermarks?: Batch['watermarks']): Promise<Batch> {
    await this.flush();
    const files = await this.files.finish();
    await this.rejections.close();
    const { table, source, run, asOf, mappingHash, rivals = [], gone = [] } = this.options;
    const batch: Batch = {
      ...{ table: table.name, source, run, asOf, files, inputs: this.inputs, mappingHash },
      columns: this.columns.map((column) => column.name),
      ...{ rows: this.rows, rejected: this.rejected, totals: this.totals.sums() },
      ...{ firstDate: this.totals.firstDate(), lastDate: this.totals.lastDate() },
      ...(this.place + 1 === this.inputs.length ? {} : { places: this.place + 1 }),
      ...(watermarks === undefined ? {} : { watermarks }),
      ...(rivals.length === 0 ? {} : { rivals }),
      ...(gone.length === 0 ? {} : { gone }),
    };
    await writeJson(this.bucket, `${landingPrefix(table.name, source, run)}_batch.json`, batch);
    return batch;
  }

  /** Ends without handing anything over; the refused rows are kept for people to look at. */
  async discard(): Promise<void> {
    await this.files.abort();
    await this.rejections.close();
  }

  /** Most tables of a morning have some dozen rows: room for a whole row group would be made, and cleared away, for nothing. */
  private makeRoom(rows: number): void {
    const before = this.room;
    while (this.room < rows) this.room *= 4;
    if (this.stores.length === 0)
      this.stores = landingColumnsOf(this.options.table).map((column) => createStore(column, this.room));
    else if (this.room > before) for (const store of this.stores) growStore(store, this.room);
  }

  private fill(block: RowBlock, row: CanonicalRow, refuse: Refuse): void {
    for (const [index, column] of this.columns.entries()) {
      const store = block.stores[index] as ColumnStore;
      const value = row[column.name] ?? null;
      if (value === null) setNull(store, block.start);
      else if (!(this.codecs[index] as Codec)(value, store, block.start))
        refuse(0, column.name, explainRefusal(column, value));
    }
  }

  private input(): OpenInput {
    const input = this.inputs.at(-1);
    if (!input) throw new Error('startInput must come before rows');
    return input;
  }

  /** Fills the landing columns of the rows that are about to be added. */
  private number(rows: Int32Array, empty: boolean): void {
    const [input, row, isEmpty] = this.stores.slice(-3) as [ColumnStore, ColumnStore, ColumnStore];
    const { place } = this;
    for (let index = 0; index < rows.length; index += 1) {
      const at = this.used + index;
      setInt(input, at, place);
      setInt(row, at, rows[index] as number);
      setInt(isEmpty, at, empty ? 1 : 0);
    }
  }

  private async flush(): Promise<void> {
    if (this.used === 0) return;
    const { stores, used } = this;
    this.stores = [];
    this.used = 0;
    await this.files.add(stores, used);
  }
}
