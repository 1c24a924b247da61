import type { Diagnosis } from '../../api/source.ts';
import type { VendorAnswer } from '../../api/vendor.ts';

interface GoogleError {
  readonly status: string;
  readonly message: string;
}

/**
 * What a refusal means. Google’s errors are `{ "error": { "code", "message", "status" } }`; RESOURCE_EXHAUSTED is said
 * of requests at once (gone in a moment) and of tokens of an hour or a day (not worth waiting for), alike with 429.
 * @see https://developers.google.com/analytics/devguides/reporting/data/v1/quotas
 */
export function diagnose(answer: VendorAnswer): Diagnosis | undefined {
  if (answer.status < 400) return undefined;
  const error = errorOf(answer.text);
  if (error === undefined) return undefined;
  const reason = error.message.slice(0, 300);
  switch (error.status) {
    case 'UNAUTHENTICATED':
      return { kind: 'token-expired', reason };
    case 'PERMISSION_DENIED':
      return { kind: 'no-permission', reason, hint: PERMISSION_HINT };
    case 'RESOURCE_EXHAUSTED':
      return /concurrent/iu.test(reason)
        ? { kind: 'retry', reason }
        : /per (day|hour)/iu.test(reason)
          ? { kind: 'refused', reason, hint: QUOTA_HINT }
          : { kind: 'retry', reason };
    case 'INVALID_ARGUMENT':
      return { kind: 'refused', reason, hint: ARGUMENT_HINT };
    case 'UNAVAILABLE':
    case 'INTERNAL':
    case 'DEADLINE_EXCEEDED':
      return { kind: 'retry', reason };
    default:
      return undefined;
  }
}

const PERMISSION_HINT =
  'In GA4: Admin › Property access management › add the service account’s address (client_email) as Viewer. See functions/pull/sources/ga4/README.md.';
const QUOTA_HINT =
  'The property’s tokens are used up; they come back within the hour or the day. Raise days_at_once, or read fewer days.';
const ARGUMENT_HINT =
  'Is the ordering event marked as a key event, and does the channel group exist? `vigie doctor` looks for both.';

function errorOf(text: string): GoogleError | undefined {
  try {
    const error: unknown = (JSON.parse(text) as { error?: unknown } | null)?.error;
    if (typeof error !== 'object' || error === null) return undefined;
    const { status, message } = error as { status?: unknown; message?: unknown };
    return typeof status === 'string' ? { status, message: String(message ?? status) } : undefined;
  } catch {
    // Not Google’s form: a proxy answers. The status decides.
    return undefined;
  }
}
