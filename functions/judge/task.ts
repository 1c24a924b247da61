import type { AlertReport } from '../lake/alerts/alert.ts';
import { datesBetween } from '../lake/calendar.ts';
import type { Company } from '../lake/company/company.ts';
import type { Catalogue } from '../lake/kpis/catalogue.ts';
import type { Platform } from '../platform/platform.ts';
import type { Task } from '../task.ts';
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
    const asOfs = datesBetween(run.from, run.asOf);
    const reports = await judgeDays(platform, { company, catalogue, asOfs, run: run.run });
    return { status: 'ok', detail: 'judged', report: reports.at(-1) ?? null };
  },
};
