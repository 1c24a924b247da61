import type { Catalogue } from '../lake/catalogue/catalogue.ts';
import type { Company } from '../lake/company/company.ts';
import { problemOf } from '../lake/landing/batch.ts';
import type { BrokenPart, MailRun } from '../lake/run/manifest.ts';
import type { Platform } from '../platform/platform.ts';
import { problemLine, type Task } from '../task.ts';
import { type ChannelPlatform, channelsOf, type Topics } from './channels/channels.ts';
import { hoursOfRun } from './hours.ts';
import type { LinkMaker } from './letters/act.ts';
import type { Day } from './model/day.ts';
import { readDay } from './model/read-day.ts';
import { type Review, readReviews } from './model/review.ts';
import { writeSite } from './site/write-site.ts';
import { tellDay } from './tell-day.ts';

export interface ReportContext extends Topics {
  readonly platform: ChannelPlatform & Pick<Platform, 'bucket' | 'log'>;
  readonly company: Company;
  readonly catalogue: Catalogue;
  /** Of what links of alerts are made; throws where their key cannot be had. Absent: letters have none. */
  readonly links?: (() => Promise<LinkMaker>) | undefined;
  /** Something comes by every hour to send what is due (tell-due.ts): on AWS, a schedule. */
  readonly hourly?: boolean;
  /** False: letters are written as files, nobody is sent or told anything. Default true. */
  readonly mail?: boolean;
}

/** One item: the report, the mails and the announcements of the last day. */
export const reportTask: Task<ReportContext, readonly MailRun[]> = {
  step: 'report',
  items: async () => ['mails and report'],
  async perform(context, ref) {
    const { asOf, run } = ref;
    const { platform, company, catalogue } = context;
    const day = await readDay(platform.bucket, { company, catalogue, asOf, run });
    const unshown = await writePage(platform, day);
    const { reviews, unread: unreviewed } = await reviewsOf(context, asOf, run);
    const { links, unmade } = await linksOf(context);
    const channels = channelsOf(platform, company, context);
    const onlyWrite = context.mail === false || !company.delivery.live;
    const { hours, missed, unkept } = onlyWrite
      ? NOBODY_TOLD
      : await hoursOfRun(platform, { company, run: ref, channels, hourly: context.hourly });
    const mails = await tellDay(platform, channels, day, {
      run,
      broken: [...unshown, ...unreviewed, ...unmade, ...missed, ...unkept],
      ...{ reviews, links, onlyWrite, hours },
    });
    const unread = day.broken.filter(({ step }) => step === 'report');
    const troubles = [
      ...[...unread, ...unshown, ...unreviewed, ...unmade, ...missed].map(lineOf),
      ...mails
        .filter((mail) => mail.status === 'failed')
        .map(({ id, problem }) => `${id}: ${problem ? problemLine(problem) : 'failed'}`),
    ];
    if (troubles.length > 0) return { status: 'failed', detail: troubles.join('\n'), report: mails };
    if (unkept.length > 0) return { status: 'warning', detail: unkept.map(lineOf).join('\n'), report: mails };
    return { status: 'ok', detail: 'told', report: mails };
  },
};

const lineOf = ({ item, problem }: BrokenPart): string => `${item}: ${problemLine(problem)}`;

/** Letters that are written as files wait for nobody. */
const NOBODY_TOLD = { hours: undefined, missed: [], unkept: [] } as const;

/** What is looked back upon; where that cannot be read, the day is told all the same. */
export async function reviewsOf(
  { platform, company, catalogue }: ReportContext,
  asOf: string,
  run: string,
): Promise<{ readonly reviews: readonly Review[]; readonly unread: readonly BrokenPart[] }> {
  try {
    return { reviews: await readReviews(platform.bucket, { company, catalogue, asOf, run }), unread: [] };
  } catch (error) {
    const problem = problemOf(error);
    platform.log.error('report', { ...problem });
    return { reviews: [], unread: [{ step: 'report', item: 'review', problem }] };
  }
}

/** Without the key of links the letters go out all the same, without links, and operators hear why. */
export async function linksOf({ platform, links }: ReportContext): Promise<{
  readonly links?: LinkMaker | undefined;
  readonly unmade: readonly BrokenPart[];
}> {
  try {
    return { links: await links?.(), unmade: [] };
  } catch (error) {
    const problem = problemOf(error);
    platform.log.error('report', { ...problem });
    return { unmade: [{ step: 'report', item: 'links of alerts', problem }] };
  }
}

/** Writes the report; what of it could not be made must not keep back the mails, which tell of it. */
async function writePage(platform: ReportContext['platform'], day: Day): Promise<readonly BrokenPart[]> {
  try {
    await writeSite(platform, day);
    return [];
  } catch (error) {
    const problem = problemOf(error);
    platform.log.error('report', { ...problem });
    return [{ step: 'report', item: 'report', problem }];
  }
}
