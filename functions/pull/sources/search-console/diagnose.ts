import { alike, diagnosing, objectOf, objectsOf, textOf } from '../../api/kit/errors.ts';

const TO_BE_ADDED =
  'In Search Console: Settings › Users and permissions › Add user, with the service account’s address (client_email) and the permission Restricted. Name the property under `sites` exactly as Search Console does.';

/**
 * What a refusal means: `{ "error": { "code", "message", "errors": [{ "reason" }], "status" } }`. A quota of load (by ten minutes, by the
 * day) is not worth waiting for; that of requests a minute is.
 * https://developers.google.com/webmaster-tools/limits
 */
export const diagnose = diagnosing({
  said(body) {
    const error = objectOf(objectOf(body)?.['error']);
    const message = textOf(error?.['message']);
    if (error === undefined || message === '') return undefined;
    const [first] = objectsOf(error['errors']);
    const code = textOf(first?.['reason']) || textOf(error['status']);
    return { code, message, reason: message.slice(0, 300) };
  },
  meanings: {
    ...alike(['rateLimitExceeded', 'userRateLimitExceeded', 'RESOURCE_EXHAUSTED'], { kind: 'retry' }),
    ...alike(['backendError', 'internalError', 'UNAVAILABLE', 'INTERNAL'], { kind: 'retry' }),
    ...alike(['authError', 'UNAUTHENTICATED'], { kind: 'token-expired' }),
    ...alike(['quotaExceeded', 'dailyLimitExceeded'], {
      kind: 'refused',
      hint: 'The load that Google allows is used up, for a quarter of an hour or for the day. What was complete is kept, and the next run reads on; set a later `starts_on` if this stays.',
    }),
    ...alike(['forbidden', 'insufficientPermissions', 'PERMISSION_DENIED', 'notFound', 'NOT_FOUND'], {
      kind: 'no-permission',
      hint: TO_BE_ADDED,
    }),
    ...alike(['accessNotConfigured', 'SERVICE_DISABLED'], {
      kind: 'no-permission',
      hint: 'In the Google Cloud project of the key: APIs & Services › Library › Google Search Console API › Enable.',
    }),
  },
});
