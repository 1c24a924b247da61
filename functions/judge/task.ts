import type { AlertReport } from '../lake/catalogue/alert.ts';
import type { Catalogue } from '../lake/catalogue/catalogue.ts';
import type { Company } from '../lake/company/company.ts';
import { daysToJudgeAgain, readDamages } from '../lake/run/mend-state.ts';
import { datesBetween } from '../lake/values/day.ts';
import type { Platform } from '../platform/platform.ts';
import { problemLine, type Task } from '../task.ts';
import { judgeDays } from './judge.ts';

export interface JudgeContext {
  readonly platform: Pick<Platform, 'bucket' | 'clock' | 'log'>;
  readonly company: Company;
  readonly catalogue: Catalogue;
}

/** One item: the alerts of every day asked for, in order. */
export const judgeTask: Task<JudgeContext, AlertReport | null> = {
  step: 'judge',
  items: async () => ['alerts'],
  async perform({ platform, company, catalogue }, run) {
    const lost = daysToJudgeAgain(await readDamages(platform.bucket, run)).filter((day) => day < run.from);
    const asOfs = [...lost, ...datesBetween(run.from, run.asOf)];
    const judged = await judgeDays(platform, { company, catalogue, asOfs, run: run.run });
    const report = judged.reports.at(-1) ?? null;
    const [first] = judged.failures;
    if (!first) return { status: 'ok', detail: 'judged', report };
    const words = judged.failures.map(({ rule, problem }) => `alert ${rule}: ${problem.message}`);
    const problem = { ...first.problem, message: words.join('\n') };
    return { status: 'failed', detail: problemLine(problem), report, problem };
  },
};
