import type { Company } from '../lake/company/company.ts';
import type { Catalogue } from '../lake/kpis/catalogue.ts';
import type { MailRun } from '../lake/manifest.ts';
import type { Platform } from '../platform/platform.ts';
import { problemLine, type Task } from '../task.ts';
import { writeReport } from './html/write-report.ts';
import { sendMails } from './send-mails.ts';

export interface ReportContext {
  readonly platform: Pick<Platform, 'bucket' | 'mailer' | 'clock' | 'log'>;
  readonly company: Company;
  readonly catalogue: Catalogue;
}

/** One item: the report and the mails of the last day. */
export const reportTask: Task<ReportContext, readonly MailRun[]> = {
  step: 'report',
  items: async () => ['mails and report'],
  async perform({ platform, company, catalogue }, { asOf, run }) {
    const input = { company, catalogue, asOf, run };
    await writeReport(platform, input);
    const mails = await sendMails(platform, input);
    const failed = mails.filter((mail) => mail.status === 'failed');
    if (failed.length === 0) return { status: 'ok', detail: 'told', report: mails };
    const lines = failed.map(({ id, problem }) => `${id}: ${problem ? problemLine(problem) : 'failed'}`);
    return { status: 'failed', detail: lines.join('\n'), report: mails };
  },
};
