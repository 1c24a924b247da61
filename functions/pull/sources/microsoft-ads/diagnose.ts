import { alike, diagnosing, objectOf, objectsOf, textOf } from '../../api/kit/errors.ts';

/**
 * Microsoft's operation error codes, as far as they mean something else than their status. Faults of REST hold `Errors`,
 * `OperationErrors` or `BatchErrors`, as those of SOAP do.
 * https://learn.microsoft.com/advertising/guides/operation-error-codes
 */
export const diagnose = diagnosing({
  said(body) {
    const lists = Object.entries(objectOf(body) ?? {}).filter(([name]) => name.endsWith('Errors'));
    const [error] = lists.flatMap(([, list]) => objectsOf(list));
    if (!error) return undefined;
    const code = textOf(error['ErrorCode'] ?? error['Code']) || 'error';
    return { code, message: textOf(error['Message']) };
  },
  meanings: {
    // 0, 207 and 2004; the last in the vendor's spelling.
    ...alike(['InternalError', 'ConcurrentRequestOverLimit'], { kind: 'retry' }),
    ReportingServiceNoCompleteDataAvaliable: { kind: 'retry' },
    // 117: Microsoft asks to wait a minute.
    CallRateExceeded: { kind: 'retry', retryAfter: 60 },
    // 109
    AuthenticationTokenExpired: { kind: 'token-expired' },
    // 105
    InvalidCredentials: {
      kind: 'token-expired',
      hint: 'Neither this token nor a fresh one is accepted: sign in anew as the source’s page says, and check `developer_token`.',
    },
    // 106
    UserIsNotAuthorized: {
      kind: 'no-permission',
      hint: 'The user may not read this account, or `customer` is not the customer it belongs to.',
    },
    DeveloperTokenNotProvided: { kind: 'no-permission', hint: 'Put `developer_token` into the secret.' },
    AccountNotAuthorized: { kind: 'no-permission', hint: 'Check `accounts` and `customer`.' },
  },
});
