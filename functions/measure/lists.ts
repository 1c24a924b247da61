import type { Catalogue } from '../lake/catalogue/catalogue.ts';
import { type List, ownColumns } from '../lake/catalogue/list.ts';
import { listAsWanted } from '../lake/company/chosen-lists.ts';
import type { Company } from '../lake/company/company.ts';
import { type ListEntry, type ListReason, listKey, writeList } from '../lake/snapshot/list-entries.ts';
import type { Bucket } from '../platform/bucket.ts';
import { type Cell, type Engine, queryRows } from '../platform/engine.ts';
import { messageOf, VigieError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { listStatement } from './statement.ts';

type Row = Readonly<Record<string, Cell>>;

/** Makes the lists behind a KPI for a day; of one that is off nothing is left. Throws LIST_SQL, with the file. */
export async function recordLists(
  { bucket, engine }: Pick<Platform, 'bucket' | 'engine'>,
  input: {
    readonly company: Company;
    readonly catalogue: Catalogue;
    readonly kpi: string;
    readonly asOf: string;
    readonly run: string;
  },
): Promise<void> {
  const { company, catalogue, kpi, asOf, run } = input;
  for (const list of catalogue.lists.filter((each) => each.kpi === kpi)) {
    const { on, rows, at_least } = listAsWanted(company, list);
    if (!on) {
      await removeAll(bucket, list.id);
      continue;
    }
    const facts = { catalogue, company: company.company };
    const entries = await queryEntries(engine, facts, list, { asOf, rows, at_least });
    await writeList(bucket, { list: list.id, asOf, run, entries });
    await removeEarlier(bucket, list.id, asOf);
  }
}

/** The entries of a list of a day, in their order. Throws LIST_SQL, with the file. */
export async function queryEntries(
  engine: Engine,
  facts: Omit<Parameters<typeof listStatement>[0], 'dialect'>,
  list: List,
  wanted: Parameters<typeof listStatement>[2],
): Promise<ListEntry[]> {
  const sql = listStatement({ ...facts, dialect: engine.dialect }, list, wanted);
  const rows = await queryRows(engine, sql, { label: `list ${list.id}` }).catch((error: unknown) => {
    throw failed(list, messageOf(error), error);
  });
  return entriesOf(list, rows);
}

/** Nobody acts on a list of before, and who is erased in the lake is to be found nowhere. */
const removeEarlier = (bucket: Bucket, id: string, asOf: string): Promise<void> =>
  remove(bucket, id, (key) => key < listKey(asOf, id));

const removeAll = (bucket: Bucket, id: string): Promise<void> => remove(bucket, id, () => true);

async function remove(bucket: Bucket, id: string, which: (key: string) => boolean): Promise<void> {
  for await (const { key } of bucket.list('lists/'))
    if (key.endsWith(`/${id}.json`) && which(key)) await bucket.remove(key);
}

const failed = (list: List, message: string, cause?: unknown): VigieError =>
  new VigieError(`the list ${list.id} was not made: ${message}`, {
    code: 'LIST_SQL',
    hint: `Look at the SELECT of ${list.file}; \`vigie test\` runs the lint. The figures of ${list.kpi} were recorded.`,
    where: { file: list.file, line: list.sqlLine },
    cause,
    retryable: cause instanceof VigieError && cause.retryable,
  });

/** Rows are entries, or reasons of them: those of a place are one entry. */
function entriesOf(list: List, rows: readonly Row[]): ListEntry[] {
  const columns = Object.keys(list.columns);
  const [first] = rows;
  const missing = first ? [...columns, ...ownColumns(list)].filter((column) => !(column in first)) : [];
  if (missing.length > 0) throw failed(list, `its SELECT returns no ${missing.join(', ')}`);
  const places = new Map<number, Row[]>();
  for (const row of rows)
    places.set(Number(row['place']), [...(places.get(Number(row['place'])) ?? []), row]);
  return [...places]
    .toSorted(([a], [b]) => a - b)
    .map(([, own]) => {
      const [entry] = own as [Row];
      return {
        key: String(entry[list.key]),
        values: Object.fromEntries(columns.map((column) => [column, plain(entry[column])])),
        reasons: (Object.keys(list.reasons).length === 0 ? [] : own)
          .map(reasonOf)
          .toSorted((a, b) => b.points - a.points || b.most - a.most || (a.reason < b.reason ? -1 : 1)),
      };
    });
}

const reasonOf = (row: Row): ListReason => ({
  reason: String(row['reason']),
  points: Number(row['points']),
  most: Number(row['most_points']),
  found: text(row['found_word']) ?? text(row['found_amount']),
  word: text(row['rule_word']),
  atLeast: text(row['at_least']),
  atMost: text(row['at_most']),
});

const plain = (cell: Cell | undefined): string | number | null =>
  typeof cell === 'number' ? cell : text(cell);

/** Decimals without the zeros that say nothing. */
const text = (cell: Cell | undefined): string | null =>
  cell == null
    ? null
    : typeof cell === 'string' && /^-?\d+\.\d+$/.test(cell)
      ? cell.replace(/\.?0+$/, '')
      : String(cell);
