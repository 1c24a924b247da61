import { zoneClock } from '../../../functions/lake/values/zone.ts';
import { pageFrom } from '../../vendor-kit/pages.ts';
import { json } from '../../vendor-kit/replies.ts';
import type { VendorCall, VendorReply } from '../vendor.ts';
import { invalid, notFound } from './errors.ts';
import { instant, type MarketingEmail, type Portal, type Sending } from './portal.ts';

const MOST_LISTED = 100;
const DAY_MS = 86_400_000;
const FIGURES = ['sent', 'bounced', 'opened', 'clicked', 'unsubscribed', 'onPhones'] as const;

/** @see https://developers.hubspot.com/docs/api-reference/latest/marketing/marketing-emails/guide */
export function emails(portal: Portal, action: string, { url }: VendorCall, now: number): VendorReply {
  const all = portal.emails ?? [];
  const { searchParams: query } = url;
  if (action === '') return listed(all, query);
  const [from, to] = [query.get('startTimestamp'), query.get('endTimestamp')].map((at) =>
    Date.parse(at ?? ''),
  );
  if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to))
    return invalid('Unable to parse value for query parameter: startTimestamp');
  const wanted = query.getAll('emailIds').map(Number);
  const chosen = all.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
  const within = (each: MarketingEmail): Sending[] =>
    each.sendings.filter(({ at }) => at >= from && at < to && at <= now);
  if (action === 'statistics/list') {
    const sent = chosen.filter((each) => within(each).length > 0);
    const aggregate = figuresOf(sent.flatMap(within));
    return json(200, { emails: sent.map(({ id }) => id), campaignAggregations: {}, aggregate });
  }
  if (action !== 'statistics/histogram' || query.get('interval') !== 'DAY') return notFound();
  return histogram(chosen.flatMap(within), portal.timeZone, from, to);
}

function listed(all: readonly MarketingEmail[], query: URLSearchParams): VendorReply {
  const limit = Number(query.get('limit') ?? 10);
  if (!(limit > 0 && limit <= MOST_LISTED)) return invalid(`limit must be between 1 and ${MOST_LISTED}`);
  const { items, next } = pageFrom(all, Number(query.get('after') ?? 0), limit);
  const results = items.map(({ id, name }) => ({ id: String(id), name, isAb: false }));
  const paging = next === null ? {} : { paging: { next: { after: String(next) } } };
  return json(200, { total: all.length, results, ...paging });
}

/** Every day that a span touches, as the account cuts them, whether or not a mail was sent. */
function histogram(sendings: readonly Sending[], zone: string, from: number, to: number): VendorReply {
  const clock = zoneClock(zone);
  const results: unknown[] = [];
  for (let day = clock.dayOf(from); day <= clock.dayOf(to); day += 1) {
    const [start, end] = [clock.instantOf(day * DAY_MS), clock.instantOf((day + 1) * DAY_MS)];
    const found = sendings.filter(({ at }) => at >= start && at < end);
    results.push({ aggregations: figuresOf(found), interval: { start: instant(start), end: instant(end) } });
  }
  return json(200, { total: results.length, results });
}

function figuresOf(sendings: readonly Sending[]) {
  const sum = Object.fromEntries(
    FIGURES.map((name) => [name, sendings.reduce((total, each) => total + each[name], 0)]),
  ) as Record<(typeof FIGURES)[number], number>;
  const { sent, bounced, opened, clicked, unsubscribed, onPhones } = sum;
  return {
    counters: {
      ...{ selected: sent, sent, delivered: sent - bounced, bounce: bounced, hardbounced: bounced },
      ...{ softbounced: 0, open: opened, click: clicked, unsubscribed, spamreport: 0, dropped: 0 },
    },
    deviceBreakdown: {
      open_device_type: { computer: opened - onPhones, mobile: onPhones, unknown: 0 },
      click_device_type: { computer: clicked, mobile: 0, unknown: 0 },
    },
    ...{ qualifierStats: {}, ratios: { openratio: sent === 0 ? 0 : (100 * opened) / sent } },
  };
}
