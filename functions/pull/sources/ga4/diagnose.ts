import { alike, diagnosing, objectOf, textOf } from '../../api/kit/errors.ts';

const USED_UP = {
  kind: 'refused',
  hint: 'The property’s tokens are used up; they come back within the hour or the day. Raise days_at_once, or read fewer days.',
} as const;

/**
 * What a refusal means. Google’s errors are `{ "error": { "code", "message", "status" } }`; RESOURCE_EXHAUSTED is said
 * of requests at once (gone in a moment) and of tokens of an hour or a day (not worth waiting for), alike with 429.
 * @see https://developers.google.com/analytics/devguides/reporting/data/v1/quotas
 */
export const diagnose = diagnosing({
  said(body) {
    const error = objectOf(objectOf(body)?.['error']);
    if (typeof error?.['status'] !== 'string') return undefined;
    const message = textOf(error['message']) || error['status'];
    const code = error['status'];
    const isLong =
      code === 'RESOURCE_EXHAUSTED' && /per (day|hour)/iu.test(message) && !/concurrent/iu.test(message);
    return { code, message, reason: message.slice(0, 300), meaning: isLong ? USED_UP : undefined };
  },
  meanings: {
    ...alike(['UNAVAILABLE', 'INTERNAL', 'DEADLINE_EXCEEDED'], { kind: 'retry' }),
    UNAUTHENTICATED: { kind: 'token-expired' },
    PERMISSION_DENIED: {
      kind: 'no-permission',
      hint: 'In GA4: Admin › Property access management › add the service account’s address (client_email) as Viewer. See functions/pull/sources/ga4/README.md.',
    },
    INVALID_ARGUMENT: {
      kind: 'refused',
      hint: 'Is the ordering event marked as a key event, and does the channel group exist? `vigie doctor` looks for both.',
    },
  },
});
