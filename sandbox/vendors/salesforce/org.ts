import { groupedBy } from '../../vendor-kit/grouped.ts';
import type { TimedRecord } from '../../vendor-kit/timed-record.ts';

/** What a Salesforce org holds, in time: the vendor shows of it what is so by now. */
export interface Org {
  /** 18 characters: `00D5g0000000001EAA`. */
  readonly id: string;
  readonly objects: Readonly<Record<string, OrgObject>>;
}

export interface OrgObject {
  readonly label: string;
  readonly fields: readonly OrgField[];
  /** Lists of records that belong to one, by what queries call them: `OpportunityHistories`. */
  readonly children: Readonly<Record<string, { readonly object: string; readonly by: string }>>;
  /** By rising id. A field that has a version is set from then on; system fields are known without one. */
  records(): readonly TimedRecord[];
}

export type FieldType =
  | 'id'
  | 'reference'
  | 'string'
  | 'picklist'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'date'
  | 'datetime';

export interface OrgField {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  /** Of a reference: what queries call the record behind it, and of which object it is. */
  readonly parent?: { readonly name: string; readonly object: string };
}

/** A deleted record stays in the recycle bin for so long. https://help.salesforce.com/s/articleView?id=sf.home_delete.htm */
const BIN_MS = 15 * 86_400_000;

export const deletedAt = ({ archivedAt, merged }: TimedRecord): number | null =>
  archivedAt ?? merged?.at ?? null;

export const isDeleted = (record: TimedRecord, now: number): boolean => {
  const at = deletedAt(record);
  return at !== null && at <= now;
};

/** Whether queries find a record: `all`, with the recycle bin. */
export function isFound(record: TimedRecord, now: number, all: boolean): boolean {
  const { createdAt, erasedAt } = record;
  if (createdAt > now || (erasedAt !== null && erasedAt <= now)) return false;
  return !isDeleted(record, now) || (all && now - (deletedAt(record) as number) < BIN_MS);
}

const byParent = new WeakMap<readonly TimedRecord[], Map<string, TimedRecord[]>>();

/** Records by the one they belong to, which they never change. */
export function childrenOf(object: OrgObject, by: string, id: string): readonly TimedRecord[] {
  const records = object.records();
  const known = byParent.get(records) ?? groupedBy(records, (record) => parentOf(record, by));
  byParent.set(records, known);
  return known.get(id) ?? [];
}

const parentOf = (record: TimedRecord, by: string): string => record.versions()[by]?.[0]?.value ?? '';
