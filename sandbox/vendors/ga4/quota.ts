import { type Allowance, allowanceBook } from '../../vendor-kit/allowance.ts';

/** Tokens of a standard property: https://developers.google.com/analytics/devguides/reporting/data/v1/quotas */
const TOKENS: readonly Allowance[] = [
  { name: 'tokensPerDay', most: 200_000, span: 'day' },
  { name: 'tokensPerHour', most: 40_000, span: 'hour' },
  { name: 'tokensPerProjectPerHour', most: 14_000, span: 'hour' },
];
/** Google: “Most requests will charge 10 or fewer tokens”. */
const TOKENS_A_REQUEST = 3;

const WORDS: Readonly<Record<string, readonly [what: string, back: string]>> = {
  tokensPerDay: ['property tokens per day', '24 hours'],
  tokensPerHour: ['property tokens per hour', 'an hour'],
  tokensPerProjectPerHour: ['property tokens for a project per hour', 'an hour'],
};

export interface Quota {
  /** What Google says when nothing is left; undefined while there is some. */
  exhausted(): string | undefined;
  /** Charges a request, and gives `propertyQuota`. */
  take(): object;
}

export function quotaOf(now: () => Date): Quota {
  const book = allowanceBook(now, TOKENS, TOKENS_A_REQUEST);
  return {
    exhausted() {
      const [what, back] = WORDS[book.exhausted()?.name ?? ''] ?? [];
      return what && `Exhausted ${what}. These quota tokens will return in under ${back}.`;
    },
    take: () => ({
      ...book.take(),
      concurrentRequests: { consumed: 0, remaining: 10 },
      serverErrorsPerProjectPerHour: { consumed: 0, remaining: 10 },
      potentiallyThresholdedRequestsPerHour: { consumed: 0, remaining: 120 },
    }),
  };
}
