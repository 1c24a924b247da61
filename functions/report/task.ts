import type { Catalogue } from '../lake/catalogue/catalogue.ts';
import type { Company } from '../lake/company/company.ts';
import { problemOf } from '../lake/landing/batch.ts';
import type { BrokenPart, MailRun } from '../lake/run/manifest.ts';
import { isToldStill } from '../lake/run/retention.ts';
import type { Announcer } from '../platform/announcer.ts';
import type { Platform } from '../platform/platform.ts';
import { problemLine, type Task } from '../task.ts';
import { announceAlerts } from './announce-alerts.ts';
import type { Day } from './model/day.ts';
import { readDay } from './model/read-day.ts';
import { writeReport } from './page/write-report.ts';
import { sendMails } from './send-mails.ts';

export interface ReportContext {
  readonly platform: Pick<Platform, 'bucket' | 'mailer' | 'clock' | 'log'>;
  readonly company: Company;
  readonly catalogue: Catalogue;
  /** A channel for chat and paging tools, where there is one. */
  readonly announcer?: Announcer;
  /** False: mails are written as files, nobody is sent or told anything. Default true. */
  readonly mail?: boolean;
}

/** One item: the report, the mails and the announcements of the last day. */
export const reportTask: Task<ReportContext, readonly MailRun[]> = {
  step: 'report',
  items: async () => ['mails and report'],
  async perform(context, { asOf, run }) {
    const { platform, company, catalogue } = context;
    const day = await readDay(platform.bucket, { company, catalogue, asOf, run });
    const unshown = await writePage(platform, day);
    const mails = await sendMails(platform, day, {
      run,
      broken: unshown,
      onlyWrite: context.mail === false,
    });
    const unread = day.broken.filter(({ step }) => step === 'report');
    const troubles = [
      ...[...unread, ...unshown].map(({ item, problem }) => `${item}: ${problemLine(problem)}`),
      ...mails
        .filter((mail) => mail.status === 'failed')
        .map(({ id, problem }) => `${id}: ${problem ? problemLine(problem) : 'failed'}`),
      ...(await announce(context, day, run)),
    ];
    if (troubles.length === 0) return { status: 'ok', detail: 'told', report: mails };
    return { status: 'failed', detail: troubles.join('\n'), report: mails };
  },
};

/** Writes the report; what of it could not be made must not keep back the mails, which tell of it. */
async function writePage(platform: ReportContext['platform'], day: Day): Promise<readonly BrokenPart[]> {
  try {
    await writeReport(platform, day);
    return [];
  } catch (error) {
    const problem = problemOf(error);
    platform.log.error('report', { ...problem });
    return [{ step: 'report', item: 'report', problem }];
  }
}

/** What went wrong with the announcement: it must not keep the mails from being recorded. */
async function announce(
  { platform, announcer, mail }: ReportContext,
  day: Day,
  run: string,
): Promise<string[]> {
  if (!announcer || mail === false || !day.company.delivery.live) return [];
  if (!(await isToldStill(platform.bucket, day.asOf))) return [];
  try {
    await announceAlerts({ ...platform, announcer }, day, run);
    return [];
  } catch (error) {
    return [`announcement: ${problemLine(problemOf(error))}`];
  }
}
