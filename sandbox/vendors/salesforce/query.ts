import { groupedBy } from '../../vendor-kit/grouped.ts';
import { testOf } from './conditions.ts';
import { SoqlError } from './errors.ts';
import { childrenOf, isFound, type OrgObject } from './org.ts';
import {
  behindOf,
  type Column,
  columnAt,
  objectNamed,
  type Row,
  rowOf,
  type Scalar,
  type Seen,
} from './rows.ts';
import type { Item, Order, Query } from './soql.ts';

/** What a query found: it stays as it was found, however long its pages are asked for. */
export interface Found {
  readonly rows: readonly Row[];
  /** A record in the form of the answer. `below`: a list that belongs to it, for which it may have pages of its own. */
  write(row: Row, below: (name: string, list: Found) => unknown): unknown;
  /** How many records lie in lists below one: they count on a page, too. */
  below(row: Row): number;
}

/** Answers a query on an org. Throws `SoqlError`. */
export function find(seen: Seen, query: Query): Found {
  const [name, object] = objectNamed(seen.org, query.from);
  return among(seen, query, { name, object, records: object.records() });
}

interface Source {
  readonly name: string;
  readonly object: OrgObject;
  readonly records: ReturnType<OrgObject['records']>;
}

function among(seen: Seen, query: Query, { name, object, records }: Source): Found {
  const { now, all } = seen;
  const test = query.where === null ? undefined : testOf(seen, name, query.where);
  const writer = query.counts ? undefined : writerOf(seen, name, object, query.select);
  const rows: Row[] = [];
  for (const record of records) {
    if (!isFound(record, now, all)) continue;
    const row = rowOf(object, record, now);
    if (test === undefined || test(row)) rows.push(row);
  }
  const sorted = inOrder(rows, orderOf(seen, name, query.order));
  const end = query.limit === null ? sorted.length : query.offset + query.limit;
  return {
    rows: sorted.slice(query.offset, end),
    write: writer?.write ?? (() => ({})),
    below: writer?.below ?? (() => 0),
  };
}

type Key = Order & { readonly column: Column };

const orderOf = (seen: Seen, name: string, order: readonly Order[]): Key[] =>
  order.map((each) => ({ ...each, column: columnAt(seen, name, each.path) }));

/** Nulls come first, unless the query says otherwise. */
function inOrder(rows: Row[], keys: readonly Key[]): Row[] {
  const compare = (one: Scalar, two: Scalar, { descends, nullsLast }: Key): number => {
    if (one === two) return 0;
    if (one === null || two === null) return (one === null) === nullsLast ? 1 : -1;
    return (one < two ? -1 : 1) * (descends ? -1 : 1);
  };
  return rows.toSorted((a, b) => {
    for (const key of keys) {
      const difference = compare(key.column.of(a), key.column.of(b), key);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

/** A part of a record's answer. */
type Part = (
  row: Row,
  below: (name: string, list: Found) => unknown,
) => readonly [name: string, value: unknown];
type Fields = Extract<Item, { kind: 'field' }>;

function writerOf(
  seen: Seen,
  name: string,
  object: OrgObject,
  select: readonly Item[],
): Pick<Found, 'write' | 'below'> {
  const lists = select
    .filter((item) => item.kind === 'children')
    .map(({ query }) => childList(seen, object, query));
  const parts = [
    ...fieldParts(
      seen,
      name,
      select.filter((item) => item.kind === 'field'),
    ),
    ...lists.map(
      ({ name: list, of }): Part =>
        (row, below) => {
          const found = of(row);
          return [list, found.rows.length === 0 ? null : below(list, found)];
        },
    ),
  ];
  return {
    write: (row, below) => ({
      attributes: { type: name, url: `/services/data/v68.0/sobjects/${name}/${row.record.id}` },
      ...Object.fromEntries(parts.map((part) => part(row, below))),
    }),
    below: (row) => lists.reduce((sum, { of }) => sum + of(row).rows.length, 0),
  };
}

/** Fields in the order they are asked for; those of one record behind a reference together. */
function fieldParts(seen: Seen, name: string, fields: readonly Fields[]): Part[] {
  const groups = groupedBy(fields, ({ path }) =>
    path.length === 1 ? `=${path[0]}` : path[0]?.toLowerCase(),
  );
  return [...groups.values()].map((group) => {
    const [{ path }] = group as [Fields];
    const column = columnAt(seen, name, path);
    if (path.length === 1) return (row) => [column.path[0] as string, written(column, row)];
    return parentPart(seen, name, column.path[0] as string, group);
  });
}

function parentPart(seen: Seen, name: string, parent: string, group: readonly Fields[]): Part {
  const [, object] = objectNamed(seen.org, name);
  const field = object.fields.find((each) => each.parent?.name === parent);
  const target = field?.parent?.object ?? '';
  const [, behind] = objectNamed(seen.org, target);
  const inner = group.map(({ path }): Item => ({ kind: 'field', path: path.slice(1) }));
  const { write } = writerOf(seen, target, behind, inner);
  return (row, below) => {
    const found = behindOf(seen, target, row.value(field?.name ?? ''));
    return [parent, found === null ? null : write(found, below)];
  };
}

function childList(seen: Seen, object: OrgObject, query: Query) {
  const found = Object.entries(object.children).find(
    ([each]) => each.toLowerCase() === query.from.toLowerCase(),
  );
  if (!found)
    throw new SoqlError(
      'INVALID_TYPE',
      `Didn't understand relationship '${query.from}' in FROM part of query call.`,
    );
  const [list, { object: child, by }] = found;
  const [, its] = objectNamed(seen.org, child);
  const own = { ...query, from: child };
  // Mistakes are told of a query whose records have no children, too.
  among(seen, own, { name: child, object: its, records: [] });
  const of = (row: Row): Found =>
    among(seen, own, { name: child, object: its, records: childrenOf(its, by, row.record.id) });
  return { name: list, of: remembering(of) };
}

/** A list is asked for twice: to see how many fit on a page, and to write it. */
function remembering(of: (row: Row) => Found): (row: Row) => Found {
  const known = new WeakMap<Row, Found>();
  return (row) => {
    const found = known.get(row) ?? of(row);
    known.set(row, found);
    return found;
  };
}

/** `2026-11-21T09:30:00.000+0000`. */
function written(column: Column, row: Row): Scalar {
  const value = column.of(row);
  return column.type === 'datetime' && typeof value === 'number'
    ? new Date(value).toISOString().replace('Z', '+0000')
    : value;
}
