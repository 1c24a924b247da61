import type { ApiSource } from '../../functions/lake/company/api-source.ts';
import type { Batch, PullReport } from '../../functions/lake/landing/batch.ts';
import { queryRows } from '../../functions/platform/engine.ts';
import { fieldNames, isJson, type Spoilt, spoilNamed, textOf } from '../../sandbox/chaos/bodies.ts';
import { pageOf } from '../../sandbox/chaos/paging.ts';
import type { Exchange } from '../../sandbox/vendors/serve.ts';
import type { SmallCompany } from './company.ts';
import { openLake } from './lake.ts';

/** A field of the records that a list has. */
export interface ListField {
  readonly list: string;
  readonly name: string;
}

/** What a pull became while one field was spoilt. */
export interface FieldPull {
  readonly report: PullReport;
  /** Rows landed, by table, as sorted text. */
  readonly rows: ReadonlyMap<string, readonly string[]>;
  /** Requests that the vendor was not made for: the client asked for what it should not have. */
  readonly strays: readonly string[];
}

export interface FieldTrial {
  /** Every field of every list that a quiet pull reads. */
  readonly fields: readonly ListField[];
  readonly quiet: FieldPull;
  pull(field: ListField, how: Spoilt): Promise<FieldPull>;
  close(): Promise<void>;
}

/** Next pages of Salesforce: there is a list below each record, and one that is bad alone is refused alone. */
const LOCATOR = /\/query\/01g\w+/;

/** Pulls the source of one kind again and again, each time with one field of one list spoilt wherever it is. */
export async function fieldTrial(company: SmallCompany, kind: string): Promise<FieldTrial> {
  const fields = new Map<string, ListField>();
  let spoilt: (ListField & { readonly how: Spoilt }) | undefined;
  let strays: string[] = [];
  const served = await company.serve(async ({ call, ask }: Exchange) => {
    // Whichever records are asked for by number: they are of one list.
    const list = pageOf({ ...call, body: '' }).list.replace(LOCATOR, '/query/…');
    const good = await ask(call).catch((error: unknown) => {
      strays.push(String(error));
      return { status: 404, body: '{}' };
    });
    if (!isJson(good) || call.url.pathname.includes('token')) return good;
    if (spoilt === undefined)
      for (const name of fieldNames(textOf(good))) fields.set(`${list} ${name}`, { list, name });
    return spoilt?.list === list
      ? { ...good, body: spoilNamed(textOf(good), spoilt.name, spoilt.how) }
      : good;
  });
  const lake = await openLake(served, []);
  const asked = served.company.sources.find((each) => each.kind === kind) as ApiSource;
  let time = 0;
  const pull = async (): Promise<FieldPull> => {
    strays = [];
    const own: ApiSource = { ...asked, name: `${kind}-${time++}` };
    const report = await lake.pullOne(served, own, 'run');
    const rows = new Map<string, string[]>();
    for (const batch of report.batches) rows.set(batch.table, await rowsOf(batch));
    return { report, rows, strays };
  };
  const rowsOf = async ({ source, files, columns }: Batch): Promise<string[]> => {
    if (files.length === 0) return [];
    const paths = files.map((file) => `'${lake.state}/${file}'`).join(', ');
    const select = [...columns, '_empty'].join(', ');
    const rows = await queryRows(lake.engine, `SELECT ${select} FROM read_parquet([${paths}])`);
    // A list of people has its source's name in it, a stage is its source's: each pull has a name of its own.
    const named = (row: object): string =>
      JSON.stringify(row).replaceAll(`${source}/`, `${kind}/`).replaceAll(`"${source}"`, `"${kind}"`);
    return rows.map(named).sort();
  };
  const quiet = await pull();
  return {
    ...{ quiet, fields: [...fields.values()] },
    async pull({ list, name }, how) {
      spoilt = { list, name, how };
      return pull();
    },
    async close() {
      await lake.close();
      await served.servers.close();
    },
  };
}
