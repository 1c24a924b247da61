import { derivationsOf } from '../landing/derive.ts';
import { isRequired, type TableDefinition } from '../tables/table.ts';
import type { Tables } from '../tables/tables.ts';
import { suggestion } from '../values/nearest.ts';
import type { Mistake, Path } from '../yaml/mistake.ts';
import { valueAt } from '../yaml/raw.ts';
import { isRecord, show } from '../yaml/words.ts';
import { patternProblem } from './cell-pattern.ts';
import { type Condition, type Feed, type FieldSource, feedSchema, quotationColumns } from './feed.ts';

/** What the schema cannot see of a feed: the table's columns, and how the settings agree with one another. */
export function feedMistakes(raw: unknown, path: Path, tables: Tables): Mistake[] {
  const name = valueAt(raw, ['table']);
  const mapped = valueAt(raw, ['columns']);
  if (typeof name === 'string' && !tables.has(name))
    return [
      {
        path: [...path, 'table'],
        message: `there is no table ${show(name)}; ${suggestion(name, tables.names)}`,
      },
    ];
  const table = typeof name === 'string' ? tables.table(name) : undefined;
  const names =
    table && isRecord(mapped)
      ? [
          ...unknownColumns(table, Object.keys(mapped), path),
          ...missingColumns(table, Object.keys(mapped), path),
        ]
      : [];
  const parsed = feedSchema.safeParse(raw);
  return table && parsed.success
    ? [...names, ...valueMistakes(parsed.data, table, path), ...settingMistakes(parsed.data, path)]
    : names;
}

function unknownColumns(table: TableDefinition, names: readonly string[], path: Path): Mistake[] {
  const known = table.columns.map((column) => column.name);
  return names
    .filter((name) => !known.includes(name))
    .map((name) => ({
      path: [...path, 'columns', name],
      atKey: true,
      message: `the table ${table.name} has no such column; ${suggestion(name, known)}`,
    }));
}

function missingColumns(table: TableDefinition, names: readonly string[], path: Path): Mistake[] {
  const have = new Set(names);
  // In order: a derivation may build on one before it.
  for (const { column, from } of derivationsOf(table))
    if (from.every((name) => have.has(name))) have.add(column);
  const missing = table.columns.filter((column) => isRequired(table, column) && !have.has(column.name));
  return missing.map((column) => ({
    path: [...path, 'columns'],
    message: `\`${column.name}\` of ${table.name} is needed and not mapped (${[column.kind, column.description].filter((words) => words !== '').join(': ')})`,
  }));
}

/** Values written in the mapping that a column with a closed list does not take. */
function valueMistakes(feed: Feed, { columns }: TableDefinition, path: Path): Mistake[] {
  return Object.entries(feed.columns).flatMap(([name, source]): Mistake[] => {
    const allowed = columns.find((each) => each.name === name)?.values;
    if (!allowed) return [];
    return literalsOf(source)
      .filter(({ value }) => value !== null && !allowed.includes(String(value)))
      .map(({ at, value }) => ({
        path: [...path, 'columns', name, ...at],
        message: `${show(value)} is not a value of ${feed.table}.${name}; ${suggestion(String(value), allowed)}`,
      }));
  });
}

/** Every value that a field source writes itself, with its place below the field. */
function literalsOf(source: FieldSource): { readonly at: Path; readonly value: unknown }[] {
  if (typeof source === 'string') return [];
  if ('constant' in source) return [{ at: ['constant'], value: source.constant }];
  if ('cases' in source) {
    const cases = source.cases.map((each, index) => ({ at: ['cases', index, 'then'], value: each.then }));
    return [...cases, { at: ['else'], value: source.else }];
  }
  if (!('from' in source)) return [];
  const values = Object.entries(source.values ?? {}).map(([word, value]) => ({
    at: ['values', word],
    value,
  }));
  return source.default === undefined ? values : [...values, { at: ['default'], value: source.default }];
}

function settingMistakes(feed: Feed, path: Path): Mistake[] {
  const mistakes: Mistake[] = [];
  if (feed.thousands === feed.decimal) {
    mistakes.push({
      path: [...path, 'thousands'],
      message: `"${feed.thousands}" cannot both group thousands and begin the decimals`,
    });
  }
  if (feed.time_zone !== undefined && !isTimeZone(feed.time_zone)) {
    mistakes.push({
      path: [...path, 'time_zone'],
      message: `${show(feed.time_zone)} is not an IANA time zone such as Europe/Paris`,
    });
  }
  for (const { at, condition } of conditionsOf(feed)) {
    if (condition.matches === undefined) continue;
    const why = patternProblem(condition.matches);
    if (why)
      mistakes.push({
        path: [...path, ...at, 'matches'],
        message: `${show(condition.matches)} is no regular expression: ${why}`,
      });
  }
  return [
    ...mistakes,
    ...unpivotMistakes(feed, path),
    ...timesMistakes(feed, path),
    ...headerMistakes(feed, path),
  ];
}

