import { ACCOUNTS } from '../../companies/wholesale/business/campaigns.ts';
import type { TokenDesk } from '../../vendor-kit/token-desk.ts';
import type { VendorCall } from '../vendor.ts';
import type { AdsFailure } from './errors.ts';
import { MANAGER } from './rows.ts';

/** Versions alive in November 2026. @see https://developers.google.com/google-ads/api/docs/sunset-dates */
const ALIVE = ['v23', 'v24', 'v25', 'v26'];
export const secret = {
  client_id: '518830274119-vigie.apps.googleusercontent.com',
  client_secret: 'GOCSPX-made-up-for-marelune',
  refresh_token: '1//0g-made-up-refresh-token-of-marelune',
  developer_token: 'mAdEuPdEvElOpErToKeNxx',
};

/** @see https://developers.google.com/google-ads/api/docs/concepts/call-structure (headers) and AuthenticationError, AuthorizationError, RequestError */
export function refusalOf(
  call: VendorCall,
  version: string,
  account: string,
  desk: TokenDesk,
): AdsFailure | undefined {
  const error = (status: AdsFailure['status'], kind: string, code: string, message: string): AdsFailure => ({
    status,
    code: { [kind]: code },
    message,
  });
  if (!ALIVE.includes(version))
    return error(
      'INVALID_ARGUMENT',
      'requestError',
      'UNSUPPORTED_VERSION',
      ' Version of the API is no longer supported.',
    );
  if (desk.state(call) !== 'good')
    return error(
      'UNAUTHENTICATED',
      'authenticationError',
      'OAUTH_TOKEN_INVALID',
      'OAuth token in the request is invalid.',
    );
  const token = call.headers.get('developer-token');
  if (token !== secret.developer_token)
    return token === null
      ? error(
          'UNAUTHENTICATED',
          'authenticationError',
          'DEVELOPER_TOKEN_PARAMETER_MISSING',
          'The developer token is missing.',
        )
      : error(
          'UNAUTHENTICATED',
          'authenticationError',
          'DEVELOPER_TOKEN_INVALID',
          'The developer token is not valid.',
        );
  if (
    call.headers.get('login-customer-id') !== MANAGER ||
    (account !== ACCOUNTS.google && account !== MANAGER)
  )
    return error(
      'PERMISSION_DENIED',
      'authorizationError',
      'USER_PERMISSION_DENIED',
      "User doesn't have permission to access customer. Note: If you're accessing a client customer, the manager's customer id must be set in the 'login-customer-id' header.",
    );
  return undefined;
}
