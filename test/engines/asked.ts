import type { Catalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Kpi } from '../../functions/lake/catalogue/kpi.ts';
import { kpiStatements } from '../../functions/measure/statement.ts';
import type { Engine } from '../../functions/platform/engine.ts';
import type { MotoWorld } from '../kit/moto-world.ts';
import { statementsOfChecks } from './checks-on-athena.ts';
import { historyTables } from './history.ts';
import { type SharedStatements, statementsOfShared } from './shared-day.ts';

/** Something that a day asks of Athena, and what is asked. */
export interface Asked {
  readonly kind: 'kpis' | 'checks' | 'shared';
  readonly id: string;
  readonly statements: readonly string[];
}

export const nameOf = ({ kind, id }: Asked): string => `${kind} ${id}`;

/** Whose KPIs count the same lines, each in its own way. */
const SHARING = 'sales';

const company = { currency: 'EUR', fiscal_year_starts: 1, closed: { weekdays: [], days: [] } };

function ofKpi({ dialect }: Engine, catalogue: Catalogue, kpi: Kpi, asOf: string): string[] {
  const statements = kpiStatements({ dialect, catalogue, kpi, asOfs: [asOf], company });
  if (statements.length !== 1)
    throw new Error(`${kpi.id}: ${statements.length} statements of a day, wanted one`);
  return statements.map(({ sql }) => sql);
}

/** What the KPIs of sales count together. */
export const sharedOn = (engine: Engine, catalogue: Catalogue, asOf: string): Promise<SharedStatements> =>
  statementsOfShared(
    engine,
    catalogue,
    catalogue.kpis.filter(({ theme }) => theme === SHARING),
    asOf,
  );

/** All that a day asks: every KPI, every check, and what KPIs of sales count together. */
export async function askedOn(world: MotoWorld, catalogue: Catalogue, asOf: string): Promise<Asked[]> {
  const { kpis } = catalogue;
  const checks = await statementsOfChecks(world, catalogue, { asOf, fed: historyTables });
  const { makes, takes } = await sharedOn(world.engine, catalogue, asOf);
  return [
    ...kpis.map((kpi) => ({
      kind: 'kpis' as const,
      id: kpi.id,
      statements: ofKpi(world.engine, catalogue, kpi, asOf),
    })),
    ...[...checks].map(([id, statements]) => ({ kind: 'checks' as const, id, statements })),
    { kind: 'shared', id: SHARING, statements: [...makes, ...takes.values()] },
  ];
}
