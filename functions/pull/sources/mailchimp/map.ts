import type { CanonicalRow } from '../../../lake/landing/writer.ts';
import { windowOf } from '../../api/kit/days.ts';
import { FieldError, type RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { dayIn, isoInstant } from '../../api/values.ts';
import type { Settings } from './settings.ts';

/** A campaign is sent once; the others go on for months under one report, which says of no mail on which day it was sent. */
const TYPES = {
  ...{ regular: 'once', plaintext: 'once', 'plain-text': 'once' },
  ...{ absplit: 'once', ab_split: 'once', variate: 'once' },
  ...{ rss: 'on and on', automation: 'on and on', 'automation-email': 'on and on', auto: 'on and on' },
} as const;

/** A campaign: what has become of it until now. */
export function map(record: RecordReader, out: RowSink, context: MapContext<Settings>): void {
  const { from, to } = windowOf(context.slice);
  if (record.oneOf('type', TYPES) === 'on and on') {
    out.skip('an automation or an RSS campaign, which is sent on and on');
    return;
  }
  const sentOn = record.as('send_time', (at) => dayIn(isoInstant(at), context.timeZone));
  // A day more than wanted was asked for at both ends.
  if (sentOn < from || sentOn > to) out.skip('sent on a day of another reading');
  else if (count(record, 'emails_sent') === 0) out.skip('no mail was sent, or none yet');
  else out.row('email_sends', { sent_on: sentOn, ...rowOf(record, context.settings) });
}

/**
 * Delivered is what Mailchimp calls so: sent, less hard and soft bounces. `unique_clicks` counts links, so it is the
 * recipients, `unique_subscriber_clicks`, that are read.
 */
function rowOf(record: RecordReader, { opens }: Settings): CanonicalRow {
  const sent = count(record, 'emails_sent');
  const bounced = count(record, 'bounces.hard_bounces') + count(record, 'bounces.soft_bounces');
  if (bounced > sent) throw record.error('emails_sent', 'is less than the mails that came back');
  return {
    campaign_id: record.as('id', campaignId),
    campaign_name: nameOf(record),
    ...{ sent_count: sent, bounce_count: bounced, delivered_count: sent - bounced },
    ...(opens === 'all' ? allOpens(record) : opensApart(record)),
    unique_click_count: count(record, 'clicks.unique_subscriber_clicks'),
    unsubscribe_count: count(record, 'unsubscribed'),
  };
}

const PEOPLE = 'opens.proxy_excluded_unique_opens';

const allOpens = (record: RecordReader): CanonicalRow => ({
  unique_open_count: count(record, 'opens.unique_opens'),
});

function opensApart(record: RecordReader): CanonicalRow {
  const all = count(record, 'opens.unique_opens');
  if (record.value(PEOPLE) === undefined)
    throw record.error(
      PEOPLE,
      'is missing: where Mailchimp does not tell Apple’s proxy apart, `opens: all` counts all opens',
    );
  const people = count(record, PEOPLE);
  if (people > all) throw record.error(PEOPLE, 'is more than all opens');
  return { unique_open_count: people, proxy_open_count: all - people };
}

/** It may be empty, but it is always there: without it the campaign would be called by its number. */
function nameOf(record: RecordReader): string | null {
  if (record.value('campaign_title') === undefined)
    throw record.error('campaign_title', 'is missing, but required');
  return record.textOrNull('campaign_title');
}

/** Ten characters, letters and digits. */
function campaignId(text: string): string {
  if (!/^[0-9a-z]{1,40}$/i.test(text))
    throw new FieldError('', text, 'is not the id of a campaign such as 42694e9e57');
  return text;
}

function count(record: RecordReader, field: string): number {
  const number = record.integer(field);
  if (number < 0) throw record.error(field, 'is below zero');
  return number;
}
