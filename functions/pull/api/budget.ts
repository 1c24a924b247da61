import type { Clock } from '../../platform/clock.ts';
import { VigieError } from '../../platform/errors.ts';

/** So many requests within so many seconds, as vendors count that allow little an hour or a day. */
export interface Budget {
  readonly requests: number;
  readonly seconds: number;
}

/** A pause that is worth making; for a longer one the next run comes. */
const LONGEST_WAIT_MS = 15 * 60_000;
/** So much of a budget is for beginning slices; the rest, for ending those that were begun. */
const SHARE = 0.85;

/** Counts the requests of a pull against a budget. */
export interface BudgetBook {
  /** Milliseconds to wait before one more may start; 0: none. Throws `VENDOR_BUDGET` where that is too long. */
  wait(): number;
  /** One starts at this moment (ms since 1970). */
  take(at: number): void;
  /** Why no further slice should be begun; undefined while there is enough. */
  nearEnd(): VigieError | undefined;
}

export function budgetBook(
  {
    title,
    clock,
    stopAt,
  }: { readonly title: string; readonly clock: Clock; readonly stopAt?: Date | undefined },
  budget: Budget,
): BudgetBook {
  const starts: number[] = [];
  const span = budget.seconds * 1000;
  const used = (): number => {
    const since = clock.now().getTime() - span;
    while (starts.length > 0 && (starts[0] as number) <= since) starts.shift();
    return starts.length;
  };
  /** Until the first of them counts no more. */
  const untilFree = (): number =>
    (starts[starts.length - budget.requests] ?? 0) + span - clock.now().getTime();
  const isTooLong = (wait: number): boolean =>
    wait > LONGEST_WAIT_MS || (stopAt !== undefined && clock.now().getTime() + wait > stopAt.getTime());
  return {
    wait() {
      if (used() < budget.requests) return 0;
      if (isTooLong(untilFree())) throw spent(title, budget);
      return untilFree();
    },
    take: (at) => void starts.push(at),
    nearEnd: () =>
      span > LONGEST_WAIT_MS && used() >= SHARE * budget.requests ? spent(title, budget) : undefined,
  };
}

const spent = (title: string, { requests, seconds }: Budget): VigieError =>
  new VigieError(
    `${title}: of the ${requests} requests that it allows ${spanOf(seconds)}, too few are left`,
    {
      code: 'VENDOR_BUDGET',
      hint: 'What was complete is kept, and the next run reads on from there. For a long history run again when the time is over, or set a later `starts_on`.',
    },
  );

function spanOf(seconds: number): string {
  if (seconds === 3600) return 'an hour';
  return seconds === 86_400 ? 'a day' : `within ${seconds} seconds`;
}
