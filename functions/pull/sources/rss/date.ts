import { FieldError } from '../../api/record-reader.ts';
import { dayIn, isoDay, isoInstant } from '../../api/values.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Zones that RFC 822 names. */
const ZONES: Readonly<Record<string, string>> = {
  ...{ UT: '+00:00', UTC: '+00:00', GMT: '+00:00', Z: '+00:00' },
  ...{ EST: '-05:00', EDT: '-04:00', CST: '-06:00', CDT: '-05:00' },
  ...{ MST: '-07:00', MDT: '-06:00', PST: '-08:00', PDT: '-07:00' },
};

/** `Wed, 02 Oct 2002 15:00:00 +0200`, the weekday and the seconds or not. */
const RFC_822 =
  /^(?:[a-z]{3,9},?\s+)?(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{4})\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s+([a-z]{1,3}|[+-]\d{4})$/i;

/** The day of the company on which an entry was published: RSS writes RFC 822, Atom and JSON Feed RFC 3339, some a date alone. */
export function dayOf(text: string, zone: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return isoDay(text);
  const found = RFC_822.exec(text);
  if (!found) return dayIn(isoInstant(text, zone), zone);
  const [, day = '', name = '', year, hour = '', minute, second = '00', offset = ''] = found;
  const month = MONTHS.indexOf(name.toLowerCase()) + 1;
  const written = /^[+-]/.test(offset) ? offset : ZONES[offset.toUpperCase()];
  if (month === 0 || written === undefined)
    throw new FieldError('', text, 'is not an instant such as Wed, 02 Oct 2002 15:00:00 +0200');
  const two = (part: string | number): string => String(part).padStart(2, '0');
  return dayIn(
    isoInstant(`${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${second}${written}`),
    zone,
  );
}
