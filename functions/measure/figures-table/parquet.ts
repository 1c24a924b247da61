import { gzipSync } from 'node:zlib';
import type { SchemaElement } from 'hyparquet';
import { ParquetWriter, type Writer } from 'hyparquet-writer';
import { textToScaled } from '../../lake/snapshot/columns.ts';
import { FIGURE_COLUMNS, type FigureRow } from '../../lake/snapshot/figures-table.ts';
import { dayElement, decimalElement, instantElement, textElement } from '../../lake/snapshot/schema.ts';
import { dayNumber } from '../../lake/values/day.ts';

/** Rows of a row group: what one takes in memory, and what a reader that filters may skip. */
const GROUP_ROWS = 50_000;

/** Of each column, how Parquet says it. Decimals are of one width: the type of a column does not change with what is in it. */
const ELEMENTS: Readonly<Record<keyof FigureRow, (name: string) => SchemaElement>> = {
  ...{ kpi: required, kpi_name: required, theme: required, as_of: dayElement },
  ...{ period: required, comparison: required, dimension: optional, member: optional, member_name: optional },
  ...{ numerator: exact, denominator: exact, value: double },
  ...{ unit: required, currency: optional, quality: required },
  ...{ version: integer, recorded_at: instantElement, run: required },
};

function required(name: string): SchemaElement {
  return textElement(name, 'REQUIRED');
}
function optional(name: string): SchemaElement {
  return textElement(name, 'OPTIONAL');
}
function exact(name: string): SchemaElement {
  return decimalElement(name, 'long');
}
function double(name: string): SchemaElement {
  return { name, type: 'DOUBLE', repetition_type: 'OPTIONAL' };
}
function integer(name: string): SchemaElement {
  return { name, type: 'INT32', repetition_type: 'REQUIRED' };
}

const gzip = (bytes: Uint8Array): Uint8Array => gzipSync(bytes, { level: 1 });

/** Writes the relation as Parquet; gives its rows. */
export async function writeFigures(to: Writer, rows: AsyncIterable<readonly FigureRow[]>): Promise<number> {
  const columns = FIGURE_COLUMNS.map((name) => ELEMENTS[name](name));
  const writer = new ParquetWriter({
    writer: to,
    schema: [{ name: 'figures', num_children: columns.length }, ...columns],
    codec: 'GZIP',
    compressors: { GZIP: gzip },
    createdBy: 'vigie',
  });
  let count = 0;
  for await (const group of inGroups(rows)) {
    await writer.write({
      columnData: FIGURE_COLUMNS.map((name) => ({ name, data: group.map((row) => stored(name, row)) })),
      rowGroupSize: group.length,
    });
    count += group.length;
  }
  await writer.finish();
  return count;
}

function stored(name: keyof FigureRow, row: FigureRow): string | number | bigint | null {
  const value = row[name];
  if (value === null) return null;
  if (name === 'as_of') return dayNumber(row.as_of);
  if (name === 'recorded_at') return BigInt(Date.parse(row.recorded_at));
  if (name === 'numerator' || name === 'denominator') return textToScaled(String(value)) as bigint;
  return value;
}

async function* inGroups(rows: AsyncIterable<readonly FigureRow[]>): AsyncGenerator<FigureRow[]> {
  let group: FigureRow[] = [];
  for await (const some of rows) {
    for (const row of some) group.push(row);
    if (group.length < GROUP_ROWS) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
