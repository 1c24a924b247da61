import { json } from '../../vendor-kit/replies.ts';
import type { VendorReply } from '../vendor.ts';

/** Status of each canonical code, as gRPC maps onto HTTP. */
const STATUS = {
  INVALID_ARGUMENT: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  RESOURCE_EXHAUSTED: 429,
} as const;

const MESSAGES: Readonly<Record<keyof typeof STATUS, string>> = {
  INVALID_ARGUMENT: 'Request contains an invalid argument.',
  UNAUTHENTICATED:
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
  PERMISSION_DENIED: 'The caller does not have permission',
  RESOURCE_EXHAUSTED: 'Resource has been exhausted (e.g. check quota).',
};

export interface AdsFailure {
  readonly status: keyof typeof STATUS;
  /** `{ queryError: 'REQUESTED_METRICS_FOR_MANAGER' }`. */
  readonly code: Readonly<Record<string, string>>;
  readonly message: string;
  readonly details?: unknown;
}

/**
 * An error as Google Ads writes it: a `google.rpc.Status` whose details hold a `GoogleAdsFailure`; of a stream, in a
 * list of one.
 * @see https://developers.google.com/google-ads/api/docs/best-practices/understand-api-errors
 */
export function failure(
  version: string,
  streams: boolean,
  { status, code, message, details }: AdsFailure,
): VendorReply {
  const body = {
    error: {
      code: STATUS[status],
      message: MESSAGES[status],
      status,
      details: [
        {
          '@type': `type.googleapis.com/google.ads.googleads.${version}.errors.GoogleAdsFailure`,
          errors: [{ errorCode: code, message, ...(details === undefined ? {} : { details }) }],
          requestId: 'sQ3bWm8tV1xkZr0yPn2LfA',
        },
      ],
    },
  };
  return json(STATUS[status], streams ? [body] : body);
}
