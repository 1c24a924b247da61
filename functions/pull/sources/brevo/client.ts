import { addDays } from '../../../lake/values/day.ts';
import { windowOf } from '../../api/kit/days.ts';
import { joinedPage, readEnvelope, recordsIn } from '../../api/kit/envelope.ts';
import { objectOf, textOf } from '../../api/kit/errors.ts';
import { pagesByOffset } from '../../api/kit/paging.ts';
import type { RawPage, Slice } from '../../api/source.ts';
import type { Vendor, VendorAnswer } from '../../api/vendor.ts';
import type { Settings } from './settings.ts';

export const TITLE = 'Brevo';
export const CAMPAIGNS = '/v3/emailCampaigns';

/**
 * Without `statistics` every figure of `globalStats` is 0: https://developers.brevo.com/changelog/2023/2/7. In the order of
 * their making, so that a campaign which is sent meanwhile moves no other to another page.
 */
export const WANTED = {
  ...{ status: 'sent', statistics: 'globalStats', excludeHtmlContent: 'true', sort: 'asc' },
} as const;

export const records = (page: RawPage): readonly unknown[] => recordsIn(TITLE, page.json(), 'campaigns');

const countIn = (answer: VendorAnswer): number =>
  readEnvelope(TITLE, answer, (body) => body.integer('count'));

/** Brevo may leave out a list that is empty. */
export function campaignsIn(answer: VendorAnswer): readonly unknown[] {
  const body = answer.json();
  if (objectOf(body)?.['campaigns'] === undefined && countIn(answer) === 0) return [];
  return recordsIn(TITLE, body, 'campaigns');
}

/** The campaigns sent within a slice, and a day more at both ends: a day of the company is not one of UTC. */
export async function* pages(
  vendor: Vendor,
  { page_size: size }: Settings,
  slice: Slice,
): AsyncGenerator<RawPage> {
  const { from, to } = windowOf(slice);
  const startDate = midnight(addDays(from, -1));
  const endDate = pastOf(midnight(addDays(to, 2)), vendor.now());
  const answers = pagesByOffset({
    what: 'Brevo campaigns',
    ask: (offset) =>
      vendor.ask({ url: CAMPAIGNS, query: { ...WANTED, startDate, endDate, limit: size, offset } }),
    keys: (answer) => campaignsIn(answer).map((each) => textOf(objectOf(each)?.['id'])),
    total: countIn,
    ...{ size, hint: 'A campaign was sent or deleted meanwhile: the next run asks again.' },
  });
  for await (const answer of answers)
    yield joinedPage(answer.request, { campaigns: campaignsIn(answer).map(needed) });
}

const midnight = (day: string): string => `${day}T00:00:00.000Z`;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Brevo refuses an end in the future, by its clock: then the last full hour that ended a minute ago or more. */
function pastOf(end: string, now: Date): string {
  const hour = Math.floor((now.getTime() - MINUTE_MS) / HOUR_MS) * HOUR_MS;
  return Date.parse(end) <= hour ? end : new Date(hour).toISOString();
}

/** What is kept of a campaign: no subject, no sender, no text of the mail. */
function needed(campaign: unknown): unknown {
  const found = objectOf(campaign);
  if (found === undefined) return campaign;
  const { id, name, status, sentDate } = found;
  const statistics = objectOf(found['statistics']);
  if (statistics === undefined) return { id, name, status, sentDate };
  const { globalStats, campaignStats } = statistics;
  return { id, name, status, sentDate, statistics: { globalStats, campaignStats } };
}
