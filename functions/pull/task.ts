import type { Company } from '../lake/company/company.ts';
import type { PullReport } from '../lake/landing/batch.ts';
import type { Tables } from '../lake/tables/tables.ts';
import { VigieError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { counted, problemLine, type Task } from '../task.ts';
import { pullSource } from './pull-source.ts';

export interface PullContext {
  readonly platform: Platform;
  readonly company: Company;
  readonly tables: Tables;
  /** When to stop between two parts of a source and go on in a next call; absent: never. */
  readonly stopAt?: Date;
}

/** One item a source of vigie.yaml. */
export const pullTask: Task<PullContext, PullReport> = {
  step: 'pull',
  items: async ({ company }) => company.sources.map((source) => source.name),
  async perform({ platform, company, tables, stopAt }, { asOf, run }, item) {
    const source = sourceNamed(company, item);
    const report = await pullSource(platform, {
      company,
      tables,
      source,
      asOf,
      run,
      ...(stopAt === undefined ? {} : { stopAt }),
    });
    if (report.problem) {
      const problems = report.failed?.map(({ problem }) => problem) ?? [report.problem];
      return { status: 'failed', detail: [...new Set(problems.map(problemLine))].join('\n'), report };
    }
    if (report.status === 'unfinished')
      return { status: 'unfinished', detail: 'goes on where it stopped', report };
    const rejected = report.batches.reduce((sum, batch) => sum + batch.rejected, 0);
    if (rejected === 0) return { status: 'ok', detail: report.status, report };
    return {
      status: 'warning',
      detail: `${counted(rejected, 'row')} rejected, kept under rejected/`,
      report,
    };
  },
};

function sourceNamed(company: Company, name: string): Company['sources'][number] {
  const source = company.sources.find((each) => each.name === name);
  if (source) return source;
  throw new VigieError(`there is no source ${name} in vigie.yaml`, {
    code: 'SOURCE_UNKNOWN',
    where: { field: name },
    hint: `Its sources are ${company.sources.map((each) => each.name).join(', ')}.`,
  });
}
