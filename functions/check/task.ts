import type { Catalogue } from '../lake/catalogue/catalogue.ts';
import { kpisOn } from '../lake/company/chosen-kpis.ts';
import type { Company } from '../lake/company/company.ts';
import { readPulls } from '../lake/run/record.ts';
import type { CheckReport } from '../lake/snapshot/finding.ts';
import type { Platform } from '../platform/platform.ts';
import type { Task } from '../task.ts';
import { runChecks } from './run-checks.ts';

export interface CheckTaskContext {
  readonly platform: Pick<Platform, 'bucket' | 'engine' | 'clock' | 'log'>;
  readonly company: Company;
  readonly catalogue: Catalogue;
}

/** One item: all checks. */
export const checkTask: Task<CheckTaskContext, CheckReport> = {
  step: 'check',
  items: async () => ['checks'],
  async perform({ platform, company, catalogue }, run) {
    const report = await runChecks(platform, {
      company,
      tables: catalogue.tables,
      asOf: run.asOf,
      run: run.run,
      pulls: await readPulls(platform.bucket, run),
      checks: catalogue.checks,
      broken: catalogue.broken,
      catalogue: catalogue.kpis,
      kpis: kpisOn(company, catalogue.kpis),
    });
    if (report.findings.length === 0) return { status: 'ok', detail: 'all in order', report };
    const detail = report.findings.map((finding) => finding.message).join('\n');
    return { status: 'warning', detail, report };
  },
};
