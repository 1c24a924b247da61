import { addDays, daysBetween } from '../../../lake/values/day.ts';
import { VigieError } from '../../../platform/errors.ts';
import { windowOf } from '../../api/kit/days.ts';
import { clockedPage, jsonPage, readEnvelope, recordsIn } from '../../api/kit/envelope.ts';
import { linkedInHeaders } from '../../api/kit/linkedin.ts';
import type { RawPage, Slice } from '../../api/source.ts';
import type { Vendor, VendorAnswer } from '../../api/vendor.ts';
import type { Settings } from './settings.ts';

export const TITLE = 'LinkedIn pages';

const urn = (organization: string): string => `urn%3Ali%3Aorganization%3A${organization}`;

/**
 * How many follow a page at this moment; LinkedIn tells no other moment's.
 * https://learn.microsoft.com/linkedin/marketing/community-management/organizations/organization-lookup-api
 */
export const askFollowers = (
  vendor: Vendor,
  settings: Settings,
  organization: string,
): Promise<VendorAnswer> =>
  vendor.ask({
    url: `/rest/networkSizes/${urn(organization)}?edgeType=COMPANY_FOLLOWED_BY_MEMBER`,
    headers: linkedInHeaders(settings),
  });

/** The count, with the clock of LinkedIn: it is of the moment at which it was asked for. */
export async function* followerPages(
  vendor: Vendor,
  settings: Settings,
  { partition }: Slice,
): AsyncGenerator<RawPage> {
  yield clockedPage(await askFollowers(vendor, settings, partition));
}

export const followerRecords = (page: RawPage): readonly unknown[] => [page.json()];

/**
 * What came of a page's posts, day by day. Days are of UTC, from midnight to midnight: anything else is refused. In Rest.li’s
 * notation `( ) : ,` stand as they are.
 * https://learn.microsoft.com/linkedin/marketing/community-management/organizations/share-statistics
 */
export async function* activityPages(
  vendor: Vendor,
  settings: Settings,
  slice: Slice,
): AsyncGenerator<RawPage> {
  const { from, to } = windowOf(slice);
  const end = Math.min(Date.parse(addDays(to, 1)), lastMidnight(vendor.now()));
  // East of London the day may be over, and that of UTC is not.
  if (end <= Date.parse(from)) return;
  const range = `(start:${Date.parse(from)},end:${end})`;
  const parts = [
    'q=organizationalEntity',
    `organizationalEntity=${urn(slice.partition)}`,
    `timeIntervals=(timeRange:${range},timeGranularityType:DAY)`,
  ];
  const answer = await vendor.ask({
    url: `/rest/organizationalEntityShareStatistics?${parts.join('&')}`,
    headers: linkedInHeaders(settings),
  });
  refuseMore(answer, daysBetween(from, to) + 1);
  yield jsonPage(answer);
}

const DAY_MS = 86_400_000;
const lastMidnight = (now: Date): number => Math.floor(now.getTime() / DAY_MS) * DAY_MS;

export const activityRecords = (page: RawPage): readonly unknown[] =>
  recordsIn(TITLE, page.json(), 'elements');

/** There is no paging of days today. Should a next link ever come, or more days than there are, figures would be wrong. */
function refuseMore(answer: VendorAnswer, days: number): void {
  readEnvelope(TITLE, answer, (body) => {
    const links = body.recordOrNull('paging')?.records('links') ?? [];
    if (links.some((link) => link.textOrNull('rel') === 'next'))
      throw body.error('paging.links', 'holds a next page');
  });
  const found = recordsIn(TITLE, answer.json(), 'elements').length;
  if (found <= days) return;
  throw new VigieError(`${TITLE}: ${found} days came where ${days} were asked for`, {
    code: 'VENDOR_SHAPE',
    where: { field: 'elements' },
    hint: 'LinkedIn may have cut days in another way: nothing was taken. See the source’s page for the version that is known.',
  });
}
