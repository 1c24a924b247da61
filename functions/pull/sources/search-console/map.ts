import { multiplyDecimals } from '../../api/decimals.ts';
import { countryCode } from '../../api/kit/countries.ts';
import { askedDay, windowOf } from '../../api/kit/days.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { firstUnfinished } from './client.ts';
import type { Settings } from './settings.ts';

const DEVICES = { DESKTOP: 'desktop', MOBILE: 'mobile', TABLET: 'tablet' } as const;

/**
 * Clicks of one day, device and country. The position is an average over impressions, the first place being 1: times the
 * impressions it is a sum, which can be added up. Days are Google's, Pacific time.
 */
export function map(record: RecordReader, out: RowSink, { slice, page }: MapContext<Settings>): void {
  const searchedOn = record.as('date', askedDay(windowOf(slice)));
  const unfinished = firstUnfinished(page);
  const [clicks, impressions] = [count(record, 'clicks'), count(record, 'impressions')];
  if (clicks > impressions) throw record.error('clicks', `are more than the ${impressions} impressions`);
  const position = record.decimal('position');
  if (Number(position) < 0) throw record.error('position', 'is below zero');
  if (unfinished !== null && searchedOn >= unfinished) {
    out.skip('a day that is not final');
    return;
  }
  out.row('search_clicks', {
    ...{ searched_on: searchedOn, site: slice.partition },
    device: record.oneOf('device', DEVICES),
    country: record.as('country', countryCode),
    ...{ click_count: clicks, impression_count: impressions },
    position_sum: record.as('position', (average) => multiplyDecimals(average, String(impressions))),
  });
}

function count(record: RecordReader, field: string): number {
  const number = record.integer(field);
  if (number < 0) throw record.error(field, 'is below zero');
  return number;
}

export const known: readonly string[] = [
  ...['date', 'device', 'country', 'clicks', 'impressions', 'position'],
  // The keys by position, and the rate, which follows from the counts.
  ...['keys', 'ctr'],
];
