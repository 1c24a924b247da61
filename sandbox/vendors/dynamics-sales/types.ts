import {
  type EntityType,
  type Navigation,
  navigation,
  type Property,
  type PropertyKind,
} from '../../odata/entity.ts';
import type { ServedSet } from '../../odata/service.ts';
import {
  type Column,
  type Environment,
  isThere,
  type Row,
  rowBehind,
  rowOf,
  type Table,
} from './environment.ts';

/** Entity sets by name: `leads`. */
export type Sets = Readonly<Record<string, ServedSet<Row>>>;

/** The tables as entity sets of OData, as they are by now. */
export function setsOf(environment: Environment, now: () => number): Sets {
  const { tables } = environment;
  const types = new Map<string, EntityType<Row>>();
  const typeOf = (name: string): EntityType<Row> => {
    const type = types.get(name) ?? entityType(name, tables[name] as Table, { tables, typeOf });
    types.set(name, type);
    return type;
  };
  return Object.fromEntries(
    Object.entries(tables).map(([name, table]) => {
      const records = (): Row[] => {
        const at = now();
        return table.records().flatMap((record) => (isThere(record, at) ? [rowOf(record, at)] : []));
      };
      return [table.set, { type: typeOf(name), records, version: now }];
    }),
  );
}

interface Around {
  readonly tables: Environment['tables'];
  typeOf(name: string): EntityType<Row>;
}

function entityType(name: string, table: Table, around: Around): EntityType<Row> {
  const { columns, lists = {} } = table;
  const lookups = columns.filter(({ type }) => type === 'lookup');
  const single = lookups.map((column): [string, Navigation<Row>] => {
    const { target = '' } = column;
    const behind = ({ now, value }: Row): Row[] => {
      const row = rowBehind(around.tables[target] as Table, value(column.name), now);
      return row === null ? [] : [row];
    };
    return [column.name, navigation(false, () => around.typeOf(target), behind)];
  });
  const many = Object.entries(lists).map(([list, { table: other, by }]): [string, Navigation<Row>] => {
    const all = ({ now, value }: Row): Row[] =>
      (value(by)?.split(';') ?? []).flatMap((id) => rowBehind(around.tables[other] as Table, id, now) ?? []);
    return [list, navigation(true, () => around.typeOf(other), all)];
  });
  return {
    ...{ name: `Microsoft.Dynamics.CRM.${name}`, set: table.set, key: ({ record }) => `(${record.id})` },
    ...{ always: [table.key], etag: ({ modified }) => `W/"${modified}"` },
    properties: Object.fromEntries(columns.map((column) => propertyOf(column, table, around))),
    navigations: Object.fromEntries([...single, ...many]),
  };
}

const KINDS: Readonly<Record<Column['type'], PropertyKind>> = {
  ...{ guid: 'text', text: 'text', lookup: 'text', choice: 'int', integer: 'int', boolean: 'boolean' },
  ...{ money: 'decimal', date: 'date', datetime: 'instant' },
};

function propertyOf(column: Column, table: Table, around: Around): [name: string, property: Property<Row>] {
  const { name, type } = column;
  const of = cellOf(column, table);
  const property = { kind: KINDS[type], of };
  if (type === 'guid' || type === 'text') return [name, property];
  if (type !== 'lookup') return [name, { ...property, label: (row) => labelOf(column, of(row)) }];
  const target = around.tables[column.target ?? ''];
  const label = ({ value, now }: Row): string | null => {
    const row = target ? rowBehind(target, value(name), now) : null;
    return row?.value(target?.named ?? '') ?? null;
  };
  return [`_${name}_value`, { ...property, label }];
}

type Value = string | number | boolean | null;

function cellOf({ name, type }: Column, { key }: Table): (row: Row) => Value {
  if (name === key) return ({ record }) => record.id;
  if (name === 'createdon') return ({ record }) => record.createdAt;
  if (name === 'modifiedon') return ({ modified }) => modified;
  return ({ value }) => {
    const text = value(name);
    if (text === null) return null;
    if (type === 'boolean') return text === 'true';
    if (type === 'integer' || type === 'choice') return Number(text);
    return type === 'date' || type === 'datetime' ? Date.parse(text) : text;
  };
}

/** As the application user sees it, in English. */
function labelOf({ type, options = {} }: Column, value: Value): string | null {
  if (value === null) return null;
  if (type === 'choice') return options[value as number] ?? null;
  if (type === 'boolean') return value === true ? 'Yes' : 'No';
  if (type === 'date' || type === 'datetime') {
    const [day = '', time = ''] = new Date(value as number).toISOString().split(/[TZ]/);
    return type === 'date' ? day : `${day} ${time.slice(0, 5)}`;
  }
  return Number(value).toLocaleString('en');
}
