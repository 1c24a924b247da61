import type { Kpi } from '../../lake/catalogue/kpi.ts';
import { periodsFor } from '../../lake/company/calendar.ts';
import type { Company } from '../../lake/company/company.ts';
import { type Engine, queryRows } from '../../platform/engine.ts';
import { dayTotals } from '../cube/moves.ts';
import { type Part, partsOf } from '../cube/parts.ts';
import { neededRanges } from '../date-ranges.ts';
import { type Pass, sharedName } from './shared-parts.ts';

/** What a value comes to in total, day by day, of the days that windows hold. */
export interface CountedDays {
  /** Whether a day is among them: without a total, nothing is known of it. */
  covers(day: string): boolean;
  readonly totals: ReadonlyMap<string, number>;
}

/** The same of each value that a pass adds up, by its name. */
export type DayTotals = ReadonlyMap<string, CountedDays>;

/** The value that a KPI adds up, where it is one alone of rows that have it: its part, and its name in a pass. */
export function onlySum({ cube }: Kpi): { readonly part: Part; readonly name: string } | undefined {
  const [part, ...others] = cube && cube.unknown === undefined ? partsOf(cube) : [];
  const [quantity] = part?.quantities ?? [];
  if (part === undefined || others.length > 0 || part.known === null || quantity === undefined)
    return undefined;
  return { part, name: sharedName(quantity) };
}

/** Reads from the kept sums of a pass what each day came to: a forecast starts from that, and need not read the rows again. */
export async function dayTotalsOf(
  engine: Engine,
  relation: string,
  { part, windows }: Pass,
  { company, asOfs }: { readonly company: Company; readonly asOfs: readonly string[] },
): Promise<DayTotals> {
  const periods = periodsFor(company.company, asOfs, windows);
  const ranges = neededRanges(periods, { history: 0, ahead: 0, prior: false });
  const covers = (day: string): boolean =>
    ranges.some(({ from, to }) => from !== null && to !== null && from <= day && day <= to);
  const found = new Map<string, CountedDays>();
  for (const { name } of part.quantities) {
    const label = `what several KPIs count of ${part.rows}, by day`;
    const rows = await queryRows(engine, dayTotals(relation, name), { label });
    const totals = new Map(rows.map(({ day, total }) => [String(day), Number(total)]));
    found.set(name, { covers, totals });
  }
  return found;
}
