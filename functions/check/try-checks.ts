import type { Catalogue } from '../lake/catalogue/catalogue.ts';
import type { Check } from '../lake/catalogue/check.ts';
import type { Company } from '../lake/company/company.ts';
import { addDays } from '../lake/values/day.ts';
import { businessDate } from '../lake/values/zone.ts';
import { queryRows } from '../platform/engine.ts';
import { understood, type VigieError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { type CheckInput, contextOf } from './run-checks.ts';
import { checkStatement } from './statement.ts';
import { subjectsOf } from './subjects.ts';

/** A check that was run, and why it could not be. */
export interface TriedCheck {
  readonly check: Check;
  /** On how many things. */
  readonly subjects: number;
  readonly problem?: VigieError;
}

/** Runs checks for whoever writes them: what an engine says against one is told, what they find is not. */
export async function tryChecks(
  platform: Pick<Platform, 'engine' | 'bucket' | 'clock' | 'log'>,
  { company, catalogue, checks }: { company: Company; catalogue: Catalogue; checks: readonly Check[] },
): Promise<TriedCheck[]> {
  const asOf = addDays(businessDate(platform.clock.now(), company.company.time_zone), -1);
  const { kpis, tables } = catalogue;
  const input: CheckInput = {
    company,
    asOf,
    run: `${asOf}.try`,
    pulls: [],
    kpis,
    catalogue: kpis,
    checks,
    tables,
  };
  const context = await contextOf(platform, input, checks);
  const tried: TriedCheck[] = [];
  for (const check of checks) {
    try {
      const subjects = subjectsOf(check, context);
      for (const subject of subjects)
        await queryRows(platform.engine, checkStatement(check, subject, context), {
          label: `check ${check.id}`,
        });
      tried.push({ check, subjects: subjects.length });
    } catch (error) {
      tried.push({ check, subjects: 1, problem: understood(error) });
    }
  }
  return tried;
}
