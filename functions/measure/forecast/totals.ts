import type { Catalogue } from '../../lake/catalogue/catalogue.ts';
import type { Kpi, PeriodName } from '../../lake/catalogue/kpi.ts';
import type { Company } from '../../lake/company/company.ts';
import { type Engine, queryRows } from '../../platform/engine.ts';
import type { CountedDays } from '../shared/shared-days.ts';
import type { SharedViews } from '../shared/shared-views.ts';
import { kpiStatements } from '../statement.ts';

export interface Facts {
  readonly catalogue: Catalogue;
  readonly kpi: Kpi;
  readonly company: Company['company'];
  /** What it reads as other KPIs of the run do. */
  readonly sharedViews?: SharedViews | undefined;
  /** What is known of its days because others of the run count them. */
  readonly countedDays?: ((kpi: Kpi) => Promise<CountedDays | undefined>) | undefined;
}

/** A KPI's total in one window, on each of these as-of dates (ascending) that has one. */
export async function totalsOf(
  engine: Engine,
  { catalogue, kpi, company, sharedViews }: Facts,
  asOfs: readonly string[],
  period: PeriodName,
): Promise<Map<string, number>> {
  const { dialect } = engine;
  const asked = { ...kpi, windows: [period] };
  const input = { dialect, catalogue, kpi: asked, asOfs, company, currentOnly: true };
  const keptViews = await sharedViews?.of(input);
  const statements = kpiStatements({ ...input, ...(keptViews && { keptViews }) });
  const totals = new Map<string, number>();
  for (const { sql } of statements) {
    const rows = await queryRows(engine, sql, { label: `kpi ${kpi.id}: earlier days, for its forecast` });
    for (const { as_of, dimension, numerator } of rows)
      if (dimension === null && numerator !== null) totals.set(String(as_of), Number(numerator));
  }
  return totals;
}
