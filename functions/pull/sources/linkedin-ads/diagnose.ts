import { diagnosing, objectOf, textOf } from '../../api/kit/errors.ts';

const ENDED = {
  kind: 'version-ended',
  hint: 'Set `version` to a month that is alive; see the source’s page. Each lives for about a year.',
} as const;

/**
 * What an error means: `{ "status": 403, "serviceErrorCode": 100, "code": "ACCESS_DENIED", "message": … }`. Its status
 * tells, whatever the body.
 * https://learn.microsoft.com/linkedin/shared/api-guide/concepts/error-handling
 */
export const diagnose = diagnosing({
  said(body, { status }) {
    const { code, serviceErrorCode, message } = objectOf(body) ?? {};
    const name = textOf(code);
    const text = textOf(message);
    return { code: name, message: text, reason: `${name || textOf(serviceErrorCode) || status}: ${text}` };
  },
  meanings: {
    NONEXISTENT_VERSION: ENDED,
    426: ENDED,
    403: {
      hint: 'The app needs the product Advertising API and the scope r_ads_reporting, the user a role in the account.',
    },
    429: { hint: 'LinkedIn counts calls a day and starts anew at midnight UTC.' },
  },
});
