import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** What counts each customer once; the others are added up over the days of a window. */
const DISTINCT = ['repurchase_rate', 'orders_per_customer', 'customer_lifetime_value'];
const GROUPS = [
  { group: 'added up', goal: 1.5, has: (kpi: string) => !DISTINCT.includes(kpi) },
  { group: 'each customer once', goal: 3, has: (kpi: string) => DISTINCT.includes(kpi) },
] as const;

/** A year of days, set against one day: of each group of KPIs, and the most memory of all of them. */
export interface Year {
  readonly ratios: readonly { readonly group: string; readonly ratio: number; readonly goal: number }[];
  readonly peak: number;
}

interface Found {
  readonly day: Readonly<Record<string, { readonly cpu: number }>>;
  readonly year: Readonly<Record<string, { readonly cpu: number; readonly megabytes: number }>>;
}

/**
 * A year of days to one day by bench/measure.ts, in processor seconds; leaves the lake it was measured on at `lake`. Of KPIs
 * together: what several count is in the seconds of the first.
 */
export function aYear(lines: number, lake: string, kpis: readonly string[]): Year {
  const script = resolve(import.meta.dirname, '../measure.ts');
  const json = `${lake}.json`;
  const argv = ['--import', 'tsx', script, String(lines), ...kpis, '--data', lake, '--json', json];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (status !== 0) throw new Error(`bench/measure.ts failed: ${stderr || stdout}`);
  const found = JSON.parse(readFileSync(json, 'utf8')) as Found;
  const ratios = GROUPS.flatMap(({ group, goal, has }) => {
    const mine = kpis.filter(has);
    const sum = (of: Found['day']): number =>
      mine.reduce((all, kpi) => all + (of[kpi]?.cpu ?? Number.NaN), 0);
    return mine.length === 0 ? [] : [{ group, goal, ratio: sum(found.year) / sum(found.day) }];
  });
  return { ratios, peak: Math.max(...kpis.map((kpi) => found.year[kpi]?.megabytes ?? Number.NaN)) };
}
