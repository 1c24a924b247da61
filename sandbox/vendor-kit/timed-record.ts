/** A value from an instant on; empty: it was cleared. Instants are milliseconds since 1970. */
export interface Version {
  readonly value: string;
  readonly at: number;
}

/** A record of a CRM with its whole life: a vendor shows of it what is so by now. */
export interface TimedRecord {
  readonly id: string;
  readonly createdAt: number;
  /** Every change of a value, in order: the last one is when it was last modified. */
  readonly changes: readonly number[];
  /** When it went into the recycling bin. */
  readonly archivedAt: number | null;
  /** When another record took it in, and which. */
  readonly merged: { readonly at: number; readonly into: string } | null;
  /** When it was erased: it is nowhere any more. */
  readonly erasedAt: number | null;
  /** The versions of each property that was ever set, oldest first. Made when they are asked for: an account has many. */
  versions(): Readonly<Record<string, readonly Version[]>>;
}

/** When a record was last modified, as seen at an instant. */
export const modifiedAt = ({ changes, createdAt }: TimedRecord, now: number): number =>
  changes.findLast((at) => at <= now) ?? createdAt;

/** A record that nothing ever happens to: a stage, a row of a history, something that was logged. */
export const fixedRecord = (
  id: string,
  createdAt: number,
  values: Readonly<Record<string, string>>,
): TimedRecord => ({
  ...{ id, createdAt, changes: [createdAt], archivedAt: null, merged: null, erasedAt: null },
  versions: () =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [{ value, at: createdAt }]])),
});

const byId = new WeakMap<readonly TimedRecord[], Map<string, TimedRecord>>();

/** The record of an id; the index is made once of each list. */
export function recordById(records: readonly TimedRecord[], id: string): TimedRecord | undefined {
  const known = byId.get(records) ?? new Map(records.map((record) => [record.id, record]));
  byId.set(records, known);
  return known.get(id);
}
