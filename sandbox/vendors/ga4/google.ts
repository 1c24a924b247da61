import { json } from '../../vendor-kit/replies.ts';
import type { VendorReply } from '../vendor.ts';

/** @see https://cloud.google.com/apis/design/errors#http_mapping */
export const googleError = (code: number, status: string, message: string): VendorReply =>
  json(code, { error: { code, message, status } });

export const invalidArgument = (message: string): VendorReply =>
  googleError(400, 'INVALID_ARGUMENT', message);

/** As recorded by users: https://github.com/googleapis/google-cloud-node/issues/4780 */
export const permissionDenied = (): VendorReply =>
  googleError(
    403,
    'PERMISSION_DENIED',
    'User does not have sufficient permissions for this property. To learn more about Property ID, see https://developers.google.com/analytics/devguides/reporting/data/v1/property-id.',
  );

export const unauthenticated = (): VendorReply =>
  googleError(
    401,
    'UNAUTHENTICATED',
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.',
  );
