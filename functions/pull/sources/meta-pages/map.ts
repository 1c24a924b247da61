import { askedDay, windowOf } from '../../api/kit/days.ts';
import { askedAccount } from '../../api/kit/values.ts';
import { FieldError, type RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { stockDay } from '../../api/stock-day.ts';
import { isoInstant } from '../../api/values.ts';
import { dayEnding } from './client.ts';
import type { Settings } from './settings.ts';

type Network = 'facebook' | 'instagram';
type Context = MapContext<Settings>;

/** How many follow: a figure of the day that was asked on, and of no other. */
export const mapFollowers =
  (network: Network) =>
  (record: RecordReader, out: RowSink, context: Context): void => {
    const account = record.as('id', askedAccount(context.slice));
    const count = countOf(record, 'followers_count');
    const day = stockDay(context);
    if (day === null) out.skip('a count of today, asked for a day that is past');
    else
      out.row('social_audience', {
        ...{ network, account_id: account, counted_on: day, follower_count: count },
      });
  };

/** A page's day, which ends at midnight in California: 7:00 or 8:00 UTC. */
export function mapPageDay(record: RecordReader, out: RowSink, { slice }: Context): void {
  const { from, to } = windowOf(slice);
  const day = record.as('end_time', wholeDay);
  if (day < from || day > to) out.skip('a day of another reading');
  else
    out.row('social_activity', {
      ...{ network: 'facebook', account_id: slice.partition, active_on: day },
      impression_count: countOf(record, 'shown'),
      engagement_count: record.integer('engagement'),
    });
}

/** An account's day. What is not there is not known, and no 0. */
export function mapAccountDay(record: RecordReader, out: RowSink, { slice }: Context): void {
  const day = record.as('day', askedDay(windowOf(slice)));
  if (record.recordOrNull('shown') === null || record.recordOrNull('engagement') === null)
    out.skip('a day of which Instagram tells one figure only');
  else
    out.row('social_activity', {
      ...{ network: 'instagram', account_id: slice.partition, active_on: day },
      impression_count: countOf(record, 'shown.value'),
      engagement_count: record.integer('engagement.value'),
    });
}

function wholeDay(text: string): string {
  const instant = isoInstant(text);
  const day = dayEnding(instant);
  const next = new Date(Date.parse(instant) + 1).toISOString();
  if (dayEnding(next) === day) throw new FieldError('', text, 'does not end a day of California');
  return day;
}

function countOf(record: RecordReader, field: string): number {
  const count = record.integer(field);
  if (count < 0) throw record.error(field, 'is below zero');
  return count;
}

export const followersKnown: readonly string[] = ['id', 'followers_count'];
export const pageKnown: readonly string[] = ['end_time', 'shown', 'engagement'];
export const accountKnown: readonly string[] = ['day', 'shown.value', 'engagement.value'];
