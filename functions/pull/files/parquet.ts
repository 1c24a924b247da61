import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  type SchemaElement,
} from 'hyparquet';
import { dayText } from '../../lake/values/day.ts';
import { messageOf } from '../../platform/errors.ts';
import { locateColumns } from './csv-header.ts';
import { fileError } from './file-errors.ts';
import type { JsonOptions } from './json-records.ts';
import { cellOf, fieldAt } from './native-cells.ts';
import { compressors } from './parquet-codecs.ts';
import { exactly } from './parquet-values.ts';
import type { Cell, RecordChunk } from './records.ts';
import { behind, locateWide } from './wide-columns.ts';

const ROWS_AT_A_TIME = 16_384;

/** Reads the wanted columns of a Parquet file, some rows of a row group at a time. Refused: a missing column, a cut file. */
export async function* readParquet(source: AsyncBuffer, options: JsonOptions): AsyncIterable<RecordChunk> {
  const { file, columns, feed } = options;
  const metadata = await readMetadata(source, file);
  const roots = topLevel(metadata.schema);
  const names = roots.map(({ name }) => name);
  const paths = columns.map((name) => (names.includes(name) ? [name] : name.split('.')));
  const tops = [...new Set(paths.map(([first = '']) => first))];
  const optional = new Set(
    tops.filter((top) =>
      columns.every((name, index) => paths[index]?.[0] !== top || options.optional.has(name)),
    ),
  );
  locateColumns(names, { wanted: tops, optional }, feed, { file, line: 1 });
  const wide = options.unpivot && locateWide(names, options.unpivot, feed, { file, line: 1 });
  const headings = wide?.map(({ heading }) => heading) ?? [];
  const render = exactly(metadata.schema);
  const positions = columns.map((_, index) => index);
  const placed = wide && { wide: behind(columns.length, wide) };
  for (const [from, to] of spans(metadata)) {
    const objects = await read(
      source,
      metadata,
      [...tops.filter((name) => names.includes(name)), ...headings],
      from,
      to,
      file,
    );
    const cell = (record: unknown, name: string, path: readonly string[]): Cell =>
      cellOf(render(path, fieldAt(record, name, path)), feed.decimal);
    const rows = objects.map((record) => [
      ...columns.map((name, index) => cell(record, name, paths[index] as string[])),
      ...headings.map((name) => cell(record, name, [name])),
    ]);
    yield {
      ...placed,
      rows,
      positions,
      firstRecord: from + 1,
      lineOf: (index) => from + 1 + index,
      broken: [],
    };
  }
}

async function readMetadata(source: AsyncBuffer, file: string): Promise<FileMetaData> {
  try {
    return await parquetMetadataAsync(source);
  } catch (error) {
    throw damaged(file, error);
  }
}

const damaged = (file: string, error: unknown) =>
  fileError(
    'FILE_CUT',
    `${file} is cut or damaged: ${messageOf(error)}`,
    { file },
    'Transfer the file again.',
  );

/** The columns of the file: children of the root. */
function topLevel(schema: readonly SchemaElement[]): SchemaElement[] {
  const roots: SchemaElement[] = [];
  let at = 1;
  while (at < schema.length) {
    roots.push(schema[at] as SchemaElement);
    at = after(schema, at);
  }
  return roots;
}

const after = (schema: readonly SchemaElement[], at: number): number => {
  let next = at + 1;
  for (let child = 0; child < (schema[at]?.num_children ?? 0); child += 1) next = after(schema, next);
  return next;
};

function* spans(metadata: FileMetaData): Iterable<[from: number, to: number]> {
  let start = 0;
  for (const group of metadata.row_groups) {
    const end = start + Number(group.num_rows);
    for (let from = start; from < end; from += ROWS_AT_A_TIME)
      yield [from, Math.min(end, from + ROWS_AT_A_TIME)];
    start = end;
  }
}

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

async function read(
  source: AsyncBuffer,
  metadata: FileMetaData,
  columns: string[],
  rowStart: number,
  rowEnd: number,
  file: string,
) {
  try {
    return await parquetReadObjects({
      ...{ file: source, metadata, columns, rowStart, rowEnd, compressors, utf8: false },
      parsers: {
        dateFromDays: (days) => dayText(days),
        timestampFromMilliseconds: (time) => iso(Number(time)),
        timestampFromMicroseconds: (time) => iso(Number(time / 1000n)),
        timestampFromNanoseconds: (time) => iso(Number(time / 1_000_000n)),
      },
    });
  } catch (error) {
    throw damaged(file, error);
  }
}
