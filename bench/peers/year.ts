import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** What is added up of days may take so many times a day for a year of them; what counts each customer or order once, twice that. */
const GOALS = { additive: 1.5, distinct: 3 } as const;
const DISTINCT = ['repurchase_rate', 'orders_per_customer', 'customer_lifetime_value'];

export interface YearRatio {
  readonly kpi: string;
  readonly ratio: number;
  readonly goal: number;
}

/** A year to a day by bench/measure.ts, in processor seconds; leaves the lake it was measured on at `lake`. */
export async function yearRatios(lines: number, lake: string, kpis: readonly string[]): Promise<YearRatio[]> {
  const script = resolve(import.meta.dirname, '../measure.ts');
  const argv = ['--import', 'tsx', script, String(lines), ...kpis, '--data', lake];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (status !== 0) throw new Error(`bench/measure.ts failed: ${stderr || stdout}`);
  return kpis.map((kpi) => {
    // Cells: day, of CPU, units, year, of CPU, ratio, ratio of CPU, rows, peak.
    const cells = new RegExp(`^${kpi} +([\\d. ]+)$`, 'm').exec(stdout)?.[1]?.trim().split(/ +/).map(Number);
    const ratio = cells?.[6];
    if (ratio === undefined) throw new Error(`bench/measure.ts tells ${kpi} differently now:\n${stdout}`);
    return { kpi, ratio, goal: DISTINCT.includes(kpi) ? GOALS.distinct : GOALS.additive };
  });
}
