import { windowOf } from '../../api/kit/days.ts';
import { FieldError, type RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { partsOf } from './client.ts';
import type { Settings } from './settings.ts';

const DOMAIN = 'Domain';
const ORGANIC = 'Organic Traffic';
const PAID = 'Adwords Traffic';

/** The estimate of a domain in a month and a country: visits a month, no count of anybody's. */
export function map(record: RecordReader, out: RowSink, { settings, slice }: MapContext<Settings>): void {
  const { domain, database } = partsOf(slice.partition);
  record.as(DOMAIN, (found) => {
    if (found !== domain) throw new FieldError('', found, `is not the domain asked for, ${domain}`);
  });
  out.row('search_visibility', {
    ...{ domain, country: database, month_on: `${windowOf(slice).from.slice(0, 7)}-01` },
    own: settings.own.includes(domain),
    organic_traffic: visits(record, ORGANIC),
    paid_traffic: visits(record, PAID),
  });
}

function visits(record: RecordReader, field: string): number {
  const number = record.integer(field);
  if (number < 0) throw record.error(field, 'is below zero');
  return number;
}

export const known: readonly string[] = [DOMAIN, ORGANIC, PAID];