function unpivotMistakes({ unpivot }: Feed, path: Path): Mistake[] {
  if (!unpivot) return [];
  const at = [...path, 'unpivot'];
  const { name, value, columns } = unpivot;
  const same =
    name === value
      ? [{ path: [...at, 'value'], message: 'what a cell is called cannot be what its heading is called' }]
      : [];
  const why = columns?.matches === undefined ? undefined : patternProblem(columns.matches);
  if (!why) return same;
  const message = `${show(columns?.matches)} is no regular expression: ${why}`;
  return [...same, { path: [...at, 'columns', 'matches'], message }];
}

const timesMistakes = (feed: Feed, path: Path): Mistake[] =>
  Object.entries(feed.columns).flatMap(([name, source]) =>
    typeof source !== 'string' &&
    'from' in source &&
    source.times !== undefined &&
    !/^-?\d+(\.\d+)?$/.test(source.times)
      ? [
          {
            path: [...path, 'columns', name, 'times'],
            message: `${show(source.times)} is not a decimal number such as "0.000001"`,
          },
        ]
      : [],
  );

/** With the header written in the feed, a column that it does not have can be told before any file is read. */
function headerMistakes(feed: Feed, path: Path): Mistake[] {
  const { header, unpivot } = feed;
  if (!header) return [];
  const known = new Set([...header, ...(unpivot ? [unpivot.name, unpivot.value] : [])]);
  return columnsRead(feed)
    .filter(({ column }) => !known.has(column))
    .map(({ at, column }) => ({
      path: [...path, ...at],
      message: `the feed’s header has no column ${show(column)}; ${suggestion(column, header)}`,
    }));
}

/** Every column of the file that a feed reads, with the place that says so. */
function columnsRead(feed: Feed): { readonly at: Path; readonly column: string }[] {
  const conditions = conditionsOf(feed).map(({ at, condition }) => ({
    at: [...at, 'column'],
    column: condition.column,
  }));
  const fields = Object.entries(feed.columns).flatMap(([name, source]) => {
    const at = ['columns', name];
    if (typeof source === 'string') return [{ at, column: source }];
    if ('from' in source) return [{ at: [...at, 'from'], column: source.from }];
    if ('hash_email' in source) return [{ at: [...at, 'hash_email'], column: source.hash_email }];
    if ('product' in source)
      return source.product.map((column, index) => ({ at: [...at, 'product', index], column }));
    if ('difference' in source)
      return source.difference.map((column, index) => ({ at: [...at, 'difference', index], column }));
    if ('quote' in source)
      return quotationColumns(source).map(({ under, column }) => ({ at: [...at, ...under], column }));
    if ('join' in source) return source.join.map((column, index) => ({ at: [...at, 'join', index], column }));
    return [];
  });
  return [...fields, ...conditions];
}

function conditionsOf(feed: Feed): { readonly at: Path; readonly condition: Condition }[] {
  const where = feed.where.map((condition, index) => ({ at: ['where', index] as Path, condition }));
  const fields = Object.entries(feed.columns).flatMap(([name, source]) =>
    fieldConditions(source).map(({ at, condition }) => ({ at: ['columns', name, ...at], condition })),
  );
  return [...where, ...fields];
}

/** Every condition of a field, with its place below it. */
function fieldConditions(source: FieldSource): { readonly at: Path; readonly condition: Condition }[] {
  if (typeof source === 'string') return [];
  if ('cases' in source)
    return source.cases.map((each, index) => ({ at: ['cases', index, 'when'], condition: each.when }));
  if ('any' in source) return [{ at: ['any'], condition: source.any }];
  if ('none' in source) return [{ at: ['none'], condition: source.none }];
  if ('count' in source)
    return source.count === 'records' ? [] : [{ at: ['count'], condition: source.count }];
  if (!('from' in source) || source.when === undefined) return [];
  const { when } = source;
  return Array.isArray(when)
    ? when.map((condition, index) => ({ at: ['when', index], condition }))
    : [{ at: ['when'], condition: when }];
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
