import { zoneClock } from '../../../lake/values/zone.ts';

/**
 * How a text names the zone of its time: an offset (with the place in brackets behind it, as Java writes it), `Z`, `UTC`,
 * `GMT`, the abbreviations below, or the name of a place (`Europe/Paris`).
 */
export const ZONE =
  '[Zz]|(?:UTC|GMT|UT)(?:[+-]\\d{1,2}(?::?\\d\\d)?)?|[+-]\\d\\d(?::?\\d\\d)?(?:\\[[\\w/+-]+\\])?|\\[[\\w/+-]+\\]|(?:CE|WE|EE)S?T|MES?Z|[A-Z][A-Za-z_]+(?:/[A-Za-z0-9_+-]+)+';

/** Abbreviations that mean one thing only. `EST`, `IST`, `CST`, `BST` mean several, and are refused. */
const ABBREVIATIONS: Readonly<Record<string, number>> = {
  WET: 0,
  WEST: 1,
  CET: 1,
  MEZ: 1,
  CEST: 2,
  MESZ: 2,
  EET: 2,
  EEST: 3,
};

const HOUR = 3_600_000;
const OFFSET = /^(?:UTC|GMT|UT)?([+-])(\d{1,2}):?(\d\d)?(?:\[.*\])?$/;
const MOST_HOURS = 18;
/** Of what may be the name of one. */
const MOST_PLACES = 1000;

/** Words that a format may hold as they are. */
export const ZONE_WORDS: readonly string[] = ['UTC', 'GMT', ...Object.keys(ABBREVIATIONS)];

export const AMBIGUOUS_ZONE = /(?<![A-Z])(?:[ECMP][SD]T|AE[SD]T|[BIJ]ST|MSK)(?![A-Z])/;

/** The offset from UTC in ms of a wall-clock time (ms, as if it were UTC) in a named zone; undefined where there is no such zone. */
export function offsetIn(zone: string, wall: number): number | undefined {
  if (/^(?:Z|UTC|GMT|UT)$/i.test(zone)) return 0;
  const hours = ABBREVIATIONS[zone];
  if (hours !== undefined) return hours * HOUR;
  const [, sign, whole, minutes = '0'] = OFFSET.exec(zone) ?? [];
  if (whole === undefined) return offsetOfPlace(zone.replace(/^\[(.*)\]$/, '$1'), wall);
  if (Number(whole) > MOST_HOURS || Number(minutes) > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(whole) * HOUR + Number(minutes) * 60_000);
}

/** Clocks of places that a file names, made once; null for a place that does not exist. */
const clocks = new Map<string, ReturnType<typeof zoneClock> | null>();

/** No name of a place is that long. */
const LONGEST_PLACE = 64;

function offsetOfPlace(place: string, wall: number): number | undefined {
  if (place.length > LONGEST_PLACE) return undefined;
  let clock = clocks.get(place);
  if (clock === undefined) {
    if (clocks.size >= MOST_PLACES) clocks.clear();
    clock = clockOf(place);
    clocks.set(place, clock);
  }
  return clock === null ? undefined : wall - clock.instantOf(wall);
}

function clockOf(place: string): ReturnType<typeof zoneClock> | null {
  try {
    new Intl.DateTimeFormat('en', { timeZone: place });
    return zoneClock(place);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
