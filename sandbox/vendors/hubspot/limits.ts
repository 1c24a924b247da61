import type { VendorReply } from '../vendor.ts';
import { error } from './errors.ts';

/** What an account may ask. */
export interface Allowances {
  /** Requests within any ten seconds. */
  readonly tenSeconds: number;
  readonly searchesASecond: number;
  readonly daily: number;
}

/** The smallest plan. @see https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines */
export const smallestPlan: Allowances = { tenSeconds: 100, searchesASecond: 5, daily: 250_000 };

export interface Meter {
  /** Counts a request. The refusal where it is one too many; else the headers that tell what is left. */
  take(isSearch: boolean): VendorReply | Readonly<Record<string, string>>;
}

/** Counts by rolling spans, and by the day of UTC. A request that is refused counts, too. */
export function meterOf({ tenSeconds, searchesASecond, daily }: Allowances, now: () => Date): Meter {
  let recent: number[] = [];
  let searches: number[] = [];
  let today = { date: '', count: 0 };
  const refused = (policyName: string, message: string): VendorReply =>
    error(429, 'RATE_LIMITS', message, { errorType: 'RATE_LIMIT', policyName });
  return {
    take(isSearch) {
      const at = now().getTime();
      const date = now().toISOString().slice(0, 10);
      today = { date, count: today.date === date ? today.count + 1 : 1 };
      recent = [...recent.filter((each) => each > at - 10_000), at];
      if (isSearch) searches = [...searches.filter((each) => each > at - 1000), at];
      if (today.count > daily) return refused('DAILY', 'You have reached your daily limit.');
      if (recent.length > tenSeconds)
        return refused('TEN_SECONDLY_ROLLING', 'You have reached your ten_secondly_rolling limit.');
      if (isSearch && searches.length > searchesASecond)
        return refused('SECONDLY', 'You have reached your secondly limit.');
      // Searches do not tell what is left.
      if (isSearch) return {};
      return {
        'x-hubspot-ratelimit-daily': String(daily),
        'x-hubspot-ratelimit-daily-remaining': String(daily - today.count),
        'x-hubspot-ratelimit-interval-milliseconds': '10000',
        'x-hubspot-ratelimit-max': String(tenSeconds),
        'x-hubspot-ratelimit-remaining': String(tenSeconds - recent.length),
      };
    },
  };
}
