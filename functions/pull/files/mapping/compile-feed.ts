import type { Condition, Feed } from '../../../lake/company/feed.ts';
import type { TableDefinition } from '../../../lake/tables/table.ts';
import { numberFormat } from '../../../lake/values/read-decimal.ts';
import { zoneClock } from '../../../lake/values/zone.ts';
import type { Cell } from '../records.ts';
import type { Accepts, Aggregate } from './aggregates.ts';
import { checkFeed } from './check-feed.ts';
import { optionalColumns } from './columns-read.ts';
import { compileField } from './compile-field.ts';
import { compileCondition } from './conditions.ts';
import type { FieldContext } from './field-context.ts';
import type { ColumnInput } from './fill-column.ts';
import type { Grouping } from './grouping.ts';
import type { Fill } from './slice.ts';
import { compileUnpivot, type Unpivoting } from './unpivot.ts';

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
  /** How the cells of a wide file become rows; undefined where its rows are the records. */
  readonly unpivot: Unpivoting | undefined;
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
      unpivot: feed.unpivot && compileUnpivot({ feed, table, reads, fields }, feed.unpivot),
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
