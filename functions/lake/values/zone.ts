import { Temporal } from 'temporal-polyfill';
import { DAY_MS } from './day.ts';

/**
 * The clock of a time zone, quick enough for every row: offsets are asked of Temporal twice a day of data; on a day
 * that ends with another offset than it began with, once a quarter of an hour, because zones change only on those.
 */
export interface ZoneClock {
  /** The instant (ms) of a wall-clock time, given as if it were UTC (ms). A time that a change of clocks skips moves on by its length; of a repeated one the first is meant. */
  instantOf(wall: number): number;
  /** The business date (days since 1970-01-01) of an instant (ms). */
  dayOf(instant: number): number;
}

const QUARTER = 900_000;
/** A pull rarely spans more days, or as many quarter hours of days on which clocks change. */
const MOST_OFFSETS = 10_000;
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

/** `offsetAt` by day where a day has one offset, else by quarter hour. */
function memo(offsetAt: (time: number) => number): (time: number) => number {
  const ofQuarter = remembered(offsetAt, QUARTER);
  const ofDay = remembered((time) => {
    const offset = offsetAt(time);
    return offset === offsetAt(time + DAY_MS) ? offset : null;
  }, DAY_MS);
  return (time) => ofDay(time) ?? ofQuarter(time);
}

/** What `at` says of the beginning of the step that a time is in, asked once a step. */
function remembered<T>(at: (time: number) => T, step: number): (time: number) => T {
  const found = new Map<number, T>();
  return (time) => {
    const index = Math.floor(time / step);
    let value = found.get(index);
    if (value === undefined) {
      if (found.size >= MOST_OFFSETS) found.clear();
      value = at(index * step);
      found.set(index, value);
    }
    return value;
  };
}

/** The business date of an instant. */
export const businessDate = (instant: string | Date, timeZone: string): string =>
  Temporal.Instant.from(typeof instant === 'string' ? instant : instant.toISOString())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();

/** An instant as a clock on the wall shows it: `2026-11-30 09:00`. */
export const wallTime = (instant: string | Date, timeZone: string): string =>
  Temporal.Instant.from(typeof instant === 'string' ? instant : instant.toISOString())
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
    .replace('T', ' ');
