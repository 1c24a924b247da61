import { messageOf, VigieError } from '../errors.ts';

/** What is known of anything that an AWS client throws. */
export interface AwsFailure {
  readonly name?: string;
  /** Of Node: `ENOTFOUND`, `ECONNRESET` … */
  readonly code?: string;
  readonly hostname?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
  readonly $retryable?: { readonly throttling?: boolean };
}

export const failureOf = (error: unknown): AwsFailure =>
  typeof error === 'object' && error !== null ? (error as AwsFailure) : {};

export const statusOf = (error: unknown): number | undefined => failureOf(error).$metadata?.httpStatusCode;

const DENIED = /^(AccessDenied|AccessDeniedException|Forbidden|403|NotAuthorized|UnauthorizedOperation)$/;
const CREDENTIALS =
  /^(ExpiredToken(Exception)?|TokenRefreshRequired|InvalidClientTokenId|InvalidAccessKeyId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidToken|CredentialsProviderError|TokenProviderError)$/;
const THROTTLED =
  /^(Throttling(Exception)?|ThrottledException|TooManyRequestsException|SlowDown|RequestLimitExceeded|RequestThrottled)$/;
const NETWORK =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|TimeoutError)$/;

export const isThrottled = (error: unknown): boolean =>
  THROTTLED.test(failureOf(error).name ?? '') || failureOf(error).$retryable?.throttling === true;

export const isDenied = (error: unknown): boolean =>
  DENIED.test(failureOf(error).name ?? '') || statusOf(error) === 403;

interface Diagnosis {
  readonly code: string;
  readonly hint?: string;
  readonly retryable?: boolean;
}

/**
 * What an AWS call's failure means, whatever the service: `AWS_ACCESS_DENIED`, `AWS_CREDENTIALS`, `AWS_THROTTLED`,
 * `AWS_UNREACHABLE`, `AWS_CLOCK`, else `AWS_FAILED`. `doing` is told first: `reading s3://…`.
 */
export function awsError(error: unknown, doing: string): VigieError {
  if (error instanceof VigieError) return error;
  const { name } = failureOf(error);
  const said = messageOf(error);
  const what = name === undefined || name === 'Error' || said.startsWith(name) ? said : `${name}: ${said}`;
  return new VigieError(`${doing}: ${what}`, { ...diagnose(error), cause: error });
}

function diagnose(error: unknown): Diagnosis {
  const { name = '', code = '', hostname } = failureOf(error);
  const status = statusOf(error);
  if (CREDENTIALS.test(name)) {
    return {
      code: 'AWS_CREDENTIALS',
      hint: 'There are no valid AWS credentials here. Sign in (`aws sso login`), choose a profile (AWS_PROFILE), and look with `aws sts get-caller-identity`.',
    };
  }
  if (name === 'RequestTimeTooSkewed')
    return { code: 'AWS_CLOCK', hint: 'The clock of this machine is wrong by more than 15 minutes: set it.' };
  if (isThrottled(error)) {
    return {
      code: 'AWS_THROTTLED',
      retryable: true,
      hint: 'AWS asks to slow down, after several attempts. Run again in some minutes; if it happens every day, ask for a higher quota (Service Quotas).',
    };
  }
  if (isDenied(error)) {
    return {
      code: 'AWS_ACCESS_DENIED',
      hint: 'Who runs this may not do it. A function of the stack: deploy again, which renews its policies. You yourself: docs/operations/deploy.md#who-may-do-what lists what a person needs. A policy of your organisation may stand above both.',
    };
  }
  if (NETWORK.test(code) || NETWORK.test(name)) return unreachable(code, hostname);
  return { code: 'AWS_FAILED', retryable: status === undefined ? false : status >= 500 };
}

/** A service that a region does not have has no address there. */
const unreachable = (code: string, hostname: string | undefined): Diagnosis =>
  code === 'ENOTFOUND' && hostname !== undefined
    ? {
        code: 'AWS_UNREACHABLE',
        retryable: true,
        hint: `There is no server ${hostname}: the region is misspelled, has no such service (https://aws.amazon.com/about-aws/global-infrastructure/regional-product-services), or this machine has no network.`,
      }
    : {
        code: 'AWS_UNREACHABLE',
        retryable: true,
        hint: 'The connection to AWS broke or could not be made. Run again; nothing is lost.',
      };
