import { alike, diagnosing, objectOf, objectsOf, textOf } from '../../api/kit/errors.ts';

/**
 * What an error means ("API error types"), and what to do where Google's own sentence does not say it. The body is a
 * `google.rpc.Status` with a `GoogleAdsFailure`; of a stream, in a list of one. A stream that has begun cannot change its
 * status any more: the error is its last element.
 */
export const diagnose = diagnosing({
  hides: ({ text }) => text.includes('GoogleAdsFailure'),
  said(body) {
    const root = objectOf(objectOf(Array.isArray(body) ? body.at(-1) : body)?.['error']);
    if (!root) return undefined;
    const [error] = objectsOf(root['details']).flatMap((detail) => objectsOf(detail['errors']));
    const code = textOf(Object.values(objectOf(error?.['errorCode']) ?? {})[0]) || textOf(root['status']);
    const message = textOf(error?.['message'] ?? root['message']);
    const meaning = code.startsWith('DEVELOPER_TOKEN') ? ({ kind: 'no-permission' } as const) : undefined;
    return { code, message, reason: `${code || 'error'}: ${message}`, retryAfter: pauseOf(error), meaning };
  },
  meanings: {
    ...alike(['RESOURCE_EXHAUSTED', 'RESOURCE_TEMPORARILY_EXHAUSTED'], { kind: 'retry' }),
    ...alike(['EXCESSIVE_SHORT_TERM_QUERY_RESOURCE_CONSUMPTION', 'INTERNAL_ERROR'], { kind: 'retry' }),
    ...alike(['TRANSIENT_ERROR', 'DEADLINE_EXCEEDED'], { kind: 'retry' }),
    ...alike(['OAUTH_TOKEN_EXPIRED', 'OAUTH_TOKEN_INVALID'], { kind: 'token-expired' }),
    OAUTH_TOKEN_HEADER_INVALID: { kind: 'token-expired' },
    REQUESTED_METRICS_FOR_MANAGER: {
      hint: 'A manager account has no figures of its own. List the client accounts below it under `accounts`, and the manager under `manager`.',
    },
    USER_PERMISSION_DENIED: {
      hint: 'Where access goes through a manager account, give its number as `manager`; else invite the user whose refresh token is used to the account.',
    },
    CUSTOMER_NOT_ENABLED: {
      hint: 'The account is not yet enabled or was closed. Take it off `accounts`; what was read stays.',
    },
    DEVELOPER_TOKEN_NOT_APPROVED: {
      kind: 'no-permission',
      hint: 'The developer token reads test accounts only. Apply for basic access in the manager account under Tools, API centre.',
    },
    DEVELOPER_TOKEN_PROHIBITED: {
      kind: 'no-permission',
      hint: 'The developer token belongs to another Google Cloud project than the OAuth client. Use the client of the first project, or a new token.',
    },
    DEVELOPER_TOKEN_PARAMETER_MISSING: {
      kind: 'no-permission',
      hint: 'Put `developer_token` into the secret.',
    },
    DEVELOPER_TOKEN_INVALID: {
      kind: 'no-permission',
      hint: 'Correct `developer_token` in the secret: the manager account shows it in its API centre.',
    },
    UNSUPPORTED_VERSION: {
      kind: 'version-ended',
      hint: 'Set `version` to one that is alive; see the source’s page for the dates.',
    },
  },
});

/** `30s` or `1.5s`, as protobuf writes a duration. */
function pauseOf(error: Readonly<Record<string, unknown>> | undefined): number | undefined {
  const quota = objectOf(objectOf(error?.['details'])?.['quotaErrorDetails']);
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(textOf(quota?.['retryDelay']))?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
