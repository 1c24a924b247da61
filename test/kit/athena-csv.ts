import type { Cell, ResultColumn } from '../../functions/platform/engine.ts';

/** A result file as Athena writes it: every value quoted, NULL as nothing, `\n` at the end of a line. */
export async function* resultFile(
  columns: readonly ResultColumn[],
  chunks: AsyncIterable<readonly (readonly Cell[])[]>,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${columns.map(({ name }) => quoted(name)).join(',')}\n`);
  const types = columns.map(({ type }) => type);
  for await (const chunk of chunks) {
    yield Buffer.from(
      chunk
        .map((row) => `${row.map((cell, index) => csvCell(cell, types[index] ?? '')).join(',')}\n`)
        .join(''),
    );
  }
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

const csvCell = (cell: Cell, type: string): string => (cell === null ? '' : quoted(athenaText(cell, type)));

/** `2026-11-21 08:30:00.000`: Athena writes at least milliseconds. */
export function athenaText(cell: Exclude<Cell, null>, type: string): string {
  if (!type.startsWith('timestamp')) return String(cell);
  const [second = '', fraction = ''] = String(cell).replace('T', ' ').replace('Z', '').split('.');
  return `${second}.${fraction.padEnd(3, '0')}`;
}
