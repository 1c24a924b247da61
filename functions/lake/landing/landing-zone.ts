import { Temporal } from 'temporal-polyfill';
import { DAY_MS } from './codec.ts';

/**
 * The clock of a time zone, quick enough for every row: offsets are asked of Temporal once a quarter of an hour of
 * data, because zones change their offset only on quarter hours.
 */
export interface ZoneClock {
  /** The instant (ms) of a wall-clock time, given as if it were UTC (ms). A time that a change of clocks skips moves on by its length; of a repeated one the first is meant. */
  instantOf(wall: number): number;
  /** The business date (days since 1970-01-01) of an instant (ms). */
  dayOf(instant: number): number;
}

const QUARTER = 900_000;
/** Four years of quarter hours: a pull rarely spans more. */
const MOST_OFFSETS = 150_000;
const clocks = new Map<string, ZoneClock>();

export function zoneClock(zone: string): ZoneClock {
  const known = clocks.get(zone);
  if (known) return known;
  const toInstant = memo((wall) => {
    const text = new Date(wall).toISOString().slice(0, 23);
    return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds - wall;
  });
  const toWall = memo(
    (instant) =>
      Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6,
  );
  const clock: ZoneClock = {
    instantOf: (wall) => wall + toInstant(wall),
    dayOf: (instant) => Math.floor((instant + toWall(instant)) / DAY_MS),
  };
  clocks.set(zone, clock);
  return clock;
}

function memo(offsetAt: (time: number) => number): (time: number) => number {
  const offsets = new Map<number, number>();
  return (time) => {
    const quarter = Math.floor(time / QUARTER);
    let offset = offsets.get(quarter);
    if (offset === undefined) {
      if (offsets.size >= MOST_OFFSETS) offsets.clear();
      offset = offsetAt(quarter * QUARTER);
      offsets.set(quarter, offset);
    }
    return offset;
  };
}
