import { addDays } from '../../../lake/values/day.ts';
import { windowOf } from '../../api/kit/days.ts';
import { joinedPage, readEnvelope, recordsIn } from '../../api/kit/envelope.ts';
import { objectOf, textOf } from '../../api/kit/errors.ts';
import { pagesByOffset } from '../../api/kit/paging.ts';
import type { RawPage, Slice } from '../../api/source.ts';
import type { Vendor, VendorAnswer } from '../../api/vendor.ts';
import type { Settings } from './settings.ts';

export const TITLE = 'Mailchimp';
export const REPORTS = '/3.0/reports';

const PLAIN = ['id', 'campaign_title', 'type', 'emails_sent', 'unsubscribed', 'send_time'] as const;
const NESTED = {
  bounces: ['hard_bounces', 'soft_bounces'],
  opens: ['unique_opens', 'proxy_excluded_unique_opens'],
  clicks: ['unique_subscriber_clicks'],
} as const;

/** Nothing else of a report is asked for: it has the subject, and the password under which it can be shared. */
export const FIELDS = [
  'total_items',
  ...PLAIN.map((field) => `reports.${field}`),
  ...Object.entries(NESTED).flatMap(([group, fields]) => fields.map((field) => `reports.${group}.${field}`)),
].join(',');

/** Fields that the mapping knows. */
export const known: readonly string[] = [
  ...PLAIN,
  ...Object.entries(NESTED).flatMap(([group, fields]) => fields.map((field) => `${group}.${field}`)),
];

export const records = (page: RawPage): readonly unknown[] => recordsIn(TITLE, page.json(), 'reports');

const reportsIn = (answer: VendorAnswer): readonly unknown[] => recordsIn(TITLE, answer.json(), 'reports');

export const countIn = (answer: VendorAnswer): number =>
  readEnvelope(TITLE, answer, (body) => body.integer('total_items'));

/**
 * The reports of campaigns sent within a slice, and a day more at both ends: a day of the company is not one of UTC.
 * https://mailchimp.com/developer/marketing/api/reports/list-campaign-reports/
 */
export async function* pages(
  vendor: Vendor,
  { page_size: size }: Settings,
  slice: Slice,
): AsyncGenerator<RawPage> {
  const { from, to } = windowOf(slice);
  const sent = { since_send_time: midnight(addDays(from, -1)), before_send_time: midnight(addDays(to, 2)) };
  const answers = pagesByOffset({
    what: 'Mailchimp campaign reports',
    ask: (offset) => vendor.ask({ url: REPORTS, query: { ...sent, fields: FIELDS, count: size, offset } }),
    keys: (answer) => reportsIn(answer).map((each) => textOf(objectOf(each)?.['id'])),
    total: countIn,
    ...{ size, hint: 'A campaign was sent or deleted meanwhile: the next run asks again.' },
  });
  for await (const answer of answers)
    yield joinedPage(answer.request, { reports: reportsIn(answer).map(needed) });
}

const midnight = (day: string): string => `${day}T00:00:00+00:00`;

/** What is kept of a report, whatever came. */
function needed(report: unknown): unknown {
  const found = objectOf(report);
  if (found === undefined) return report;
  const groups = Object.entries(NESTED).flatMap(([group, fields]) => {
    const inside = objectOf(found[group]);
    return inside === undefined ? [] : [[group, only(inside, fields)] as const];
  });
  return { ...only(found, PLAIN), ...Object.fromEntries(groups) };
}

const only = (
  found: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(names.flatMap((name) => (Object.hasOwn(found, name) ? [[name, found[name]]] : [])));
