import type { CanonicalRow } from '../../../lake/landing/writer.ts';
import { windowOf } from '../../api/kit/days.ts';
import { digits } from '../../api/kit/values.ts';
import { FieldError, type RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { dayIn, isoInstant } from '../../api/values.ts';
import type { Settings } from './settings.ts';

const COUNTERS = 'aggregations.counters';
const DEVICES = 'aggregations.deviceBreakdown.open_device_type';

/** A marketing e-mail: what has become until now of its mails, a row for each day on which some were sent. */
export function mapEmail(record: RecordReader, out: RowSink, { slice, page }: MapContext<Settings>): void {
  const { from, to } = windowOf(slice);
  const zone = page.facts['time_zone'] ?? 'UTC';
  const campaign = { campaign_id: record.as('id', digits), campaign_name: record.textOrNull('name') };
  let rows = 0;
  for (const interval of record.records('intervals')) {
    const sentOn = interval.as('interval.start', (at) => dayThatBegins(isoInstant(at), zone));
    const sent = count(interval, `${COUNTERS}.sent`);
    // A day more than wanted was asked for at both ends; HubSpot has an interval for days without a mail, too.
    if (sentOn < from || sentOn > to || sent === 0) continue;
    out.row('email_sends', { ...campaign, sent_on: sentOn, sent_count: sent, ...figuresOf(interval) });
    rows += 1;
  }
  if (rows === 0) out.skip('sent on days of another reading');
}

/**
 * Opens and clicks are recipients, each once; with bot filtering, which is on by default, without machines: Apple's proxy, scanners.
 * https://knowledge.hubspot.com/marketing-email/understand-bot-filtering-in-marketing-email-analytics
 */
function figuresOf(interval: RecordReader): CanonicalRow {
  const opened = count(interval, `${COUNTERS}.open`);
  return {
    bounce_count: count(interval, `${COUNTERS}.bounce`),
    delivered_count: count(interval, `${COUNTERS}.delivered`),
    unique_open_count: opened,
    unique_click_count: count(interval, `${COUNTERS}.click`),
    unsubscribe_count: count(interval, `${COUNTERS}.unsubscribed`),
    // Without an open there is none on any device, and the breakdown may be empty.
    mobile_open_count: opened === 0 ? 0 : count(interval, `${DEVICES}.mobile`),
    desktop_open_count: opened === 0 ? 0 : count(interval, `${DEVICES}.computer`),
  };
}

/** Days are cut in the account's time zone; a day of UTC would be one, too. Anything else is of another grain. */
function dayThatBegins(at: string, zone: string): string {
  if (at.endsWith('T00:00:00.000Z')) return at.slice(0, 10);
  const day = dayIn(at, zone);
  if (dayIn(new Date(Date.parse(at) - 1).toISOString(), zone) === day)
    throw new FieldError('', at, `does not begin a day in ${zone}, the account’s time zone`);
  return day;
}

function count(record: RecordReader, field: string): number {
  const number = record.integer(field);
  if (number < 0) throw record.error(field, 'is below zero');
  return number;
}

/** Fields of a record that the mapping knows, and those that it leaves on purpose. */
export const emailKnown: readonly string[] = [
  ...['id', 'name', 'intervals.interval.start', 'intervals.interval.end'],
  ...['sent', 'delivered', 'bounce', 'open', 'click', 'unsubscribed', 'hardbounced', 'softbounced'].map(
    (name) => `intervals.${COUNTERS}.${name}`,
  ),
  ...['contactslost', 'dropped', 'notsent', 'pending', 'selected', 'spamreport', 'suppressed', 'reply'].map(
    (name) => `intervals.${COUNTERS}.${name}`,
  ),
  ...['open_device_type', 'click_device_type'].flatMap((kind) =>
    ['computer', 'mobile', 'unknown'].map((name) => `intervals.aggregations.deviceBreakdown.${kind}.${name}`),
  ),
];
