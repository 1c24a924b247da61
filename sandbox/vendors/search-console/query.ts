import { addDays, isDay } from '../../../functions/lake/values/day.ts';
import type { Clicks } from '../../kit/outreach/clicks.ts';
import { hash } from '../../kit/random.ts';
import { json } from '../../vendor-kit/replies.ts';
import type { VendorReply } from '../vendor.ts';
import { badRequest } from './refusals.ts';

/** As much of the request as this property understands. */
export interface Question {
  readonly startDate?: string;
  readonly endDate?: string;
  readonly dimensions?: readonly string[];
  readonly aggregationType?: string;
  readonly dataState?: string;
  readonly rowLimit?: number;
  readonly startRow?: number;
}

const DIMENSIONS: Readonly<Record<string, (clicks: Clicks) => string>> = {
  date: ({ day }) => day.date,
  device: ({ device }) => device,
  country: ({ country }) => country,
};
/** Google: “Valid range is 1–25,000; Default is 1,000”. */
const [MOST_ROWS, USUAL_ROWS] = [25_000, 1_000];

interface Sum {
  readonly keys: readonly string[];
  clicks: number;
  impressions: number;
  /** Hundredths of places, by impressions. */
  places: number;
}

/**
 * Answers searchAnalytics.query: most clicks first, ties in any order; no `rows` where there are none; `metadata` only where days that
 * are not final were asked for and are there.
 * https://developers.google.com/webmaster-tools/v1/searchanalytics/query
 */
export function query(
  question: Question,
  days: ReadonlyMap<string, readonly Clicks[]>,
  final: string,
): VendorReply {
  const { startDate = '', endDate = '', dimensions = [], rowLimit = USUAL_ROWS, startRow = 0 } = question;
  if (!isDay(startDate) || !isDay(endDate) || startDate > endDate)
    return badRequest(`Invalid value at 'start_date': ${startDate}`);
  const unknown = dimensions.find((name) => !(name in DIMENSIONS));
  if (unknown !== undefined) return badRequest(`Invalid dimension ${unknown}`);
  if (rowLimit < 1 || rowLimit > MOST_ROWS) return badRequest('rowLimit must be between 1 and 25000');
  const last = question.dataState === 'all' ? endDate : [endDate, final].toSorted()[0];
  const asked = [...days].flatMap(([date, clicks]) =>
    date >= startDate && date <= (last ?? '') ? clicks : [],
  );
  const rows = summed(asked, dimensions)
    .slice(startRow, startRow + rowLimit)
    .map(rowOf);
  const fresh = dimensions.includes('date') && asked.some(({ day }) => day.date > final);
  return json(200, {
    ...(rows.length > 0 ? { rows } : {}),
    responseAggregationType: question.aggregationType ?? 'byProperty',
    ...(fresh ? { metadata: { first_incomplete_date: addDays(final, 1) } } : {}),
  });
}

function summed(asked: readonly Clicks[], dimensions: readonly string[]): Sum[] {
  const sums = new Map<string, Sum>();
  for (const each of asked) {
    const keys = dimensions.map((name) => DIMENSIONS[name]?.(each) ?? '');
    const key = keys.join(' ');
    const sum = sums.get(key) ?? { keys, clicks: 0, impressions: 0, places: 0 };
    sum.clicks += each.clicks;
    sum.impressions += each.impressions;
    sum.places += each.position * each.impressions;
    sums.set(key, sum);
  }
  // Ties come in an order that says nothing.
  return [...sums.values()].sort(
    (a, b) => b.clicks - a.clicks || hash(a.keys.join(' ')) - hash(b.keys.join(' ')),
  );
}

const rowOf = ({ keys, clicks, impressions, places }: Sum): object => ({
  keys,
  clicks,
  impressions,
  ctr: clicks / impressions,
  position: places / impressions / 100,
});
