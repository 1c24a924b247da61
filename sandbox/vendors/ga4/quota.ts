/** Tokens of a standard property: https://developers.google.com/analytics/devguides/reporting/data/v1/quotas */
const PER_DAY = 200_000;
const PER_HOUR = 40_000;
const PER_PROJECT_AND_HOUR = 14_000;
/** Google: “Most requests will charge 10 or fewer tokens”. */
const TOKENS_A_REQUEST = 3;

export interface Quota {
  /** What Google says when nothing is left; undefined while there is some. */
  exhausted(): string | undefined;
  /** Charges a request, and gives `propertyQuota`. */
  take(): object;
}

export function quotaOf(now: () => Date): Quota {
  const used = new Map<string, number>();
  const hour = () => now().toISOString().slice(0, 13);
  const day = () => now().toISOString().slice(0, 10);
  const usedIn = (span: string) => used.get(span) ?? 0;
  const status = (most: number, span: string) => ({ consumed: usedIn(span), remaining: most - usedIn(span) });
  return {
    exhausted() {
      if (usedIn(day()) + TOKENS_A_REQUEST > PER_DAY) return messageOf('property tokens per day', '24 hours');
      if (usedIn(hour()) + TOKENS_A_REQUEST > PER_PROJECT_AND_HOUR)
        return messageOf('property tokens for a project per hour', 'an hour');
      return undefined;
    },
    take() {
      for (const span of [day(), hour()]) used.set(span, usedIn(span) + TOKENS_A_REQUEST);
      return {
        tokensPerDay: status(PER_DAY, day()),
        tokensPerHour: status(PER_HOUR, hour()),
        concurrentRequests: { consumed: 0, remaining: 10 },
        serverErrorsPerProjectPerHour: { consumed: 0, remaining: 10 },
        potentiallyThresholdedRequestsPerHour: { consumed: 0, remaining: 120 },
        tokensPerProjectPerHour: status(PER_PROJECT_AND_HOUR, hour()),
      };
    },
  };
}

const messageOf = (what: string, back: string): string =>
  `Exhausted ${what}. These quota tokens will return in under ${back}.`;
