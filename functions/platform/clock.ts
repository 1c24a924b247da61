/** The only way to know what time it is. */
export interface Clock {
  now(): Date;
}

/** A clock that stands still: tests and replays. */
export function frozenClock(at: string | Date): Clock {
  const instant = new Date(at);
  return { now: () => new Date(instant) };
}
