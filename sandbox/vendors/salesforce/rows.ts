import { modifiedAt, recordById, type TimedRecord } from '../../vendor-kit/timed-record.ts';
import { noColumn, SoqlError } from './errors.ts';
import { deletedAt, type FieldType, isDeleted, isFound, type Org, type OrgObject } from './org.ts';

/** Instants in milliseconds since 1970, days as `2026-11-21`. */
export type Scalar = string | number | boolean | null;

/** A record as it is at an instant. */
export interface Row {
  readonly record: TimedRecord;
  value(field: string): Scalar;
}

/** What a query is asked of. */
export interface Seen {
  readonly org: Org;
  readonly now: number;
  /** With the recycle bin. */
  readonly all: boolean;
}

/** An object of the org, by its name in any case. */
export function objectNamed(org: Org, name: string): readonly [name: string, object: OrgObject] {
  const found = Object.entries(org.objects).find(([each]) => each.toLowerCase() === name.toLowerCase());
  if (found) return found;
  throw new SoqlError('INVALID_TYPE', `sObject type '${name}' is not supported.`);
}

type System = (record: TimedRecord, now: number) => Scalar;
const SYSTEM: Readonly<Record<string, System>> = {
  Id: ({ id }) => id,
  CreatedDate: ({ createdAt }) => createdAt,
  LastModifiedDate: (record, now) => modifiedAt(record, now),
  // It moves with a deletion, too.
  SystemModstamp: (record, now) =>
    isDeleted(record, now) ? (deletedAt(record) as number) : modifiedAt(record, now),
  IsDeleted: (record, now) => isDeleted(record, now),
  MasterRecordId: ({ merged }, now) => (merged && merged.at <= now ? merged.into : null),
};

export function rowOf({ fields }: OrgObject, record: TimedRecord, now: number): Row {
  let versions: ReturnType<TimedRecord['versions']> | undefined;
  return {
    record,
    value(name) {
      const system = SYSTEM[name];
      if (system) return system(record, now);
      versions ??= record.versions();
      const text = versions[name]?.findLast(({ at }) => at <= now)?.value ?? '';
      const type = fields.find((field) => field.name === name)?.type ?? 'string';
      return scalarOf(type, text);
    },
  };
}

/** A checkbox is never empty. */
function scalarOf(type: FieldType, text: string): Scalar {
  if (type === 'boolean') return text === 'true';
  if (text === '') return null;
  if (type === 'int' || type === 'double' || type === 'currency') return Number(text);
  return type === 'datetime' ? Date.parse(text) : text;
}

/** A field of a record, or of one that it refers to. */
export interface Column {
  readonly type: FieldType;
  /** As the org writes them: queries may write them in any case. */
  readonly path: readonly string[];
  of(row: Row): Scalar;
}

/** Finds the field at the end of a path. Throws `INVALID_FIELD` where there is none. */
export function columnAt(seen: Seen, objectName: string, path: readonly string[]): Column {
  const [name, object] = objectNamed(seen.org, objectName);
  const [first = '', ...rest] = path;
  if (rest.length === 0) {
    const field = object.fields.find((each) => each.name.toLowerCase() === first.toLowerCase());
    if (!field) throw noColumn(first, name);
    return { type: field.type, path: [field.name], of: (row) => row.value(field.name) };
  }
  const { field, parent } = parentNamed(object, name, first);
  const inner = columnAt(seen, parent.object, rest);
  return {
    type: inner.type,
    path: [parent.name, ...inner.path],
    of(row) {
      const behind = behindOf(seen, parent.object, row.value(field.name));
      return behind === null ? null : inner.of(behind);
    },
  };
}

function parentNamed(object: OrgObject, name: string, wanted: string) {
  for (const field of object.fields)
    if (field.parent?.name.toLowerCase() === wanted.toLowerCase()) return { field, parent: field.parent };
  throw new SoqlError(
    'INVALID_FIELD',
    `Didn't understand relationship '${wanted}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name (${name}).`,
  );
}

/** The record that a reference leads to; null where it is not seen. */
export function behindOf({ org, now, all }: Seen, objectName: string, id: Scalar): Row | null {
  const [, object] = objectNamed(org, objectName);
  const record = typeof id === 'string' ? recordById(object.records(), id) : undefined;
  return record && isFound(record, now, all) ? rowOf(object, record, now) : null;
}
