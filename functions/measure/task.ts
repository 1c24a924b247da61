import type { Company } from '../lake/company/company.ts';
import { findingsOfRun } from '../lake/findings-of-run.ts';
import type { Catalogue } from '../lake/kpis/catalogue.ts';
import type { KpiRun } from '../lake/manifest.ts';
import { asOfsToMeasure } from '../lake/run.ts';
import { daysToMeasureAgain, readDamages } from '../lake/state/mend-state.ts';
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
    const again = daysToMeasureAgain(await readDamages(platform.bucket, run), item, run.asOf);
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
