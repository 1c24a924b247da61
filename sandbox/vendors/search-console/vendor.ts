import { addDays, DAY_MS } from '../../../functions/lake/values/day.ts';
import { zoneClock } from '../../../functions/lake/values/zone.ts';
import { DOMAIN } from '../../companies/wholesale/config/outreach.ts';
import { type Clicks, clicksOn, FINAL_AFTER } from '../../kit/outreach/clicks.ts';
import { keyFile, tokenOffice } from '../../vendor-kit/google-access.ts';
import { json } from '../../vendor-kit/replies.ts';
import type { DailyVendor, MakeVendor, VendorCall, VendorReply } from '../vendor.ts';
import { type Question, query } from './query.ts';
import { badRequest, refusal } from './refusals.ts';

/** The property of the company's domain. */
export const SITE = `sc-domain:${DOMAIN}`;
const PACIFIC = zoneClock('America/Los_Angeles');

/** Google Search Console: what Google counted of one property, and Google's token address. */
export const makeVendor: MakeVendor = ({ seed, now, company }) => {
  const days = new Map<string, readonly Clicks[]>();
  const office = tokenOffice(now, 'search-console', 'webmasters.readonly');
  return {
    kind: 'search-console',
    secret: keyFile(seed),
    day({ day }) {
      days.set(day.date, clicksOn({ seed, growth: company.growth }, day));
    },
    answer(call) {
      if (call.url.pathname === '/token') return office.answer(call);
      if (office.state(call) !== 'good')
        return refusal(401, 'authError', 'Request had invalid authentication credentials.');
      return answer(call, days, today(now()));
    },
  } satisfies DailyVendor;
};

const today = (now: Date): string =>
  new Date(PACIFIC.dayOf(now.getTime()) * DAY_MS).toISOString().slice(0, 10);

function answer(
  call: VendorCall,
  days: ReadonlyMap<string, readonly Clicks[]>,
  pacificToday: string,
): VendorReply {
  const [, site, what] =
    /^\/webmasters\/v3\/sites\/([^/]+)(\/searchAnalytics\/query)?$/.exec(call.url.pathname) ?? [];
  if (site === undefined) return refusal(404, 'notFound', 'Not Found');
  if (decodeURIComponent(site) !== SITE)
    return refusal(
      403,
      'forbidden',
      `User does not have sufficient permission for site '${decodeURIComponent(site)}'. See also: https://support.google.com/webmasters/answer/2451999.`,
    );
  if (what === undefined) return json(200, { siteUrl: SITE, permissionLevel: 'siteRestrictedUser' });
  if (call.method !== 'POST') return badRequest('Method not allowed.');
  const final = addDays(pacificToday, -FINAL_AFTER);
  return query(JSON.parse(call.body || '{}') as Question, days, final);
}
