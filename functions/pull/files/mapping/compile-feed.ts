import { type Condition, type Feed, type FieldSource, quotationColumns } from '../../../lake/company/feed.ts';
import type { TableDefinition } from '../../../lake/tables/table.ts';
import { numberFormat } from '../../../lake/values/read-decimal.ts';
import { zoneClock } from '../../../lake/values/zone.ts';
import type { Cell } from '../records.ts';
import type { Accepts, Aggregate } from './aggregates.ts';
import { checkFeed } from './check-feed.ts';
import { compileField } from './compile-field.ts';
import { compileCondition } from './conditions.ts';
import type { FieldContext } from './field-context.ts';
import type { ColumnInput } from './fill-column.ts';
import type { Grouping } from './grouping.ts';
import type { Fill } from './slice.ts';

/** A feed, ready to be applied to records. */
export interface CompiledFeed {
  readonly feed: Feed;
  readonly table: TableDefinition;
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
  /** Whether a field is made of the record's number. */
  readonly numbered: boolean;
  /** How records become one; undefined where each stands for itself. */
  readonly grouping: Grouping | undefined;
}

/** Checks a feed against its table and compiles it. Throws `FEED_INVALID`. */
export function compileFeed(feed: Feed, table: TableDefinition, companyZone: string): CompiledFeed {
  const { columns } = table;
  checkFeed(feed, table);
  const reads: string[] = [];
  const personal = new Set<string>();
  const read = (name: string): ColumnInput => {
    if (!reads.includes(name)) reads.push(name);
    return { name, index: reads.indexOf(name) };
  };
  const aggregates: Aggregate[] = [];
  const zones = { feed: zoneClock(feed.time_zone ?? companyZone), company: zoneClock(companyZone) };
  const { decimal, thousands, dates, timestamps } = feed;
  const context: FieldContext = {
    notation: { numbers: numberFormat(decimal, thousands), dates, timestamps, zones },
    read,
    personal: (name) => personal.add(name),
    accepts: (conditions) => acceptsAll(conditions, read),
    gathered(name, aggregate) {
      const place = aggregates.push(aggregate) - 1;
      // Answers stand behind the columns, whose number is known when all fields are compiled.
      return {
        name,
        get index() {
          return reads.length + place;
        },
      };
    },
  };
  const fields = columns.flatMap((column, place) => {
    const source = feed.columns[column.name];
    return source === undefined
      ? []
      : [{ name: column.name, place, fill: compileField(column, source, context) }];
  });
  const accepts = acceptsAll(feed.where, read);
  const keys = feed.group_by?.map((name) => read(name).index);
  return {
    ...{
      feed,
      table,
      fields,
      personal,
      optional: optionalColumns(feed),
      columns: reads,
      grouping: keys && { keys, aggregates },
      selective: feed.where.length > 0,
      numbered: Object.values(feed.columns).some(
        (source) => typeof source === 'object' && 'row_number' in source,
      ),
    },
    accepts,
  };
}

/** Whether a record fulfils all conditions; their columns are read. */
function acceptsAll(conditions: readonly Condition[], read: (name: string) => ColumnInput): Accepts {
  const tests = conditions.map((condition) => ({
    input: read(condition.column),
    holds: compileCondition(condition),
  }));
  return (row, positions) => tests.every(({ input, holds }) => holds(row[positions[input.index] as number]));
}

/** Columns whose every use says that they may be missing. */
function optionalColumns(feed: Feed): Set<string> {
  const sources = Object.values(feed.columns);
  const needed = new Set([
    ...sources.flatMap((source) => {
      const mayLack = mayBeMissing(source);
      return columnsRead(source).filter((name) => !mayLack.includes(name));
    }),
    ...feed.where.map(({ column }) => column),
    ...sources.flatMap(columnsAsked),
    ...(feed.group_by ?? []),
  ]);
  return new Set(sources.flatMap(mayBeMissing).filter((name) => !needed.has(name)));
}

function mayBeMissing(source: FieldSource): string[] {
  if (typeof source === 'string') return [];
  if ('join' in source) return source.may_lack;
  return 'from' in source && source.optional === true ? [source.from] : [];
}

/** The source's columns that a field is made from. */
function columnsRead(source: FieldSource): string[] {
  if (typeof source === 'string') return [source];
  if ('from' in source) return [source.from];
  if ('product' in source) return source.product;
  if ('difference' in source) return source.difference;
  if ('quote' in source) return quotationColumns(source).map(({ column }) => column);
  if ('join' in source) return source.join;
  if ('cases' in source) return source.cases.map(({ when }) => when.column);
  return 'hash_email' in source ? [source.hash_email] : [];
}

/** The source's columns that are asked about the records of a group. */
function columnsAsked(source: FieldSource): string[] {
  if (typeof source === 'string') return [];
  if ('any' in source) return [source.any.column];
  if ('none' in source) return [source.none.column];
  if ('count' in source) return source.count === 'records' ? [] : [source.count.column];
  return 'from' in source ? [source.when ?? []].flat().map(({ column }) => column) : [];
}
