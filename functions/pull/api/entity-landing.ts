import { GROUP_ROWS } from '../../lake/landing/columns.ts';
import type { Rejection } from '../../lake/landing/rejects.ts';
import { understood } from '../../platform/errors.ts';
import { FieldError, RecordReader, sampleOf } from './record-reader.ts';
import { RecordRows } from './record-rows.ts';
import { inputFingerprint, inputName } from './slices.ts';
import type { Entity, MapContext, RawPage, Slice } from './source.ts';
import type { RowRefusal, TableLanding } from './table-landing.ts';

/** So many rows of a table are landed together: few enough to stay in the processor's cache. */
const ROUND_ROWS = 8192;

export interface TalliedReason {
  readonly count: number;
  readonly first: Rejection;
}

/** How many records an entity gave, and why some were refused. */
export interface Tally {
  records: number;
  rejected: number;
  readonly reasons: Map<string, TalliedReason>;
}

export const newTally = (): Tally => ({ records: 0, rejected: 0, reasons: new Map() });

/** Why a record is out. */
interface Refusal {
  readonly field: string;
  readonly value: unknown;
  readonly reason: string;
}

/**
 * Maps the records of an entity and lands their rows. All rows of a record are taken, or none, in whatever tables they
 * are. Of two records with the same scope in a reading by change, the later one has the last word.
 */
export class EntityLanding {
  readonly tally: Tally = newTally();
  private readonly entity: Entity;
  private readonly tables: ReadonlyMap<string, TableLanding>;
  private readonly rows: RecordRows;
  private readonly isChange: boolean;
  private context: MapContext | undefined;
  private records: readonly unknown[] = [];
  private place = '';
  private lastSaid: RecordRows['said'] = 'nothing';

  constructor(entity: Entity, tables: ReadonlyMap<string, TableLanding>) {
    this.entity = entity;
    this.tables = new Map(entity.tables.map((table) => [table, tables.get(table) as TableLanding]));
    this.rows = new RecordRows(entity.tables);
    this.isChange = entity.reading.by === 'change';
  }

  /** Begins a slice. `again`: it was begun before and broke off, so what it gave then counts no more. */
  begin(slice: Slice, settings: unknown, again: boolean): void {
    const input = {
      name: inputName(slice),
      fingerprint: inputFingerprint(slice),
      date: slice.to ?? slice.asOf,
    };
    const scopes = new Set(this.entity.scopes?.(settings, slice).map(({ table }) => table));
    for (const table of this.tables.values()) {
      table.startInput(input);
      if (again) table.supersede();
      if (scopes.has(table.table)) table.watchScopes();
    }
    this.rows.clear();
  }

  /** Lands the records of a page. */
  async page(
    page: RawPage,
    records: readonly unknown[],
    context: Omit<MapContext, 'page'>,
    number: number,
  ): Promise<void> {
    this.context = { ...context, page };
    this.records = records;
    this.place = `${inputName(context.slice)} page ${number}`;
    if (this.isChange) this.supersede();
    for (let index = 0; index < records.length; index += 1) {
      this.tally.records += 1;
      const refusal = await this.take(index);
      if (refusal) await this.reject(index, refusal, undefined);
      if (this.rows.most >= ROUND_ROWS) await this.flush();
    }
    await this.flush();
  }

  /** Ends a slice: scopes of which nothing came are emptied. */
  async end(slice: Slice, settings: unknown): Promise<void> {
    for (const { table, scope } of this.entity.scopes?.(settings, slice) ?? [])
      await this.tables.get(table)?.emptyUnseen(scope);
  }

  /** What was counted so far; for `restore`, where a slice has to be read anew. */
  counts(): Tally {
    return { ...this.tally, reasons: new Map(this.tally.reasons) };
  }

  restore({ records, rejected, reasons }: Tally): void {
    this.tally.records = records;
    this.tally.rejected = rejected;
    this.tally.reasons.clear();
    for (const [key, reason] of reasons) this.tally.reasons.set(key, reason);
  }

  get skipped(): ReadonlyMap<string, number> {
    return this.rows.skipped;
  }

  /** Maps a record; why not, where it cannot. */
  private async take(index: number): Promise<Refusal | undefined> {
    const refusal = this.map(index);
    if (refusal || !this.isChange) return refusal;
    const { said } = this.rows;
    if (said === 'nothing') return undefined;
    if (this.lastSaid !== 'nothing' && (said === 'both' || said !== this.lastSaid)) {
      // A deletion and a document must not stand in one place: which came later would be lost.
      this.rows.takeBack();
      await this.flush();
      this.supersede();
      this.map(index);
    }
    this.lastSaid = said;
    return undefined;
  }

  private map(index: number): Refusal | undefined {
    const { rows } = this;
    rows.begin(index);
    try {
      this.entity.map(new RecordReader(this.records[index]), rows, this.context as MapContext);
      if (rows.most <= GROUP_ROWS) return undefined;
      rows.takeBack();
      return { field: '(record)', value: null, reason: `has more than ${GROUP_ROWS - ROUND_ROWS} rows` };
    } catch (error) {
      rows.takeBack();
      if (error instanceof FieldError)
        return { field: error.field || '(record)', value: error.value, reason: error.reason };
      // A mapping that a record breaks loses that record, not the table.
      return { field: '(record)', value: null, reason: understood(error).message };
    }
  }

  private supersede(): void {
    for (const table of this.tables.values()) table.supersede();
    this.lastSaid = 'nothing';
  }

  private async flush(): Promise<void> {
    const out = new Map<number, { readonly refusal: RowRefusal; readonly table: string }>();
    for (const [name, pending] of this.rows.tables) {
      const refusals = await this.landing(name).fill(pending);
      for (const refusal of refusals) {
        const record = pending.records[refusal.row] as number;
        if (!out.has(record)) out.set(record, { refusal, table: name });
      }
    }
    for (const [name, pending] of this.rows.tables)
      this.landing(name).commit(pending, (record) => out.size > 0 && out.has(record));
    for (const { table, scope, record } of this.rows.empties)
      if (!out.has(record)) await this.landing(table).empty(scope);
    this.rows.clear();
    for (const [record, { refusal, table }] of out) {
      const { column, value, reason } = refusal;
      await this.reject(record, { field: `${table}.${column}`, value, reason }, table);
    }
  }

  private landing(table: string): TableLanding {
    return this.tables.get(table) as TableLanding;
  }

  private async reject(
    index: number,
    { field, value, reason }: Refusal,
    table: string | undefined,
  ): Promise<void> {
    const raw = this.records[index];
    const rejection: Rejection = {
      input: this.place,
      line: index + 1,
      column: field,
      value: sampleOf(value),
      reason,
      raw: typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>) : { record: raw },
    };
    this.tally.rejected += 1;
    // A field of a list is one field, wherever in the list it stands.
    const key = `${field.replaceAll(/\[\d+\]/g, '[]')}\n${reason}`;
    const known = this.tally.reasons.get(key);
    this.tally.reasons.set(key, { count: (known?.count ?? 0) + 1, first: known?.first ?? rejection });
    await this.landing(table ?? (this.entity.tables[0] as string)).batch.reject(rejection);
  }
}
