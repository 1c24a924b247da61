import { own } from '../../api/own.ts';
import type { Diagnosis } from '../../api/source.ts';
import type { VendorAnswer } from '../../api/vendor.ts';

/** Errors after which the same request may succeed (Google Ads API, "API error types"). */
const TRANSIENT = new Set([
  'RESOURCE_EXHAUSTED',
  'RESOURCE_TEMPORARILY_EXHAUSTED',
  'EXCESSIVE_SHORT_TERM_QUERY_RESOURCE_CONSUMPTION',
  'INTERNAL_ERROR',
  'TRANSIENT_ERROR',
  'DEADLINE_EXCEEDED',
]);

const TOKEN_EXPIRED = new Set(['OAUTH_TOKEN_EXPIRED', 'OAUTH_TOKEN_INVALID', 'OAUTH_TOKEN_HEADER_INVALID']);

/** What to do, where Google's own sentence does not say it. */
const REMEDIES: Readonly<Record<string, string>> = {
  REQUESTED_METRICS_FOR_MANAGER:
    'A manager account has no figures of its own. List the client accounts below it under `accounts`, and the manager under `manager`.',
  USER_PERMISSION_DENIED:
    'Where access goes through a manager account, give its number as `manager`; else invite the user whose refresh token is used to the account.',
  CUSTOMER_NOT_ENABLED:
    'The account is not yet enabled or was closed. Take it off `accounts`; what was read stays.',
  DEVELOPER_TOKEN_NOT_APPROVED:
    'The developer token reads test accounts only. Apply for basic access in the manager account under Tools, API centre.',
  DEVELOPER_TOKEN_PROHIBITED:
    'The developer token belongs to another Google Cloud project than the OAuth client. Use the client of the first project, or a new token.',
  DEVELOPER_TOKEN_PARAMETER_MISSING: 'Put `developer_token` into the secret.',
  DEVELOPER_TOKEN_INVALID:
    'Correct `developer_token` in the secret: the manager account shows it in its API centre.',
  UNSUPPORTED_VERSION: 'Set `version` to one that is alive; see the source’s page for the dates.',
};

interface AdsError {
  readonly name: string;
  readonly message: string;
  readonly retryDelay: string | undefined;
}

/** What an error means. Its body is a `google.rpc.Status` with a `GoogleAdsFailure`; of a stream, in a list of one. */
export function diagnose(answer: VendorAnswer): Diagnosis | undefined {
  // A stream that has begun cannot change its status any more: the error is its last element.
  if (answer.status < 400 && !answer.text.includes('GoogleAdsFailure')) return undefined;
  const root = errorOf(answer);
  if (!root) return undefined;
  const [error] = adsErrors(root);
  const name = error?.name ?? String(root['status'] ?? '');
  const reason = `${name || 'error'}: ${error?.message ?? String(root['message'] ?? '')}`;
  const hint = own(REMEDIES, name);
  const rest = { reason, ...(hint === undefined ? {} : { hint }) };
  if (name === 'UNSUPPORTED_VERSION') return { kind: 'version-ended', ...rest };
  if (TRANSIENT.has(name)) return { kind: 'retry', ...rest, ...secondsOf(error?.retryDelay) };
  if (name.startsWith('DEVELOPER_TOKEN') || answer.status === 403) return { kind: 'no-permission', ...rest };
  if (TOKEN_EXPIRED.has(name) || answer.status === 401) return { kind: 'token-expired', ...rest };
  return answer.status >= 500 || answer.status === 429
    ? { kind: 'retry', ...rest }
    : { kind: 'refused', ...rest };
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function errorOf(answer: VendorAnswer): Json | undefined {
  let body: unknown;
  try {
    body = JSON.parse(answer.text);
  } catch {
    return undefined; // A page of a proxy or a load balancer: its status says all there is.
  }
  const last: unknown = Array.isArray(body) ? body.at(-1) : body;
  const error = isObject(last) ? last['error'] : undefined;
  return isObject(error) ? error : undefined;
}

function adsErrors(root: Json): AdsError[] {
  const details = Array.isArray(root['details']) ? root['details'].filter(isObject) : [];
  const errors = details.flatMap((detail) => (Array.isArray(detail['errors']) ? detail['errors'] : []));
  return errors.filter(isObject).map((error) => {
    const code = isObject(error['errorCode']) ? Object.values(error['errorCode'])[0] : undefined;
    const quota = isObject(error['details']) ? error['details']['quotaErrorDetails'] : undefined;
    const delay = isObject(quota) ? quota['retryDelay'] : undefined;
    return {
      name: String(code ?? ''),
      message: String(error['message'] ?? ''),
      retryDelay: typeof delay === 'string' ? delay : undefined,
    };
  });
}

/** `30s` or `1.5s`, as protobuf writes a duration. */
function secondsOf(delay: string | undefined): { retryAfter?: number } {
  const found = /^(\d+(?:\.\d+)?)s$/.exec(delay ?? '');
  return found ? { retryAfter: Number(found[1]) } : {};
}
