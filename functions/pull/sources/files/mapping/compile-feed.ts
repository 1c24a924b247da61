import { plainNumbers, readExact } from '../../../../lake/codec-decimal.ts';
import type { Feed, FieldSource } from '../../../../lake/feed.ts';
import { createStore } from '../../../../lake/landing-columns.ts';
import { derivationsOf } from '../../../../lake/landing-derive.ts';
import { zoneClock } from '../../../../lake/landing-zone.ts';
import { suggestion } from '../../../../lake/nearest.ts';
import { type Column, columnsOf } from '../../../../lake/table.ts';
import { type TableName, tableOf } from '../../../../lake/tables.ts';
import { VigieError } from '../../../../platform/errors.ts';
import type { Cell } from '../records.ts';
import { compileField, type FieldContext } from './compile-field.ts';
import { compileCondition } from './conditions.ts';
import { isUsableFormat } from './dates.ts';
import type { ColumnInput } from './fill-column.ts';
import { scribeOf } from './scribe.ts';
import type { Fill } from './slice.ts';

/** A feed, ready to be applied to records. */
export interface CompiledFeed {
  readonly feed: Feed;
  readonly table: TableName;
  /** The source's columns that are read, in the order of `Slice.positions`. */
  readonly columns: readonly string[];
  /** Of these, the ones whose cells must not be shown. */
  readonly personal: ReadonlySet<string>;
  /** Of these, the ones that a file may lack. */
  readonly optional: ReadonlySet<string>;
  /** One loop for each mapped field, with the field's place in the table. */
  readonly fields: readonly { readonly name: string; readonly place: number; readonly fill: Fill }[];
  /** Whether a record passes the feed's conditions. */
  accepts(row: readonly Cell[], positions: readonly number[]): boolean;
  readonly selective: boolean;
}

/** Checks a feed against its table and compiles it. Throws `FEED_INVALID`. */
export function compileFeed(feed: Feed, companyZone: string): CompiledFeed {
  const table = feed.table as TableName;
  const columns = columnsOf(tableOf(table));
  checkFeed(feed, table, columns);
  const reads: string[] = [];
  const personal = new Set<string>();
  const read = (name: string): ColumnInput => {
    if (!reads.includes(name)) reads.push(name);
    return { name, index: reads.indexOf(name) };
  };
  const zones = { feed: zoneClock(feed.time_zone ?? companyZone), company: zoneClock(companyZone) };
  const { decimal, thousands, dates, timestamps } = feed;
  const context: FieldContext = {
    notation: { numbers: { decimal, thousands }, dates, timestamps, zones },
    read,
    personal: (name) => personal.add(name),
  };
  const fields = columns.flatMap((column, place) => {
    const source = feed.columns[column.name];
    return source === undefined
      ? []
      : [{ name: column.name, place, fill: compileField(column, source, context) }];
  });
  const conditions = feed.where.map((condition) => ({
    input: read(condition.column),
    holds: compileCondition(condition),
  }));
  return {
    ...{
      feed,
      table,
      fields,
      personal,
      optional: optionalColumns(feed, conditions),
      columns: reads,
      selective: conditions.length > 0,
    },
    accepts: (row, positions) =>
      conditions.every(({ input, holds }) => holds(row[positions[input.index] as number])),
  };
}

/** Columns whose every use is marked `optional`. */
function optionalColumns(feed: Feed, conditions: readonly { input: ColumnInput }[]): Set<string> {
  const sources = Object.values(feed.columns);
  const isMarked = (source: FieldSource): boolean =>
    typeof source === 'object' && 'from' in source && source.optional === true;
  const needed = new Set([
    ...sources.filter((source) => !isMarked(source)).flatMap(columnsRead),
    ...conditions.map(({ input }) => input.name),
  ]);
  return new Set(
    sources
      .filter(isMarked)
      .flatMap(columnsRead)
      .filter((name) => !needed.has(name)),
  );
}

