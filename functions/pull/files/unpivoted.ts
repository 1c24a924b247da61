import { cellText } from './mapping/slice.ts';
import type { Unpivoting } from './mapping/unpivot.ts';
import type { Cell, RecordChunk, RecordReader, WideColumn } from './records.ts';

/** Rows made at a time: a record may have thousands of cells, and memory does not grow with them. */
const MOST_ROWS = 8192;

/**
 * The cells of a wide file as records: each has the columns of its row that the feed reads, the name that the heading
 * gives, and the cell. An empty cell is no record. Throws where a heading is not what is to be made of it.
 */
export async function* unpivoted(
  chunks: RecordReader,
  file: string,
  columns: readonly string[],
  unpivot: Unpivoting,
): RecordReader {
  const shape = { columns, unpivot };
  let [known, records] = [0, 0];
  for await (const chunk of chunks) {
    const { wide = [] } = chunk;
    // JSON tells its fields as they come.
    if (wide.length > known)
      unpivot.check(
        wide.map(({ heading }) => heading),
        file,
      );
    known = wide.length;
    for (const tall of cellsOf(chunk, shape, records + 1)) {
      records += tall.rows.length;
      yield tall;
    }
  }
}

interface Shape {
  readonly columns: readonly string[];
  readonly unpivot: Unpivoting;
}

function* cellsOf(chunk: RecordChunk, { columns, unpivot }: Shape, first: number): Iterable<RecordChunk> {
  const { rows, positions, wide = [] } = chunk;
  const named = wide.map((column) => ({ ...column, name: unpivot.nameOf(column.heading) ?? null }));
  const places = columns.map((column) => {
    const made = unpivot.made.indexOf(column);
    return made < 0 ? unpivot.columns.indexOf(column) : positions.length + made;
  });
  let open = openRows(chunk, places, first);
  let broken = chunk.broken;
  for (const [index, row] of rows.entries()) {
    const own = positions.map((position) => row[position] ?? null);
    for (const { position, heading, name } of named) {
      const cell = row[position] ?? null;
      if (cellText(cell) !== null) open.add([...own, name, cell], index, heading);
    }
    if (open.count < MOST_ROWS) continue;
    yield open.chunk(broken);
    broken = [];
    open = openRows(chunk, places, first + open.count);
  }
  yield open.chunk(broken);
}

/** Rows on their way into a chunk, each with the row of the file that it was a cell of. */
function openRows(from: RecordChunk, positions: readonly number[], firstRecord: number) {
  const rows: Cell[][] = [];
  const origins: number[] = [];
  const headings: WideColumn['heading'][] = [];
  const originOf = (index: number): number => origins[index] as number;
  return {
    get count() {
      return rows.length;
    },
    add(row: Cell[], origin: number, heading: string): void {
      rows.push(row);
      origins.push(origin);
      headings.push(heading);
    },
    chunk: (broken: RecordChunk['broken']): RecordChunk => ({
      ...{ rows, positions, firstRecord, broken },
      lineOf: (index) => from.lineOf(originOf(index)),
      origin: {
        headingOf: (index) => headings[index] as string,
        recordOf: (index) => from.firstRecord + originOf(index),
      },
    }),
  };
}
