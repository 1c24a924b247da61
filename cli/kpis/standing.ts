import type { Kpi, Theme } from '../../functions/lake/catalogue/kpi.ts';
import { unfedTables } from '../../functions/lake/catalogue/kpi-needs.ts';
import { type OffReason, whyOff } from '../../functions/lake/company/chosen-kpis.ts';
import { allFedTables } from '../../functions/lake/company/fed-tables.ts';
import { latestAsOf } from '../../functions/lake/snapshot/store.ts';
import { saidIn, wordIn } from '../../functions/lake/values/language.ts';
import { en } from '../../functions/languages/en.ts';
import type { Context } from '../context.ts';

/** Where a KPI stands in this company. */
export interface Standing {
  readonly kpi: string;
  readonly name: string;
  readonly theme: Theme;
  readonly unit: string;
  /**
   * `measured`: there are figures; `ready`: the next run measures it; `no data`: some table has no source; `broken`: its file
   * has a mistake; `off`: the company goes without it.
   */
  readonly state: 'measured' | 'ready' | 'no data' | 'broken' | 'off';
  /** Of one that is off: why. */
  readonly reason: string | null;
  /** Tables that it counts and no source fills. */
  readonly missing: readonly string[];
  /** Last as-of date measured. */
  readonly as_of: string | null;
}

export async function standingOf({ company, platform }: Context, kpi: Kpi): Promise<Standing> {
  const missing = unfedTables(kpi, allFedTables(company.sources));
  const asOf = (await latestAsOf(platform.bucket, kpi.id)) ?? null;
  const waiting = missing.length > 0 ? 'no data' : asOf === null ? 'ready' : 'measured';
  const off = whyOff(company, kpi);
  const { id, unit, theme } = kpi;
  return {
    ...{ kpi: id, name: wordIn(kpi.names, en), theme, unit, missing, as_of: asOf },
    state: off ? 'off' : kpi.problem ? 'broken' : waiting,
    reason: off && reasonOf(off),
  };
}

const reasonOf = (off: OffReason): string =>
  off.kind === 'theme' ? `kpis.themes does not name ${off.theme}` : saidIn(off.reason, en);
