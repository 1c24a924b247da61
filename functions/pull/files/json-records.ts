import type { Feed } from '../../lake/company/feed.ts';
import { suggestion } from '../../lake/values/nearest.ts';
import { sampleOf } from '../sample.ts';
import { fileError } from './file-errors.ts';
import type { Unpivoting } from './mapping/unpivot.ts';
import { cellOf, fieldAt } from './native-cells.ts';
import type { BrokenRecord, Cell, RecordChunk } from './records.ts';
import { unpivotAdvice } from './unpivot-advice.ts';
import { wideFields } from './wide-columns.ts';

/** The text of one record and the line on which it begins. */
export interface RecordText {
  readonly text: string;
  readonly line: number;
}

export interface JsonOptions {
  readonly file: string;
  readonly feed: Feed;
  readonly columns: readonly string[];
  /** Of the columns, those that may be missing from every record. */
  readonly optional: ReadonlySet<string>;
  /** Which of the other columns are to be unpivoted. */
  readonly unpivot?: Unpivoting | undefined;
}

/** In so many records a field that is meant to be there occurs at least once. */
const ENOUGH_TO_JUDGE = 100;

/**
 * Turns texts of JSON records into chunks. Put aside: records that are not JSON, or no objects. Refused: a file of at
 * least 100 records none of which has a wanted field — exporters leave out empty fields, but not from all records.
 */
export async function* readJsonRecords(
  batches: AsyncIterable<readonly RecordText[]>,
  options: JsonOptions,
): AsyncIterable<RecordChunk> {
  const { columns, feed } = options;
  const paths = columns.map((name) => name.split('.'));
  const positions = columns.map((_, index) => index);
  const missing = new Set(columns.filter((name) => !options.optional.has(name)));
  const wide = options.unpivot && wideFields(options.unpivot, columns.length, options);
  const otherNames = new Set<string>();
  let records = 0;
  for await (const texts of batches) {
    const rows: Cell[][] = [];
    const lines: number[] = [];
    const broken: BrokenRecord[] = [];
    for (const { text, line } of texts) {
      const record = parseRecord(text);
      if (typeof record === 'string') {
        broken.push({ line, reason: record, sample: sampleOf(text) });
        continue;
      }
      if (records + rows.length < ENOUGH_TO_JUDGE)
        for (const name of Object.keys(record)) otherNames.add(name);
      const cells = cellsOf(record, columns, paths, feed.decimal);
      if (typeof cells === 'string') {
        broken.push({ line, reason: cells, sample: sampleOf(text) });
        continue;
      }
      for (const [index, name] of columns.entries()) if (cells[index] !== undefined) missing.delete(name);
      rows.push([...cells.map((cell) => cell ?? null), ...(wide?.cellsOf(record) ?? [])]);
      lines.push(line);
    }
    const lineOf = (index: number): number => lines[index] as number;
    yield { ...wide?.known(), rows, positions, firstRecord: records + 1, lineOf, broken };
    records += rows.length;
  }
  if (records >= ENOUGH_TO_JUDGE && missing.size > 0)
    throw neverThere([...missing], records, otherNames, options);
  if (records >= ENOUGH_TO_JUDGE) wide?.refuseNone([...otherNames]);
}

/** The cells of the wanted columns, undefined where a field is not there; why not, where there can be none. */
function cellsOf(
  record: object,
  columns: readonly string[],
  paths: readonly (readonly string[])[],
  decimal: string,
): (Cell | undefined)[] | string {
  try {
    return columns.map((name, index) => {
      const value = fieldAt(record, name, paths[index] as string[]);
      return value === undefined ? undefined : cellOf(value, decimal);
    });
  } catch (error) {
    if (error instanceof RangeError) return 'holds lists nested deeper than can be read';
    throw error;
  }
}

function parseRecord(text: string): object | string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? value
      : 'is not a JSON object';
  } catch (error) {
    return `is not JSON: ${(error as Error).message.replace(/".*"/s, '…')}`;
  }
}

function neverThere(
  missing: readonly string[],
  records: number,
  names: ReadonlySet<string>,
  { file, feed, columns }: JsonOptions,
) {
  const [first = ''] = missing;
  const message = `${file}: none of its ${records} records has the field ${missing.map((name) => `\`${name}\``).join(', ')}`;
  const wide = unpivotAdvice([...names], columns, feed);
  const hint =
    wide ??
    `${suggestion(first, [...names])} If it may be missing, write \`{ from: ${first}, optional: true }\` in the feed of \`${feed.table}\`.`;
  return fileError(
    'FILE_COLUMN_MISSING',
    message,
    { file, field: first, sample: [...names].join(', ') },
    hint,
  );
}
