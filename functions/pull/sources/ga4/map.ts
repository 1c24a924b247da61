import { isDay } from '../../../lake/values/day.ts';
import { own } from '../../api/own.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { orderingMetric } from './report.ts';
import { OTHER } from './report-notes.ts';
import { type Settings, siteOf } from './settings.ts';

type Device = 'desktop' | 'mobile' | 'tablet' | 'other';
const DEVICES: Readonly<Record<string, Device>> = { desktop: 'desktop', mobile: 'mobile', tablet: 'tablet' };
/** What GA4 writes where it knows nothing. */
const NOT_SET = ['', '(not set)'];

/**
 * One row of the report, sessions of one day, device, channel and landing page, into one row of `sessions`. A session
 * that is not engaged is bounced (that is how GA4 defines its bounce rate); how many ordered is the share of sessions
 * with the key event, which Google gives with all its digits, times the sessions.
 */
export function mapSessions(record: RecordReader, out: RowSink, { settings }: MapContext<Settings>): void {
  const sessions = record.integer('sessions');
  if (sessions < 0) throw record.error('sessions', 'is below 0');
  const engaged = record.integer('engagedSessions');
  if (engaged < 0) throw record.error('engagedSessions', 'is below 0');
  // Engagement without a session that began: it began the day before, and is counted there.
  if (sessions === 0) {
    out.skip('no session began');
    return;
  }
  const day = dayIn(record);
  const device = known(record, 'deviceCategory');
  const channel = known(record, settings.channel_dimension);
  const landing = known(record, 'landingPage');
  const site = siteOf(settings);
  out.row('sessions', {
    session_id: [site, day, device, channel, landing].map((part) => part ?? '(not set)').join('|'),
    property: site,
    started_on: day,
    started_at: null,
    session_count: sessions,
    ordering_session_count: orderingOf(record, settings, sessions),
    // Google estimates both counts by themselves: engaged ones may come out above all of them by a few.
    bounced_session_count: Math.max(0, sessions - engaged),
    device: device === null ? null : (own(DEVICES, device.toLowerCase()) ?? 'other'),
    channel: channel === null ? null : (own(settings.channels, channel) ?? channel),
    landing_group: landing === null ? null : groupOf(landing, settings),
    customer_id: null,
    consented: null,
  });
}

function dayIn(record: RecordReader): string {
  const text = record.text('date');
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? [];
  const date = `${year}-${month}-${day}`;
  if (year === undefined || !isDay(date))
    throw record.error(
      'date',
      text === OTHER ? 'is (other): too many rows for one day' : 'is not a day YYYYMMDD',
    );
  return date;
}

function known(record: RecordReader, dimension: string): string | null {
  const text = record.textOrNull(dimension);
  return text === null || NOT_SET.includes(text) ? null : text;
}

function orderingOf(record: RecordReader, settings: Settings, sessions: number): number {
  const metric = orderingMetric(settings);
  const rate = Number(record.decimal(metric));
  if (!(rate >= 0 && rate <= 1)) throw record.error(metric, 'is not a share from 0 to 1');
  return Math.round(rate * sessions);
}

/** The first group that the page fits; null where there is none. */
function groupOf(page: string, { landing_groups: groups }: Settings): string | null {
  if (page === OTHER) return OTHER;
  return groups.find(({ matches }) => new RegExp(matches, 'u').test(page))?.group ?? null;
}
