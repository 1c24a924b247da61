import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { PullReport } from '../../../functions/lake/landing/batch.ts';
import { readRecord } from '../../../functions/lake/run/record.ts';
import { type RunRef, runRef } from '../../../functions/lake/run/run.ts';
import { loadBatch } from '../../../functions/load/load-batch.ts';
import type { Bucket } from '../../../functions/platform/bucket.ts';
import { pullSource } from '../../../functions/pull/pull-source.ts';
import { type LocalRun, withContext } from '../local-run.ts';
import { tables } from '../tables.ts';
import type { TestStack } from './stack.ts';

/** What a pull came to, and the rows that it landed, by table, as sorted text. */
export interface Pulled {
  readonly report: PullReport;
  readonly rows: ReadonlyMap<string, readonly string[]>;
}

const runOf = ({ asOf, at }: Pick<LocalRun, 'asOf' | 'at'>): RunRef => runRef({ asOf, from: asOf }, at);

/** Invokes the deployed function `pull` for a source, as the state machine does. Throws where the function itself broke off. */
export async function pulledThere(
  stack: Pick<TestStack, 'bucket' | 'functions'>,
  source: string,
  when: Pick<LocalRun, 'asOf' | 'at'>,
): Promise<Pulled> {
  const run = runOf(when);
  await stack.functions.invoke('pull', { do: 'item', run, item: source });
  const report = (await readRecord(stack.bucket, run, 'pull', source))?.report as PullReport | undefined;
  if (!report) throw new Error(`nothing is recorded of ${source} in ${run.run}`);
  return { report, rows: await landedRows(stack.bucket, report) };
}

/** The same on this machine, loaded into its lake, so that its next pull goes on from there. */
export const pulledHere = (source: string, run: LocalRun): Promise<Pulled> =>
  withContext(run, async ({ platform, company }) => {
    const found = company.sources.find(({ name }) => name === source);
    if (!found) throw new Error(`the company has no source ${source}`);
    const { run: id, asOf } = runOf(run);
    const report = await pullSource(platform, { company, tables, source: found, asOf, run: id });
    for (const batch of report.batches) await loadBatch(platform, batch, tables);
    return { report, rows: await landedRows(platform.bucket, report) };
  });

/** Tells a stack that what was loaded of a source here is loaded there: what its function `load` would have kept. */
export async function loadedThere(stack: TestStack, source: string, here: Bucket): Promise<void> {
  for await (const { key } of here.list(`state/loaded/${source}/`))
    await stack.bucket.write(key, await here.read(key));
}

async function landedRows(bucket: Bucket, { batches }: PullReport): Promise<Map<string, string[]>> {
  const rows = new Map<string, string[]>();
  for (const { table, files } of batches) {
    const found = rows.get(table) ?? [];
    for (const key of files) {
      const file = Uint8Array.from(await bucket.read(key)).buffer;
      found.push(...(await parquetReadObjects({ file, compressors })).map(lineOf));
    }
    // A page that had to be asked for twice is landed twice: the load takes each key once.
    rows.set(table, [...new Set(found)].sort());
  }
  return rows;
}

/** A row without its place among the pages, which depends on how often one was asked for. */
const lineOf = ({ _input: _, _row: __, ...row }: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(row, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
