import { isDay } from '../../../functions/lake/values/day.ts';
import { pageFrom } from '../../vendor-kit/pages.ts';
import { json } from '../../vendor-kit/replies.ts';
import type { VendorReply } from '../vendor.ts';
import { invalidArgument } from './google.ts';
import { defaultChannelGroup } from './landing-pages.ts';
import type { Tally } from './tallies.ts';

/** Number of the company's own channel group, in which Google Ads is one channel and Microsoft Ads another. */
export const CHANNEL_GROUP = '7100482913';
const PURCHASE_RATE = 'sessionKeyEventRate:purchase';

const DIMENSIONS: Readonly<Record<string, (tally: Tally) => string>> = {
  date: ({ day }) => day.compact,
  deviceCategory: ({ device }) => device,
  sessionDefaultChannelGroup: ({ channel }) => defaultChannelGroup(channel),
  [`sessionCustomChannelGroup:${CHANNEL_GROUP}`]: ({ channel }) => channel,
  landingPage: ({ page }) => page,
};

interface Metric {
  readonly type: 'TYPE_INTEGER' | 'TYPE_FLOAT';
  value(sum: Sum): string;
}

const METRICS: Readonly<Record<string, Metric>> = {
  sessions: { type: 'TYPE_INTEGER', value: ({ sessions }) => String(sessions) },
  engagedSessions: { type: 'TYPE_INTEGER', value: ({ engaged }) => String(engaged) },
  [PURCHASE_RATE]: {
    type: 'TYPE_FLOAT',
    value: ({ ordering, sessions }) => String(sessions === 0 ? 0 : ordering / sessions),
  },
};

export const fieldNames = {
  dimensions: Object.keys(DIMENSIONS),
  metrics: Object.keys(METRICS),
} as const;

interface Sum {
  readonly values: readonly string[];
  sessions: number;
  engaged: number;
  ordering: number;
}

/** As much of `RunReportRequest` as this property understands. */
export interface ReportRequest {
  readonly dateRanges?: readonly { readonly startDate?: string; readonly endDate?: string }[];
  readonly dimensions?: readonly { readonly name?: string }[];
  readonly metrics?: readonly { readonly name?: string }[];
  readonly orderBys?: readonly { readonly dimension?: { readonly dimensionName?: string } }[];
  /** int64 in JSON: text or number. */
  readonly limit?: string | number;
  readonly offset?: string | number;
  readonly returnPropertyQuota?: boolean;
}

/** Google: “If unspecified, 10,000 rows are returned. The API returns a maximum of 250,000 rows per request”. */
const DEFAULT_LIMIT = 10_000;
const MOST_ROWS = 250_000;

/**
 * Answers runReport: values by position and as text, `rowCount` for the whole report, no `rows` where there are none.
 * @see https://developers.google.com/analytics/devguides/reporting/data/v1/rest/v1beta/properties/runReport
 */
export function runReport(
  request: ReportRequest,
  talliesOn: (from: string, to: string) => Iterable<Tally>,
  quota: object,
): VendorReply {
  const dimensions = (request.dimensions ?? []).map(({ name = '' }) => name);
  const metrics = (request.metrics ?? []).map(({ name = '' }) => name);
  const unknown =
    dimensions.find((name) => !(name in DIMENSIONS)) ?? metrics.find((name) => !(name in METRICS));
  if (unknown !== undefined)
    return invalidArgument(
      `Field ${unknown} is not a valid ${dimensions.includes(unknown) ? 'dimension' : 'metric'}. For a list of valid dimensions and metrics, see https://developers.google.com/analytics/devguides/reporting/data/v1/api-schema`,
    );
  const { startDate = '', endDate = '' } = request.dateRanges?.[0] ?? {};
  if (!isDay(startDate) || !isDay(endDate) || startDate > endDate)
    return invalidArgument(`Invalid startDate : ${startDate}. Dates are YYYY-MM-DD.`);
  const limit = Math.min(MOST_ROWS, Number(request.limit ?? DEFAULT_LIMIT));
  const offset = Number(request.offset ?? 0);
  const sums = sorted(summed(talliesOn(startDate, endDate), dimensions), request, dimensions);
  const rows = pageFrom(sums, offset, limit).items.map((sum) => ({
    dimensionValues: sum.values.map((value) => ({ value })),
    metricValues: metrics.map((name) => ({ value: METRICS[name]?.value(sum) ?? '' })),
  }));
  return json(200, {
    dimensionHeaders: dimensions.map((name) => ({ name })),
    metricHeaders: metrics.map((name) => ({ name, type: METRICS[name]?.type })),
    ...(rows.length > 0 ? { rows } : {}),
    ...(sums.length > 0 ? { rowCount: sums.length } : {}),
    metadata: { currencyCode: 'EUR', timeZone: 'Europe/Paris' },
    ...(request.returnPropertyQuota ? { propertyQuota: quota } : {}),
    kind: 'analyticsData#runReport',
  });
}

function summed(tallies: Iterable<Tally>, dimensions: readonly string[]): Sum[] {
  const sums = new Map<string, Sum>();
  for (const tally of tallies) {
    const values = dimensions.map((name) => DIMENSIONS[name]?.(tally) ?? '');
    const key = values.join('\u0000');
    let sum = sums.get(key);
    if (!sum) {
      sum = { values, sessions: 0, engaged: 0, ordering: 0 };
      sums.set(key, sum);
    }
    sum.sessions += tally.sessions;
    sum.engaged += tally.engaged;
    sum.ordering += tally.ordering;
  }
  return [...sums.values()];
}

/** Without an order, Google promises none; here the largest come first, so that a client that relies on dates shows. */
function sorted(sums: Sum[], { orderBys = [] }: ReportRequest, dimensions: readonly string[]): Sum[] {
  const places = orderBys.map(({ dimension }) => dimensions.indexOf(dimension?.dimensionName ?? ''));
  if (places.length === 0) return sums.sort((a, b) => b.sessions - a.sessions);
  return sums.sort((a, b) => {
    for (const place of places) {
      const [one = '', other = ''] = [a.values[place], b.values[place]];
      if (one !== other) return one < other ? -1 : 1;
    }
    return 0;
  });
}
