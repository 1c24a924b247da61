import { datesBetween } from '../../../lake/values/day.ts';
import { windowOf } from '../../api/kit/days.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { dayIn, isoInstant } from '../../api/values.ts';

/**
 * What users made in the days of a slice, as one record `{ made: [{ owner, at }] }`: owners and instants, of a day more at both ends, since a day of the
 * company begins and ends up to fourteen hours off that of UTC. A row a user and day of the company.
 */
export function mapActivity(record: RecordReader, out: RowSink, { slice, timeZone }: MapContext): void {
  const { from, to } = windowOf(slice);
  const days = new Set(datesBetween(from, to));
  const rows = new Map<string, { user_id: string; active_on: string; record_count: number }>();
  for (const made of record.records('made')) {
    const user_id = made.textOrNull('owner');
    const active_on = made.as('at', (text) => dayIn(isoInstant(text), timeZone));
    if (user_id === null || !days.has(active_on)) continue;
    const key = `${user_id} ${active_on}`;
    rows.set(key, { user_id, active_on, record_count: (rows.get(key)?.record_count ?? 0) + 1 });
  }
  for (const row of rows.values()) out.row('crm_activity', row);
}
