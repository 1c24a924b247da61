import type { Company } from '../lake/company/company.ts';
import { type CheckReport, checkReportKey } from '../lake/finding.ts';
import type { Catalogue } from '../lake/kpis/catalogue.ts';
import type { KpiRun } from '../lake/manifest.ts';
import { asOfsToMeasure } from '../lake/run.ts';
import { readJson } from '../platform/bucket.ts';
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
    const checks = await readJson<CheckReport>(platform.bucket, checkReportKey(run.asOf));
    const report = await measureKpi(platform, {
      company,
      catalogue,
      kpi: catalogue.kpi(item),
      asOfs: asOfsToMeasure(run),
      run: run.run,
      findings: checks?.findings ?? [],
    });
    if (report.status !== 'failed') return { status: 'ok', detail: report.status, report };
    return { status: 'failed', detail: report.problem ? problemLine(report.problem) : 'failed', report };
  },
};
