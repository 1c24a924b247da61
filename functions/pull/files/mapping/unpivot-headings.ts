import type { Feed, Unpivot } from '../../../lake/company/feed.ts';
import { type ColumnStore, createStore } from '../../../lake/landing/columns.ts';
import type { Column, TableDefinition } from '../../../lake/tables/table.ts';
import { sampleOf } from '../../sample.ts';
import { fileError } from '../file-errors.ts';
import { bestFormat } from '../known-formats.ts';
import { remedyFor, yamlWord } from '../remedy.ts';
import { columnsRead, columnsUsed } from './columns-read.ts';
import { keyAt } from './first-of-key.ts';
import { leftOut } from './left-out.ts';
import type { Fill } from './slice.ts';

/** What of a compiled feed unpivoting needs. */
export interface UnpivotedFeed {
  readonly feed: Feed;
  readonly table: TableDefinition;
  /** The columns that the feed reads, made ones too. */
  readonly reads: readonly string[];
  readonly fields: readonly { readonly name: string; readonly place: number; readonly fill: Fill }[];
}

/** The headings of a file that are to be unpivoted, and the names that they give. */
interface Headings {
  readonly headings: readonly string[];
  readonly names: readonly string[];
  readonly file: string;
}

interface Refused {
  /** Its place among the headings. */
  readonly index: number;
  readonly field: string;
  readonly reason: string;
}

/**
 * Puts the headings of a file through the fields that are made of nothing else, before any row: a heading that is no month
 * is one mistake, not one a row. Throws `FILE_HEADING`.
 */
export function checkHeadings(given: UnpivotedFeed, unpivot: Unpivot, all: Headings): void {
  const refused: Refused[] = all.names.flatMap((name, index) =>
    name.trim() === ''
      ? [{ index, field: unpivot.name, reason: 'leaves nothing in the group of `unpivot.columns.matches`' }]
      : [],
  );
  const stores = new Map<string, ColumnStore>();
  for (const { name, place, fill } of given.fields) {
    if (!isOfHeading(given, name, unpivot.name)) continue;
    const column = given.table.columns[place] as Column;
    const store = createStore({ name, kind: column.kind }, all.names.length);
    stores.set(name, store);
    fill(
      {
        rows: all.names.map((text) => [text, null]),
        positions: given.reads.map((read) => (read === unpivot.name ? 0 : 1)),
        numbers: new Int32Array(all.names.length),
        refuse: (index, _, __, reason) => refused.push({ index, field: name, reason }),
      },
      store,
      0,
    );
  }
  if (refused.length > 0) throw notMadeOf(refused, given, unpivot, all);
  const twins = twinsAmong(given, unpivot, all, stores);
  if (twins) throw oneKey(twins, given, unpivot, all.file);
}

/** Whether a field is made of the heading and of nothing else. */
function isOfHeading({ feed }: UnpivotedFeed, field: string, name: string): boolean {
  const source = feed.columns[field];
  if (source === undefined) return false;
  const read = columnsUsed(source);
  return read.length > 0 && read.every((each) => each === name);
}

/** Two headings whose cells in one row would have one key. */
function twinsAmong(
  { feed, table }: UnpivotedFeed,
  unpivot: Unpivot,
  { headings, names }: Headings,
  stores: ReadonlyMap<string, ColumnStore>,
): readonly [string, string] | undefined {
  if (feed.sum_rows_per_key || feed.group_by) return undefined;
  const own = table.key.flatMap((field) => stores.get(field) ?? []);
  // A part of the key that is joined of the name and other columns is another for each name.
  const joined = table.key.some((field) => {
    const source = feed.columns[field];
    return source !== undefined && !stores.has(field) && columnsRead(source).includes(unpivot.name);
  });
  const seen = new Map<string, string>();
  for (const [index, heading] of headings.entries()) {
    // What is empty is refused by its rows.
    if (own.some((store) => store.valid[index] === 0)) continue;
    const key = joined || own.length === 0 ? (names[index] as string) : keyAt(own, index);
    const other = seen.get(key);
    if (other !== undefined) return [other, heading];
    seen.set(key, heading);
  }
  return undefined;
}

function notMadeOf(refused: readonly Refused[], given: UnpivotedFeed, unpivot: Unpivot, all: Headings) {
  const { headings, file } = all;
  const [{ index, field, reason }] = refused as [Refused];
  const places = [...new Set(refused.map((each) => each.index))];
  const wrong = places.map((place) => headings[place] as string);
  const others = wrong.length > 1 ? ` (so it is with ${wrong.length - 1} more of ${headings.length})` : '';
  const heading = sampleOf(headings[index] as string);
  const message = `${file}: \`${field}\` cannot be made of the heading \`${heading}\`, which ${reason}${others}`;
  const remedy = wrong.length === headings.length ? remedyOf(field, given, unpivot, all) : undefined;
  const hint =
    remedy ??
    `If its column holds no ${unpivot.name}, leave it out: ${leftOut(unpivot, wrong)}. Else correct the heading.`;
  return fileError('FILE_HEADING', message, { file, field: heading, sample: wrong.join(', ') }, hint);
}

/** What to write where a field takes none of the headings: the format that reads most of them, and what it leaves. */
function remedyOf(
  field: string,
  { feed, table }: UnpivotedFeed,
  unpivot: Unpivot,
  { headings, names }: Headings,
): string | undefined {
  const { format, read } = bestFormat(names);
  const rest = headings.filter((_, index) => !read.includes(names[index] as string));
  const isDate = table.columns.some(({ name, kind }) => name === field && kind === 'date');
  if (isDate && read.length > 1 && rest.length > 0)
    return `Write \`${field}: { from: ${yamlWord(unpivot.name)}, format: ${format} }\`, which reads ${read.length} of them, and leave the others out: ${leftOut(unpivot, rest)}.`;
  const column = field === unpivot.name ? field : `${field} (${unpivot.name})`;
  return remedyFor(feed, table, { column, values: names });
}

function oneKey(
  [one, other]: readonly [string, string],
  { table }: UnpivotedFeed,
  unpivot: Unpivot,
  file: string,
) {
  const message = `${file}: the headings \`${sampleOf(one)}\` and \`${sampleOf(other)}\` mean the same to the key of ${table.name} (${table.key.join(', ')}): of two cells of a row one would be lost`;
  const hint = `Leave one of them out: ${leftOut(unpivot, [other])}. Where their cells are parts of one amount, \`sum_rows_per_key: true\` adds them up.`;
  return fileError('FILE_HEADING', message, { file, field: other }, hint);
}
