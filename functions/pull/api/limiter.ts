import pLimit from 'p-limit';
import type { Clock } from '../../platform/clock.ts';
import type { VigieError } from '../../platform/errors.ts';
import type { Http } from '../../platform/http.ts';
import { budgetBook } from './budget.ts';
import type { Limits } from './source.ts';

/** Keeps requests within a vendor's limits. */
export interface Limiter {
  /** Runs a request when the vendor allows one more. Throws `VENDOR_BUDGET` where that would be too long to wait. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** The vendor asks everybody to wait. */
  holdFor(seconds: number): void;
  /** Why no further slice should be begun: a budget is nearly used up. */
  nearEnd(): VigieError | undefined;
}

interface Needs {
  readonly http: Pick<Http, 'pause'>;
  readonly clock: Clock;
  /** For people: `Google Ads`. */
  readonly title: string;
  /** When the caller's time is over: no budget is waited for beyond it. */
  readonly stopAt?: Date | undefined;
}

/** At most `concurrency` at once, their starts evenly spaced at `perSecond`, and no more than each of the `budgets`. */
export function limiter(
  { http, ...needs }: Needs,
  { concurrency, perSecond, budgets = [] }: Limits,
): Limiter {
  const slots = pLimit(Math.max(1, concurrency));
  const gap = perSecond === null ? 0 : 1000 / perSecond;
  const books = budgets.map((budget) => budgetBook(needs, budget));
  const { clock } = needs;
  let next = 0;
  const turn = async (): Promise<void> => {
    const now = clock.now().getTime();
    const start = Math.max(now, next, ...books.map((book) => now + book.wait()));
    next = start + gap;
    for (const book of books) book.take(start);
    if (start > now) await http.pause(start - now);
  };
  return {
    run: (work) =>
      slots(async () => {
        await turn();
        return work();
      }),
    holdFor(seconds) {
      next = Math.max(next, clock.now().getTime() + seconds * 1000);
    },
    nearEnd: () => books.map((book) => book.nearEnd()).find((each) => each !== undefined),
  };
}
