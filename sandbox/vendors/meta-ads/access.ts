import { json } from '../../vendor-kit/replies.ts';
import type { VendorCall, VendorReply } from '../vendor.ts';

/** A token of a system user, made to last. */
export const secret = { token: 'EAAGmadeUpSystemUserTokenOfMarelune' };

/** @see https://developers.facebook.com/documentation/ads-commerce/marketing-api/marketing-api-changelog/versions */
const ALIVE = ['v25.0', 'v26.0', 'v27.0'];
/** @see https://developers.facebook.com/docs/graph-api/guides/error-handling */
export const error = (status: number, code: number, message: string, subcode?: number): VendorReply =>
  json(status, {
    error: {
      message,
      type: code === 190 ? 'OAuthException' : 'GraphMethodException',
      code,
      ...(subcode === undefined ? {} : { error_subcode: subcode }),
      fbtrace_id: 'AmadeUpTraceId',
    },
  });

export const unknownObject = (id: string): VendorReply =>
  error(
    400,
    100,
    `Unsupported request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`,
  );

/** The token in the header or, as Meta's own examples have it, in the query. */
export function refusalOf(call: VendorCall): VendorReply | undefined {
  const [, bearer] = /^(?:Bearer|OAuth) (.+)$/.exec(call.headers.get('authorization') ?? '') ?? [];
  const token =
    bearer ?? call.url.searchParams.get('access_token') ?? new URLSearchParams(call.body).get('access_token');
  if (token === null) return error(400, 104, 'An access token is required to request this resource.');
  if (token !== secret.token)
    return error(401, 190, 'Error validating access token: Session has expired.', 463);
  const [, version = ''] = call.url.pathname.split('/');
  return ALIVE.includes(version)
    ? undefined
    : error(
        400,
        2635,
        '(#2635) You are calling a deprecated version of the Ads API. Please update to the latest version.',
      );
}
