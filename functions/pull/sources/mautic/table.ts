import { VigieError } from '../../../platform/errors.ts';
import { readEnvelope, recordsIn } from '../../api/kit/envelope.ts';
import { pagesByNext } from '../../api/kit/paging.ts';
import { FieldError, RecordReader, shapeError } from '../../api/record-reader.ts';
import type { Vendor, VendorAnswer } from '../../api/vendor.ts';

export const TITLE = 'Mautic';

/** A condition, by the column's name in the database. */
export type Clause = readonly [column: string, comparison: 'gt' | 'gte' | 'lt' | 'eq' | 'in', value: string];

export interface Table {
  readonly name: string;
  /** Columns that are read; each has to be there, whether or not something is in it. */
  readonly columns: readonly string[];
  readonly where: readonly Clause[];
}

export const tableUrl = (name: string): string => `/api/stats/${name}`;

/**
 * The rows of a table, in the order of their numbers. Mautic counts what is left in `total`, each time: so a row that is
 * added meanwhile, which has a higher number, shifts no page.
 * https://devdocs.mautic.org/en/latest/rest_api/stats.html
 */
export async function* rowsOf(vendor: Vendor, table: Table, size: number): AsyncGenerator<RecordReader> {
  const pages = pagesByNext<Page>({
    what: `${TITLE} table ${table.name}`,
    ask: async (after) =>
      pageOf(await asked(vendor, table, size, after ?? FIRST), table, size, after ?? FIRST),
    next: ({ rows, total }) => (rows.length < total ? (rows.at(-1)?.text('id') ?? null) : null),
  });
  for await (const { rows } of pages) yield* rows;
}

const FIRST = '0';

interface Page {
  readonly rows: readonly RecordReader[];
  /** Rows that are left, these included. */
  readonly total: number;
}

function asked(vendor: Vendor, { name, where }: Table, size: number, after: string): Promise<VendorAnswer> {
  const clauses: readonly Clause[] = [['id', 'gt', after], ...where];
  const query = clauses.flatMap(([column, comparison, value], index) => [
    [`where[${index}][col]`, column],
    [`where[${index}][expr]`, comparison],
    [`where[${index}][val]`, value],
  ]);
  return vendor.ask({
    url: tableUrl(name),
    query: {
      ...Object.fromEntries(query),
      'order[0][col]': 'id',
      'order[0][dir]': 'ASC',
      start: 0,
      limit: size,
    },
  });
}

function pageOf(answer: VendorAnswer, table: Table, size: number, after: string): Page {
  const total = readEnvelope(TITLE, answer, (body) => body.integer('total'));
  const rows = recordsIn(TITLE, answer.json(), 'stats').map((row) => rowOf(row, table));
  if (rows.length !== Math.min(total, size)) throw incomplete(table, `${rows.length} rows came of ${total}`);
  let last = BigInt(after);
  for (const row of rows) {
    const id = BigInt(row.text('id'));
    if (id <= last) throw incomplete(table, `row ${id} came after row ${last}`);
    last = id;
  }
  return { rows, total };
}

/** Throws where a column is not there at all: read as nothing it would be a wrong figure, and nobody would know. */
function rowOf(row: unknown, { name, columns }: Table): RecordReader {
  return inTable(name, () => {
    const reader = new RecordReader(row);
    for (const column of columns)
      if (reader.value(column) === undefined) throw reader.error(column, 'is missing, but required');
    if (!/^\d{1,19}$/.test(reader.text('id'))) throw reader.error('id', 'is not a number');
    return reader;
  });
}

/** A row that is not as known is the vendor's new form: figures are counted of all rows, or of none. */
export function inTable<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof FieldError) throw shapeError(TITLE, `${name}.${error.field}`, error.value);
    throw error;
  }
}

const incomplete = ({ name }: Table, why: string): VigieError =>
  new VigieError(`${TITLE} table ${name}: ${why}, so others may be missing`, {
    code: 'VENDOR_INCOMPLETE',
    retryable: true,
    hint: 'Nothing of these days was taken. The next run asks again.',
  });
