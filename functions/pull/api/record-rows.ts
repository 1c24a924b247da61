import type { CanonicalRow } from '../../lake/landing/writer.ts';
import type { EmptyScope, RowSink } from './source.ts';

/** Rows of one table that wait to be landed, and which record each came from. */
export interface PendingRows {
  readonly rows: CanonicalRow[];
  readonly records: number[];
}

/** Gathers what the mapping says of one record after the other. */
export class RecordRows implements RowSink {
  readonly tables: ReadonlyMap<string, PendingRows>;
  readonly empties: (EmptyScope & { readonly record: number })[] = [];
  /** Records that were skipped, by reason. */
  readonly skipped = new Map<string, number>();
  private record = 0;
  private rowsBefore: readonly number[] = [];
  private emptiesBefore = 0;

  constructor(tables: readonly string[]) {
    this.tables = new Map(tables.map((table) => [table, { rows: [], records: [] }]));
  }

  /** What follows is of this record. */
  begin(record: number): void {
    this.record = record;
    this.rowsBefore = Array.from(this.tables.values(), ({ rows }) => rows.length);
    this.emptiesBefore = this.empties.length;
  }

  row(table: string, row: CanonicalRow): void {
    const pending = this.of(table);
    pending.rows.push(row);
    pending.records.push(this.record);
  }

  empty(table: string, scope: CanonicalRow): void {
    this.of(table);
    this.empties.push({ table, scope, record: this.record });
  }

  skip(reason: string): void {
    this.skipped.set(reason, (this.skipped.get(reason) ?? 0) + 1);
  }

  /** Forgets what the record said so far: it is rejected. */
  takeBack(): void {
    let place = 0;
    for (const pending of this.tables.values()) {
      const length = this.rowsBefore[place++] as number;
      pending.rows.length = length;
      pending.records.length = length;
    }
    this.empties.length = this.emptiesBefore;
  }

  /** What the record said: rows, scopes that are empty, both or nothing. */
  get said(): 'nothing' | 'rows' | 'empties' | 'both' {
    let place = 0;
    let rows = false;
    for (const pending of this.tables.values())
      if (pending.rows.length > (this.rowsBefore[place++] as number)) rows = true;
    if (this.empties.length > this.emptiesBefore) return rows ? 'both' : 'empties';
    return rows ? 'rows' : 'nothing';
  }

  /** Rows that wait, of the table that has the most. */
  get most(): number {
    let most = 0;
    for (const { rows } of this.tables.values()) if (rows.length > most) most = rows.length;
    return most;
  }

  clear(): void {
    for (const pending of this.tables.values()) {
      pending.rows.length = 0;
      pending.records.length = 0;
    }
    this.empties.length = 0;
  }

  private of(table: string): PendingRows {
    const pending = this.tables.get(table);
    if (pending) return pending;
    throw new Error(`the mapping fills ${table}, which its entity does not declare under \`tables\``);
  }
}
