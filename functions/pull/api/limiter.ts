import pLimit from 'p-limit';
import type { Clock } from '../../platform/clock.ts';
import type { Http } from '../../platform/http.ts';
import type { Limits } from './source.ts';

/** Keeps requests within a vendor's limits. */
export interface Limiter {
  /** Runs a request when the vendor allows one more. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** The vendor asks everybody to wait. */
  holdFor(seconds: number): void;
}

/** At most `concurrency` at once, and their starts evenly spaced at `perSecond`. */
export function limiter(
  http: Pick<Http, 'pause'>,
  clock: Clock,
  { concurrency, perSecond }: Limits,
): Limiter {
  const slots = pLimit(Math.max(1, concurrency));
  const gap = perSecond === null ? 0 : 1000 / perSecond;
  let next = 0;
  const turn = async (): Promise<void> => {
    const now = clock.now().getTime();
    const start = Math.max(now, next);
    next = start + gap;
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
  };
}
