import type { CanonicalRow } from '../../../lake/landing/writer.ts';
import { windowOf } from '../../api/kit/days.ts';
import { digits } from '../../api/kit/values.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { dayIn, isoInstant } from '../../api/values.ts';
import type { Settings } from './settings.ts';

const FIGURES = ['sent', 'undelivered', 'opened', 'clicked', 'unsubscribed'] as const;
type Figures = Record<(typeof FIGURES)[number], number>;

/** An e-mail: what has become of its mails until now, a row for each day on which some were sent. */
export function map(record: RecordReader, out: RowSink, { slice, timeZone }: MapContext<Settings>): void {
  const { from, to } = windowOf(slice);
  const campaign = { campaign_id: record.as('id', digits), campaign_name: record.textOrNull('name') };
  const days = new Map<string, Figures>();
  for (const quarter of record.records('quarters')) {
    const sentOn = quarter.as('at', (at) => dayIn(isoInstant(at), timeZone));
    // A day more than wanted was asked for at both ends.
    if (sentOn >= from && sentOn <= to) days.set(sentOn, added(days.get(sentOn), quarter));
  }
  for (const [sentOn, figures] of days)
    out.row('email_sends', { ...campaign, sent_on: sentOn, ...rowOf(figures) });
  if (days.size === 0) out.skip('sent on days of another reading');
}

/** Opens by machines are among `opened`: Mautic does not tell them apart. */
const rowOf = ({ sent, undelivered, opened, clicked, unsubscribed }: Figures): CanonicalRow => ({
  ...{ sent_count: sent, bounce_count: undelivered, delivered_count: sent - undelivered },
  ...{ unique_open_count: opened, unique_click_count: clicked, unsubscribe_count: unsubscribed },
});

function added(before: Figures | undefined, quarter: RecordReader): Figures {
  const sum = { ...(before ?? { sent: 0, undelivered: 0, opened: 0, clicked: 0, unsubscribed: 0 }) };
  for (const figure of FIGURES) {
    const number = quarter.integer(figure);
    if (number < 0) throw quarter.error(figure, 'is below zero');
    sum[figure] += number;
  }
  if (sum.undelivered > sum.sent) throw quarter.error('undelivered', 'is more than was sent');
  return sum;
}

/** Fields of a record that the mapping knows: all that Vigie counts. */
export const known: readonly string[] = [
  'id',
  'name',
  'quarters.at',
  ...FIGURES.map((figure) => `quarters.${figure}`),
];
