import { ByteWriter } from 'hyparquet-writer';
import type { Kpi } from '../../lake/catalogue/kpi.ts';
import { type Labels, readLabels } from '../../lake/catalogue/labels.ts';
import { FIGURE_COLUMNS, FIGURES_TABLE } from '../../lake/snapshot/figures-table.ts';
import { lastOfMonth } from '../../lake/values/day.ts';
import type { Bucket } from '../../platform/bucket.ts';
import { sha256 } from '../../platform/hash.ts';
import { type FiguresOf, figureRows, monthsOf, told } from './figure-rows.ts';
import { writeFigures } from './parquet.ts';

/** What the files of a KPI were made for. Athena passes over names that begin so. */
const MADE_FOR = '_made-for';

/**
 * Writes what a run has recorded of a KPI into the table `figures`, newest recording only: the months of its days, those that
 * the table lacks, and every month once the KPI is told otherwise (another name, window or dimension). A file is replaced as a whole.
 * Killed anywhere, the next call ends with the same files.
 */
export async function renewFiguresTable(of: FiguresOf, kpi: Kpi, days: readonly string[]): Promise<void> {
  const { bucket } = of.platform;
  const folder = `${FIGURES_TABLE}${kpi.id}/`;
  const there = await namesIn(bucket, folder);
  const madeFor = madeForOf(of, kpi);
  const isOther = !there.has(MADE_FOR) || (await textOf(bucket, folder + MADE_FOR)) !== madeFor;
  const touched = new Set(days.map((day) => day.slice(0, 7)));
  const months = await monthsOf(bucket, kpi);
  const labels = await readLabels(bucket);
  for (const month of months)
    if (isOther || touched.has(month) || !there.has(fileOf(month)))
      await bucket.write(folder + fileOf(month), await monthAsParquet(of, kpi, month, labels));
  const wanted = new Set([MADE_FOR, ...months.map(fileOf)]);
  for (const name of there) if (!wanted.has(name)) await bucket.remove(folder + name);
  if (isOther) await bucket.write(folder + MADE_FOR, madeFor);
}

const fileOf = (month: string): string => `${month}.parquet`;

async function monthAsParquet(of: FiguresOf, kpi: Kpi, month: string, labels: Labels): Promise<Uint8Array> {
  const out = new ByteWriter();
  const first = `${month}-01`;
  const part = { kpis: [kpi], from: first, to: lastOfMonth(first) };
  await writeFigures(out, figureRows(of, part, labels));
  return out.getBytes();
}

/** A month that holds something else than before, for the same figures, is to be written again. */
function madeForOf(of: FiguresOf, kpi: Kpi): string {
  const { name, periods, dimensions } = told(of, kpi);
  const { theme, ratio } = kpi;
  const facts = { FIGURE_COLUMNS, name, periods, dimensions, theme, ratio };
  return sha256(JSON.stringify([facts, of.company.company.currency]), 16);
}

async function namesIn(bucket: Bucket, folder: string): Promise<Set<string>> {
  const names = new Set<string>();
  for await (const { key } of bucket.list(folder)) names.add(key.slice(folder.length));
  return names;
}

const textOf = async (bucket: Bucket, key: string): Promise<string> =>
  new TextDecoder().decode(await bucket.read(key));
