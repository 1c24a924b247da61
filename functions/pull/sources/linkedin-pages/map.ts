import { addDays } from '../../../lake/values/day.ts';
import { askedDay, windowOf } from '../../api/kit/days.ts';
import { FieldError, type RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { stockDay } from '../../api/stock-day.ts';
import { epochMillis } from '../../api/values.ts';
import type { Settings } from './settings.ts';

const NETWORK = 'linkedin';

/** How many follow the page: a figure of the day that was asked on, and of no other. */
export function mapFollowers(record: RecordReader, out: RowSink, context: MapContext<Settings>): void {
  const count = record.integer('firstDegreeSize');
  if (count < 0) throw record.error('firstDegreeSize', 'is below zero');
  const day = stockDay(context);
  if (day === null) out.skip('a count of today, asked for a day that is past');
  else
    out.row('social_audience', {
      ...{ network: NETWORK, account_id: context.slice.partition },
      ...{ counted_on: day, follower_count: count },
    });
}

export const followersKnown: readonly string[] = ['firstDegreeSize'];

/** What people did; `engagement` is these by impressions, a ratio, and is not read. */
const DEEDS = ['clickCount', 'likeCount', 'commentCount', 'shareCount'] as const;

/** What came of the page's posts on a day. Likes that were taken back count against it: LinkedIn writes them below zero. */
export function mapActivity(record: RecordReader, out: RowSink, { slice }: MapContext<Settings>): void {
  record.as('organizationalEntity', (urn) => {
    if (urn !== `urn:li:organization:${slice.partition}`)
      throw new FieldError('', urn, `is not the page asked for, ${slice.partition}`);
  });
  const ends = record.as('timeRange.end', epochMillis);
  const activeOn = record.as('timeRange.start', (start) => askedDay(windowOf(slice))(wholeDay(start, ends)));
  const figures = record.record('totalShareStatistics');
  const shown = figures.integer('impressionCount');
  if (shown < 0) throw figures.error('impressionCount', 'is below zero');
  out.row('social_activity', {
    ...{ network: NETWORK, account_id: slice.partition, active_on: activeOn, impression_count: shown },
    engagement_count: DEEDS.map((deed) => figures.integer(deed)).reduce((sum, number) => sum + number, 0),
  });
}

/** A day of UTC: an interval that is longer, or begins within one, is of another grain. */
function wholeDay(start: string, ends: string): string {
  const day = epochMillis(start).slice(0, 10);
  if (Number(start) !== Date.parse(day) || ends !== `${addDays(day, 1)}T00:00:00.000Z`)
    throw new FieldError('', start, `does not begin a day of UTC that ends with ${ends}`);
  return day;
}

export const activityKnown: readonly string[] = [
  ...['organizationalEntity', 'timeRange.start', 'timeRange.end', 'totalShareStatistics.impressionCount'],
  ...DEEDS.map((deed) => `totalShareStatistics.${deed}`),
];
