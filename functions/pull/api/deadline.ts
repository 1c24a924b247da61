import { VigieError } from '../../platform/errors.ts';

/**
 * How long a source may take in all, whatever its vendor does: all others are told in time. Shortly before the end no
 * further slice is begun, so that what is complete is handed over and the next run reads on from there.
 */
export interface Deadline {
  readonly at: Date;
  /** No further slice is begun. */
  isNear(now: Date): boolean;
  /** Throws `SOURCE_DEADLINE` when the time is over. */
  check(now: Date): void;
}

/** So much of the time is for beginning slices; the rest, for ending the last one. */
const SHARE = 0.85;

export function deadlineFrom(source: string, startedAt: Date, minutes: number): Deadline {
  const start = startedAt.getTime();
  const length = minutes * 60_000;
  return {
    at: new Date(start + length),
    isNear: (now) => now.getTime() >= start + SHARE * length,
    check(now) {
      if (now.getTime() >= start + length) throw deadlineError(source, minutes);
    },
  };
}

export const deadlineError = (source: string, minutes: number): VigieError =>
  new VigieError(`${source} was not read to its end within ${minutes} minutes`, {
    code: 'SOURCE_DEADLINE',
    hint: `What was complete is kept, and the next run reads on from there. Where the vendor is only slow, or much has to be read for the first time, raise \`max_minutes\` of the source ${source}.`,
  });
