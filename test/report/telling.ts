import { type DayInput, readDay } from '../../functions/report/model/read-day.ts';
import * as preview from '../../functions/report/preview-digest.ts';
import * as again from '../../functions/report/send-again.ts';
import * as mails from '../../functions/report/send-mails.ts';

/** The day as it stands in the bucket now, told. */
export const sendMails = async (
  platform: mails.MailPlatform,
  input: DayInput & mails.SendMailsInput,
): ReturnType<typeof mails.sendMails> =>
  mails.sendMails(platform, await readDay(platform.bucket, input), input);

export const sendAgain = async (
  platform: mails.MailPlatform,
  input: DayInput & Parameters<typeof again.sendAgain>[2],
): ReturnType<typeof again.sendAgain> =>
  again.sendAgain(platform, await readDay(platform.bucket, input), input);

export const previewDigest = async (
  platform: Pick<mails.MailPlatform, 'bucket' | 'clock'>,
  input: DayInput & { readonly recipient: Parameters<typeof preview.previewDigest>[2] },
): ReturnType<typeof preview.previewDigest> =>
  preview.previewDigest(platform, await readDay(platform.bucket, input), input.recipient);
