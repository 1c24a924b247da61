import { sqlText } from '../values/sql-text.ts';
import { landingColumns } from './batch.ts';
import { equal, landed, list, type MergeInput, type Superseding, unique } from './merge.ts';
import { inMonths } from './months.ts';

/**
 * Which months of its table a batch concerns, so that its MERGE reads these and no others, however long the history. The
 * months that it names are not enough: a document that moved to another date, or is gone, lies where it was before. So
 * its rows are looked up first, by scope and key, in the few columns that tell where they lie; engines skip the files in
 * which no such key can be, by the least and the largest that the batch has in each month. Decision 0049.
 */

/** A batch of a table that is cut by month: the others are read whole. */
export type DatedMerge = MergeInput & { readonly table: { readonly businessDate: string } };
export const isDated = (merge: MergeInput): merge is DatedMerge => merge.table.businessDate !== undefined;

/** A month of the batch; null: of rows without a date, and of scopes that came back empty. */
export interface BatchMonth {
  readonly month: string | null;
  /** The least and the largest value of each text column by which rows are looked up. */
  readonly spans: Readonly<Record<string, Span>>;
}

interface Span {
  readonly least: string;
  readonly largest: string;
}

/** Where rows are looked up: in which table, by which columns, and what dates the rows found. */
interface Place {
  readonly table: string;
  readonly by: readonly string[];
  readonly dated: string;
  /** By rows alone, not by scopes that came back empty. */
  readonly rowsOnly: boolean;
  /** It is the table that the batch goes to. */
  readonly isTarget: boolean;
}

/** Of more months than these keys are looked up wherever they are: it is a back-fill. */
const MOST_SPANS = 40;
const { empty } = landingColumns;

function placesOf(table: DatedMerge['table'], superseding: Superseding): Place[] {
  const { scope, key, inherits } = table;
  const own = { table: table.name, dated: table.businessDate, isTarget: true };
  // What has a row's key has its scope, where that is a part of it.
  const isWithinKey = scope.every((name) => key.includes(name));
  return [
    { ...own, by: scope, rowsOnly: false },
    ...(isWithinKey ? [] : [{ ...own, by: key, rowsOnly: true }]),
    ...(inherits && superseding.inherits
      ? [{ table: inherits.from, dated: inherits.column, by: [inherits.by], rowsOnly: true, isTarget: false }]
      : []),
  ];
}

/** Before it is known what in a batch supersedes what. */
export const EVERYTHING: Superseding = { scopes: true, keys: true, inherits: true };

/** The text columns that rows are looked up by. */
export const textKeys = ({ table }: DatedMerge, superseding: Superseding): string[] => {
  const looked = unique(...placesOf(table, superseding).map(({ by }) => by));
  return table.columns.flatMap(({ name, kind }) => (kind === 'text' && looked.includes(name) ? [name] : []));
};

const monthOf = (column: string): string => `CAST(date_trunc('month', ${column}) AS date)`;

/**
 * A row a month of the batch: `month`, and the least and the largest of each text column that rows are looked up by. With `width`
 * as if there were so many of these: then statements of several tables have the same columns.
 */
export function batchMonths(merge: DatedMerge, superseding: Superseding, width = 0): string {
  const keys = textKeys(merge, superseding);
  const spans = keys.map((name) => `, min(l.${name}) AS least_${name}, max(l.${name}) AS largest_${name}`);
  for (let at = keys.length; at < width; at += 1)
    spans.push(`, CAST(NULL AS varchar) AS least_${at}, CAST(NULL AS varchar) AS largest_${at}`);
  const { businessDate: dated } = merge.table;
  const month = monthOf(`l.${dated}`);
  return `SELECT ${month} AS month${spans.join('')} FROM (${landed(merge, unique(keys, [dated]))}) AS l GROUP BY ${month}`;
}

/** A row of `batchMonths` as it is used; its columns may bear the names of another table's. */
export function batchMonth(
  merge: DatedMerge,
  superseding: Superseding,
  row: Readonly<Record<string, unknown>>,
): BatchMonth {
  const [month = null, ...ends] = Object.values(row);
  const spans = textKeys(merge, superseding).flatMap((key, at): [string, Span][] => {
    const [least = null, largest = null] = ends.slice(2 * at);
    return least === null ? [] : [[key, { least: String(least), largest: String(largest) }]];
  });
  return { month: month === null ? null : String(month), spans: Object.fromEntries(spans) };
}

/** A row a month in which something of the batch was found: `month` (null: without a date), `held` (1: in its own table). */
export function heldMonths(
  merge: DatedMerge,
  superseding: Superseding,
  months: readonly BatchMonth[],
): string {
  const found = placesOf(merge.table, superseding).map((place) => foundIn(merge, place, months));
  return `SELECT f.month, max(f.held) AS held FROM (\n${found.join('\nUNION ALL\n')}\n) AS f GROUP BY f.month`;
}

function foundIn(merge: DatedMerge, place: Place, months: readonly BatchMonth[]): string {
  const { by, dated, rowsOnly, isTarget } = place;
  const rows = rowsOnly ? ` WHERE NOT l.${empty}` : '';
  const wanted = `SELECT DISTINCT ${list(by, 'l.')} FROM (${landed(merge, by)}) AS l${rows}`;
  return `SELECT ${monthOf(`t.${dated}`)} AS month, ${isTarget ? 1 : 0} AS held FROM ${merge.dialect.table(place.table)} AS t
JOIN (${wanted}) AS b ON ${equal(by, 'b', 't')} WHERE ${boundsOf(place, months)}`;
}

/** What is looked up by its date lies in the batch's months; else by text, between what the batch has of it. */
function boundsOf({ by, dated }: Place, months: readonly BatchMonth[]): string {
  if (by.includes(dated)) return inMonths(`t.${dated}`, monthsOf(months), false);
  const bounds = by.flatMap((name) => {
    const spans = months.flatMap(({ spans: known }) => known[name] ?? []);
    if (spans.length === 0 || spans.length > MOST_SPANS) return [];
    const parts = spans.map(
      ({ least, largest }) => `t.${name} BETWEEN ${sqlText(least)} AND ${sqlText(largest)}`,
    );
    return [`(${parts.join(' OR ')})`];
  });
  return bounds.length === 0 ? '1 = 1' : bounds.join(' AND ');
}

/** The months that a batch names, ascending. */
export const monthsOf = (months: readonly BatchMonth[]): string[] =>
  months.flatMap(({ month }) => (month === null ? [] : [month])).toSorted();
