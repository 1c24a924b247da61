import { ACCOUNTS } from '../../companies/wholesale/business/campaigns.ts';
import { json } from '../../vendor-kit/replies.ts';
import type { VendorCall, VendorReply } from '../vendor.ts';
import type { Refusal } from './report.ts';

/** The customer (manager account) that the company's account belongs to. */
export const CUSTOMER = '21006913';

export const secret = {
  client_id: '0b7e6f1c-5a43-4c1b-9f0e-marelune0001',
  client_secret: 'made~up~client~secret~of~marelune',
  refresh_token: 'M.C546_BAY.0.U.-made-up-refresh-token-of-marelune',
  developer_token: '12MADE34UP56MS78',
};

/** Headers as named on the page of SubmitGenerateReport; codes 105, 106 and 109 of the operation error codes. */
export function accessProblem(call: VendorCall, token: string): Refusal | undefined {
  if (token === 'expired')
    return [
      109,
      'AuthenticationTokenExpired',
      'Authentication token expired. Please renew the token or obtain a new one.',
    ];
  if (token !== 'good')
    return [
      105,
      'InvalidCredentials',
      'Authentication failed. Either supplied credentials are invalid or the account is inactive',
    ];
  if (call.headers.get('developertoken') !== secret.developer_token)
    return [105, 'InvalidCredentials', 'The developer token is not valid.'];
  if (
    call.headers.get('customerid') !== CUSTOMER ||
    call.headers.get('customeraccountid') !== ACCOUNTS.microsoft
  )
    return [106, 'UserIsNotAuthorized', 'User is not authorized to perform this operation.'];
  return undefined;
}

/** @see https://learn.microsoft.com/advertising/reporting-service/adapifaultdetail and …/apifaultdetail */
export const fault = (
  type: string,
  list: 'Errors' | 'OperationErrors',
  [code, name, message]: Refusal,
): VendorReply =>
  json(code === 105 || code === 109 ? 401 : code === 106 ? 403 : 400, {
    TrackingId: '6f6c0f2e-93a4-4f55-a6ec-0c6a7a2d1e34',
    Type: type,
    [list]: [{ Code: code, ErrorCode: name, Message: message, Detail: null }],
  });