const invalid = (feed: Feed, message: string, hint: string, field?: string): VigieError =>
  new VigieError(`feed of ${feed.table} (${feed.path}): ${message}`, {
    code: 'FEED_INVALID',
    hint,
    ...(field === undefined ? {} : { where: { field } }),
  });

function checkFeed(feed: Feed, table: TableName, columns: readonly Column[]): void {
  const names = columns.map(({ name }) => name);
  for (const [name, source] of Object.entries(feed.columns)) {
    const column = columns.find((each) => each.name === name);
    if (!column)
      throw invalid(
        feed,
        `the table has no column \`${name}\``,
        `${suggestion(name, names)} docs/tables.md describes them.`,
        name,
      );
    const problem = problemOf(column, source);
    if (problem !== undefined)
      throw invalid(
        feed,
        `\`${name}\` ${problem}`,
        'Correct it in vigie.yaml; docs/sources/files.md shows every way to fill a column.',
        name,
      );
  }
  for (const format of [feed.dates, feed.timestamps]) {
    if (!isUsableFormat(format)) throw invalid(feed, `\`${format}\` is not a format of dates`, FORMAT_HINT);
  }
  const derived = new Set(derivationsOf(table).map(({ column }) => column));
  const missing = columns.filter(
    ({ name, nullable }) => !nullable && feed.columns[name] === undefined && !derived.has(name),
  );
  if (missing.length === 0) return;
  const list = missing.map(({ name }) => `\`${name}\``).join(', ');
  throw invalid(
    feed,
    `${list} ${missing.length === 1 ? 'is' : 'are'} required and not mapped`,
    'Name the column that holds it under `columns`, or give a `constant`.',
    missing[0]?.name,
  );
}

const FORMAT_HINT =
  'Write it with YYYY, MM and DD (and HH, mm, ss), as `DD.MM.YYYY`; or auto, unix, unix_ms, unix_us.';
const NUMBERS = ['decimal', 'rate', 'integer'];

/** What is wrong with a field's mapping; undefined where nothing is. */
function problemOf(column: Column, source: FieldSource): string | undefined {
  if (typeof source === 'string') return undefined;
  const numeric = NUMBERS.includes(column.kind);
  if (('product' in source || 'difference' in source) && !numeric)
    return `is ${column.kind}: only numbers can be computed`;
  if ('from' in source && source.times !== undefined) {
    if (!numeric) return `is ${column.kind}: only numbers can be multiplied`;
    if (!readExact(source.times, plainNumbers, { mantissa: 0, scale: 0 }))
      return `has \`times: ${source.times}\`, which is not a number`;
  }
  if ('from' in source && source.format !== undefined && !isUsableFormat(source.format))
    return `has the unusable format \`${source.format}\`. ${FORMAT_HINT}`;
  return constantsOf(source)
    .map((value) => refusalOf(column, value))
    .find((reason) => reason !== undefined);
}

/** The source's columns that a field is made from. */
function columnsRead(source: FieldSource): string[] {
  if (typeof source === 'string') return [source];
  if ('from' in source) return [source.from];
  if ('product' in source) return source.product;
  if ('difference' in source) return source.difference;
  if ('join' in source) return source.join;
  if ('cases' in source) return source.cases.map(({ when }) => when.column);
  return 'hash_email' in source ? [source.hash_email] : [];
}

type Constant = string | number | boolean | null;

function constantsOf(source: Exclude<FieldSource, string>): Constant[] {
  if ('constant' in source) return [source.constant];
  if ('cases' in source) return [...source.cases.map(({ then }) => then), source.else];
  return 'from' in source && source.values ? Object.values(source.values) : [];
}

function refusalOf(column: Column, value: Constant): string | undefined {
  if (value === null) return undefined;
  const zones = { feed: zoneClock('UTC'), company: zoneClock('UTC') };
  const write = scribeOf(column, { numbers: plainNumbers, dates: 'auto', timestamps: 'auto', zones });
  const reason = write(String(value), createStore({ name: column.name, kind: column.kind }, 1), 0);
  return reason === undefined ? undefined : `cannot hold \`${value}\`: ${reason}`;
}
