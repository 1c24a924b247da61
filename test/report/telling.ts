import type { Recipient } from '../../functions/lake/company/company.ts';
import type { Platform } from '../../functions/platform/platform.ts';
import { mailChannel } from '../../functions/report/channels/mail.ts';
import { type DayInput, readDay } from '../../functions/report/model/read-day.ts';
import * as preview from '../../functions/report/preview-digest.ts';
import { tellAgain } from '../../functions/report/tell-again.ts';
import { type TellInput, tellDay } from '../../functions/report/tell-day.ts';

type MailPlatform = Pick<Platform, 'bucket' | 'mailer' | 'clock' | 'log'>;
type Only = { readonly only?: Recipient };

const mails = (platform: MailPlatform, { company, only }: DayInput & Only) => [
  mailChannel(platform, company, only ? [only] : company.recipients),
];

/** The day as it stands in the bucket now, told by mail. */
export const sendMails = async (
  platform: MailPlatform,
  input: DayInput & TellInput & Only,
): ReturnType<typeof tellDay> =>
  tellDay(platform, mails(platform, input), await readDay(platform.bucket, input), input);

export const sendAgain = async (
  platform: MailPlatform,
  input: DayInput & Parameters<typeof tellAgain>[3],
): ReturnType<typeof tellAgain> =>
  tellAgain(platform, mails(platform, input), await readDay(platform.bucket, input), input);

export const previewDigest = async (
  platform: Pick<MailPlatform, 'bucket' | 'clock'>,
  input: DayInput & { readonly recipient: Parameters<typeof preview.previewDigest>[2] },
): ReturnType<typeof preview.previewDigest> =>
  preview.previewDigest(platform, await readDay(platform.bucket, input), input.recipient);
