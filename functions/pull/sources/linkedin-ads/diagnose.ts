import type { Diagnosis } from '../../api/source.ts';
import type { VendorAnswer } from '../../api/vendor.ts';

/**
 * What an error means: `{ "status": 403, "serviceErrorCode": 100, "code": "ACCESS_DENIED", "message": … }`.
 * https://learn.microsoft.com/linkedin/shared/api-guide/concepts/error-handling
 */
export function diagnose(answer: VendorAnswer): Diagnosis | undefined {
  if (answer.status < 400) return undefined;
  const { code = '', serviceErrorCode, message = '' } = bodyOf(answer.text);
  const reason = `${code || (serviceErrorCode ?? answer.status)}: ${message}`;
  if (answer.status === 426 || code === 'NONEXISTENT_VERSION')
    return {
      kind: 'version-ended',
      reason,
      hint: 'Set `version` to a month that is alive; see the source’s page. Each lives for about a year.',
    };
  if (answer.status === 401) return { kind: 'token-expired', reason };
  if (answer.status === 403)
    return {
      kind: 'no-permission',
      reason,
      hint: 'The app needs the product Advertising API and the scope r_ads_reporting, the user a role in the account.',
    };
  if (answer.status === 429)
    return { kind: 'retry', reason, hint: 'LinkedIn counts calls a day and starts anew at midnight UTC.' };
  if (answer.status === 414) return { kind: 'too-large', reason };
  return answer.status >= 500 ? { kind: 'retry', reason } : { kind: 'refused', reason };
}

interface LinkedInError {
  readonly code?: string;
  readonly serviceErrorCode?: number;
  readonly message?: string;
}

function bodyOf(text: string): LinkedInError {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? (body as LinkedInError) : {};
  } catch {
    return {}; // Not of the API itself: the status says all there is.
  }
}
