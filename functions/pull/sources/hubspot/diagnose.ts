import { diagnosing, objectOf, textOf } from '../../api/kit/errors.ts';

const DAILY = {
  kind: 'refused',
  hint: 'What the account may ask in a day is used up; it begins anew at midnight of its time zone. The next run reads on. HubSpot shows who uses it under Settings › Integrations.',
} as const;

/**
 * `{ "status": "error", "category": "RATE_LIMITS", "message": …, "policyName": "DAILY" | "TEN_SECONDLY_ROLLING", "errors": […] }`
 * https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines
 */
export const diagnose = diagnosing({
  said(body, { status }) {
    const { category, message, policyName, errorType } = objectOf(body) ?? {};
    const text = textOf(message);
    if (text === '' && textOf(category) === '') return undefined;
    const code = textOf(policyName) || textOf(category) || textOf(errorType) || String(status);
    return { code, message: text, reason: `${code}: ${text}` };
  },
  meanings: {
    DAILY,
    TEN_SECONDLY_ROLLING: { kind: 'retry', retryAfter: 10 },
    SECONDLY: { kind: 'retry', retryAfter: 1 },
    MISSING_SCOPES: {
      kind: 'no-permission',
      hint: 'The token lacks a scope: see “Permissions to ask for” on the source’s page, and add it in HubSpot.',
    },
    INVALID_AUTHENTICATION: {
      kind: 'no-permission',
      hint: 'The token is wrong or was rotated: make one as the source’s page says and store it as `{"token": …}`.',
    },
    EXPIRED_AUTHENTICATION: {
      kind: 'no-permission',
      hint: 'The token has ended: make a new one as the source’s page says and store it as `{"token": …}`.',
    },
  },
});
