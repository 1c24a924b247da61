import { modifiedAt, recordById, type TimedRecord } from '../../vendor-kit/timed-record.ts';

/** What a Dataverse environment holds, in time: the vendor shows of it what is so by now. */
export interface Environment {
  /** GUIDs of the organization, of the application user that asks, and of its business unit. */
  readonly organization: string;
  readonly user: string;
  readonly businessUnit: string;
  /** Entra tenant. */
  readonly tenant: string;
  /** By logical name: `lead`. */
  readonly tables: Readonly<Record<string, Table>>;
}

export interface Table {
  /** Entity set: `leads`. */
  readonly set: string;
  /** Column of the key: `leadid`. */
  readonly key: string;
  /** Column whose value stands for a record where another refers to it; it is no person's that is asked for. */
  readonly named?: string;
  readonly columns: readonly Column[];
  /** Relations of many to many: the other table, and the column that holds its GUIDs, separated by semicolons. */
  readonly lists?: Readonly<Record<string, { readonly table: string; readonly by: string }>>;
  records(): readonly TimedRecord[];
}

export type ColumnType =
  | 'guid'
  | 'text'
  | 'choice'
  | 'lookup'
  | 'boolean'
  | 'integer'
  | 'money'
  | 'date'
  | 'datetime';

export interface Column {
  /** Logical name; of a lookup `ownerid`, whose value is `_ownerid_value`. */
  readonly name: string;
  readonly label: string;
  readonly type: ColumnType;
  /** Of a choice: labels by value. */
  readonly options?: Readonly<Record<number, string>>;
  /** Of a lookup: the table that it leads to. */
  readonly target?: string;
}

/** A record as it is at an instant; values as text, null where there is none. */
export interface Row {
  readonly record: TimedRecord;
  readonly now: number;
  value(column: string): string | null;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** Deleted is gone. A lead that was merged stays. */
export const isThere = ({ createdAt, archivedAt, erasedAt }: TimedRecord, now: number): boolean =>
  createdAt <= now && !(archivedAt !== null && archivedAt <= now) && !(erasedAt !== null && erasedAt <= now);

/**
 * What Dataverse writes when a lead is merged into another: it is deactivated, and says so.
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/webapi/merge-table-rows
 */
const MERGED: Readonly<Record<string, string>> = { merged: 'true', statecode: '2', statuscode: '7' };

export function rowOf(record: TimedRecord, now: number): Row {
  let versions: ReturnType<TimedRecord['versions']> | undefined;
  const { merged } = record;
  const isMerged = merged !== null && merged.at <= now;
  return {
    ...{ record, now, modified: isMerged ? merged.at : modifiedAt(record, now) },
    value(column) {
      if (isMerged && MERGED[column] !== undefined) return MERGED[column];
      if (isMerged && column === 'masterid') return merged.into;
      versions ??= record.versions();
      const text = versions[column]?.findLast(({ at }) => at <= now)?.value ?? '';
      return text === '' ? null : text;
    },
  };
}

/** The record of a GUID as it is now; null where there is none any more. */
export function rowBehind(table: Table, id: string | null, now: number): Row | null {
  const record = id === null ? undefined : recordById(table.records(), id);
  return record && isThere(record, now) ? rowOf(record, now) : null;
}
