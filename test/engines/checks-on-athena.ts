import { partsOf } from '../../functions/check/ask-checks.ts';
import { contextOf } from '../../functions/check/run-checks.ts';
import { groupsOf, statementOf } from '../../functions/check/together.ts';
import type { Catalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Check } from '../../functions/lake/catalogue/check.ts';
import { companySchema } from '../../functions/lake/company/company.ts';
import type { Batch } from '../../functions/lake/landing/batch.ts';
import type { MotoWorld } from '../kit/moto-world.ts';
import { tools } from './both-lakes.ts';
import { readBy } from './day-on-athena.ts';

/** Statements of each check as they are asked, by its id, of a company whose one source feeds these tables. */
export async function statementsOfChecks(
  world: MotoWorld,
  { checks, tables }: Catalogue,
  day: { readonly asOf: string; readonly fed: readonly string[]; readonly batches?: readonly Batch[] },
): Promise<Map<string, string[]>> {
  const { asOf, fed, batches = [] } = day;
  const company = companySchema.parse({
    company: { name: 'Bytes', time_zone: 'UTC', currency: 'EUR' },
    sources: [
      {
        kind: 'files',
        name: 'erp',
        feeds: fed.map((table) => ({ table, path: `${table}-*.csv`, columns: {} })),
      },
    ],
  });
  const pulls = [{ source: 'erp', status: 'ok' as const, batches }];
  const input = { company, tables, asOf, run: `${asOf}.x`, pulls, kpis: [], checks };
  const context = await contextOf({ ...world, ...tools }, input, checks);
  const sql = (check: Check) => groupsOf(partsOf(check, context), world.engine.dialect).map(statementOf);
  return new Map(checks.map((check) => [check.id, sql(check)]));
}

/** What `lake_totals` reads to compare a batch with the lake. */
export async function readByTotals(world: MotoWorld, catalogue: Catalogue, batch: Batch): Promise<number> {
  const day = { asOf: batch.asOf, fed: [batch.table], batches: [batch] };
  const [sql = ''] = (await statementsOfChecks(world, catalogue, day)).get('lake_totals') ?? [];
  return (await readBy(world.engine, sql)).bytes;
}
