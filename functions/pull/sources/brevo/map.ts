import type { CanonicalRow } from '../../../lake/landing/writer.ts';
import { windowOf } from '../../api/kit/days.ts';
import { digits } from '../../api/kit/values.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { dayIn, isoInstant } from '../../api/values.ts';
import type { Settings } from './settings.ts';

const SENT = 'statistics.globalStats.sent';

/**
 * A campaign: what has become of it until now. `trackableViews` are the recipients who opened it without a privacy proxy;
 * Brevo's open rate may hold Apple's, by a setting, and does not say whether `uniqueViews` does: those are not read.
 * https://developers.brevo.com/reference/get-email-campaigns
 */
export function map(record: RecordReader, out: RowSink, { slice, timeZone }: MapContext<Settings>): void {
  const { from, to } = windowOf(slice);
  record.oneOf('status', { sent: 'sent' });
  const sentOn = record.as('sentDate', (at) => dayIn(isoInstant(at), timeZone));
  // A day more than wanted was asked for at both ends.
  if (sentOn < from || sentOn > to) out.skip('sent on a day of another reading');
  else if (count(record, SENT) === 0) nothingSent(record, out);
  else out.row('email_sends', { sent_on: sentOn, ...rowOf(record) });
}

function rowOf(record: RecordReader): CanonicalRow {
  const figures = record.record('statistics.globalStats');
  return {
    campaign_id: record.as('id', digits),
    campaign_name: record.text('name'),
    sent_count: count(figures, 'sent'),
    bounce_count: count(figures, 'hardBounces') + count(figures, 'softBounces'),
    delivered_count: count(figures, 'delivered'),
    unique_open_count: count(figures, 'trackableViews'),
    proxy_open_count: count(figures, 'appleMppOpens'),
    unique_click_count: count(figures, 'uniqueClicks'),
    unsubscribe_count: count(figures, 'unsubscriptions'),
  };
}

/**
 * Figures that were not asked for, or are older than Brevo keeps them for lists, are 0, and look like a campaign that nobody got.
 * `campaignStats`, by list of recipients, are there in any case: only where they say nothing was sent, too, it is believed.
 */
function nothingSent(record: RecordReader, out: RowSink): void {
  const byList = record.records('statistics.campaignStats');
  if (byList.length === 0 || byList.some((list) => count(list, 'sent') > 0))
    throw record.error(
      SENT,
      'is 0 for a campaign that was sent: Brevo gave no statistics, and zeros are not believed',
    );
  out.skip('no mail was sent');
}

function count(record: RecordReader, field: string): number {
  const number = record.integer(field);
  if (number < 0) throw record.error(field, 'is below zero');
  return number;
}

/** Fields of a record that the mapping knows, and those that it leaves on purpose. */
export const known: readonly string[] = [
  ...['id', 'name', 'status', 'sentDate'],
  ...[
    ...['sent', 'hardBounces', 'softBounces', 'delivered', 'trackableViews', 'appleMppOpens'],
    ...['uniqueClicks', 'unsubscriptions', 'uniqueViews', 'viewed', 'clickers', 'complaints', 'deferred'],
    ...['estimatedViews', 'trackableViewsRate', 'opensRate', 'returnBounce', 'listId'],
  ].flatMap((field) => [`statistics.globalStats.${field}`, `statistics.campaignStats.${field}`]),
];
