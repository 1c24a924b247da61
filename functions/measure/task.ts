import type { Catalogue } from '../lake/catalogue/catalogue.ts';
import type { Company } from '../lake/company/company.ts';
import { findingsOfRun } from '../lake/run/findings.ts';
import type { Damage } from '../lake/run/look-at-state.ts';
import type { KpiRun } from '../lake/run/manifest.ts';
import { daysToMeasureAgain, readDamages } from '../lake/run/mend-state.ts';
import { asOfsToMeasure } from '../lake/run/run.ts';
import type { TableName } from '../lake/tables/tables.ts';
import { VigieError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { problemLine, type Task } from '../task.ts';
import { measureKpi } from './measure-kpi.ts';

export interface MeasureContext {
  readonly platform: Pick<Platform, 'bucket' | 'engine' | 'clock' | 'log'>;
  readonly company: Company;
  readonly catalogue: Catalogue;
}

/** One item a KPI that is on. */
export const measureTask: Task<MeasureContext, KpiRun> = {
  step: 'measure',
  items: async ({ company, catalogue }) =>
    catalogue.kpis.map((kpi) => kpi.id).filter((id) => !company.kpis.off.includes(id)),
  async perform({ platform, company, catalogue }, run, item) {
    const findings = await findingsOfRun(platform.bucket, run, company);
    const damages = await readDamages(platform.bucket, run);
    const again = daysToMeasureAgain(damages, item, run.asOf);
    const lost = damages.find(
      ({ lost: table }) => table !== undefined && catalogue.kpi(item).dependsOn.includes(table as TableName),
    );
    if (lost) throw notFromHalf(item, lost);
    const report = await measureKpi(platform, {
      company,
      catalogue,
      kpi: catalogue.kpi(item),
      asOfs: [...again, ...asOfsToMeasure(run)],
      run: run.run,
      findings,
    });
    if (report.status !== 'failed') return { status: 'ok', detail: report.status, report };
    return { status: 'failed', detail: report.problem ? problemLine(report.problem) : 'failed', report };
  },
};

/** What is left of a table that lost its rows would pass for figures that fell, and take the place of those recorded. */
const notFromHalf = (kpi: string, { message, remedy }: Damage): VigieError =>
  new VigieError(`${kpi} was not computed: ${message}`, { code: 'LAKE_LOST', hint: remedy });
