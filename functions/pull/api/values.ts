import { DAY_MS } from '../../lake/values/day.ts';
import { instantNumber } from '../../lake/values/instant.ts';
import { zoneClock } from '../../lake/values/zone.ts';
import { FieldError } from './record-reader.ts';

/**
 * Pure helpers of mappings. Each takes a value as a vendor writes it and gives the canonical one (see
 * functions/lake/tables/column.ts), or throws a `FieldError` without a field. Called through the reader, the error names it:
 *
 *     record.as('metrics.costMicros', fromMicros)
 *     record.asOrNull('LastChangeDateTime', sapInstant)
 *
 * Decimals are in decimals.ts.
 */
const wrong = (value: unknown, reason: string): FieldError => new FieldError('', value, reason);

const CANONICAL_LENGTH = '2026-11-21T06:00:00.000Z'.length;
const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

/**
 * An ISO 8601 instant as `YYYY-MM-DDTHH:MM:SS.mmmZ`. One without an offset is wall-clock time in `zone`; a date alone
 * is its midnight there. Digits beyond milliseconds are cut off.
 */
export function isoInstant(text: string, zone = 'UTC'): string {
  // Most vendors send it so already.
  if (text.length === CANONICAL_LENGTH && !Number.isNaN(instantNumber(text))) return text;
  const found = ISO.exec(text.trim());
  if (!found) throw wrong(text, 'is not an instant such as 2026-11-21T06:00:00Z');
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', offset] = found;
  const wall = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  const date = new Date(wall);
  // A day or an hour that does not exist would roll over into another.
  if (
    date.getUTCDate() !== Number(day) ||
    date.getUTCHours() !== Number(hour) ||
    Number(minute) > 59 ||
    Number(second) > 59
  )
    throw wrong(text, 'is no such instant in the calendar');
  const exact = wall + Number(fraction.slice(0, 3).padEnd(3, '0'));
  return canonical(offset === undefined ? zoneOf(zone).instantOf(exact) : exact - offsetOf(offset), text);
}

function offsetOf(offset: string): number {
  if (offset === 'Z' || offset === 'z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3).replace(':', '') || 0);
  return (offset.startsWith('-') ? -minutes : minutes) * 60_000;
}

/** Milliseconds since 1970, as a number or its text. */
export const epochMillis = (value: string | number): string => canonical(wholeNumber(value), value);

/** Seconds since 1970, as a number or its text; a fraction is kept to the millisecond. */
export const epochSeconds = (value: string | number): string =>
  canonical(Math.floor(Number(value) * 1000), value);

function wholeNumber(value: string | number): number {
  const number =
    typeof value === 'number' ? value : /^-?\d+$/.test(value.trim()) ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(number)) throw wrong(value, 'is not a whole number of milliseconds since 1970');
  return number;
}

const SAP_DATE = /^\/Date\((-?\d{1,15})(?:[+-]\d{1,4})?\)\/$/;

/**
 * OData V2 `/Date(1668988800000)/` and `/Date(1668988800000+0000)/` as an instant. The milliseconds are UTC; the
 * offset (minutes) only says in which zone the instant was written (OData V2 JSON format, section 4). Takes an ISO
 * 8601 text as well: V4 sends those.
 */
export function sapInstant(text: string): string {
  const found = SAP_DATE.exec(text);
  if (found) return canonical(Number(found[1]), text);
  if (text.startsWith('/Date')) throw wrong(text, 'is not a date such as /Date(1668988800000)/');
  return isoInstant(text);
}

/** The day of an `Edm.DateTime` without zone (`/Date(1668988800000)/`, midnight UTC), of an ISO date or of `YYYYMMDD`. */
export function sapDay(text: string): string {
  if (/^\d{8}$/.test(text)) return isoDay(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`);
  return sapInstant(text).slice(0, 10);
}

/** A date `YYYY-MM-DD`; a time behind it is cut off. */
export const isoDay = (text: string): string => isoInstant(text.trim().slice(0, 10)).slice(0, 10);

/** The business day of an instant (ISO, with offset or Z) in a zone. */
export function dayIn(instant: string, zone: string): string {
  const day = zoneOf(zone).dayOf(Date.parse(isoInstant(instant)));
  if (day !== latest.day) latest = { day, text: canonical(day * DAY_MS, instant).slice(0, 10) };
  return latest.text;
}

/** Records come day by day. */
let latest = { day: Number.NaN, text: '' };

function zoneOf(zone: string): ReturnType<typeof zoneClock> {
  try {
    const clock = zoneClock(zone);
    clock.dayOf(0);
    return clock;
  } catch (error) {
    if (error instanceof RangeError) throw wrong(zone, 'is not an IANA time zone such as Europe/Paris');
    throw error;
  }
}

/** Years 0 to 9999: others are not written with four digits. */
function canonical(millis: number, from: unknown): string {
  if (!(millis >= -62_167_219_200_000 && millis < 253_402_300_800_000))
    throw wrong(from, 'is not an instant between the years 0 and 9999');
  return new Date(millis).toISOString();
}

/** Without the zeros that SAP pads numbers with: `0000017304` is `17304`, `0` stays. Texts that are not all digits stay as they are. */
export const stripZeros = (text: string): string =>
  /^0\d+$/.test(text) ? text.replace(/^0+(?=\d)/, '') : text;
