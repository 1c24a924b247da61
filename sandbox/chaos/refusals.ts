import { json } from '../vendor-kit/replies.ts';
import type { Exchange } from '../vendors/serve.ts';
import type { VendorReply } from '../vendors/vendor.ts';

/**
 * What a vendor says to somebody whose permission was taken away. Tokens are given all the same. LinkedIn does not
 * refuse: statistics of an account that one may not see are empty, only the account itself cannot be read.
 */
const REFUSALS: Readonly<Record<string, (path: string) => VendorReply>> = {
  'linkedin-ads': (path) =>
    path.includes('adAnalytics')
      ? json(200, { paging: { start: 0, count: 10, links: [] }, elements: [] })
      : json(403, {
          status: 403,
          serviceErrorCode: 100,
          code: 'ACCESS_DENIED',
          message: 'Not enough permissions',
        }),
  hubspot: () =>
    json(403, {
      status: 'error',
      message: 'This app hasn’t been granted all required scopes to make this call.',
      correlationId: '5d7c4c7c-0f7a-4a0e-9f5c-0a7d4a0d3c11',
      category: 'MISSING_SCOPES',
    }),
  salesforce: () =>
    json(403, [
      { message: 'The REST API is not enabled for this Organization.', errorCode: 'API_DISABLED_FOR_ORG' },
    ]),
  'dynamics-sales': () =>
    json(403, {
      error: {
        code: '0x80040220',
        message: 'Principal user is missing prvReadLead privilege on entity lead.',
      },
    }),
  'meta-ads': () =>
    json(400, {
      error: {
        message: '(#200) Ad account owner has NOT grant ads_management or ads_read permission',
        type: 'OAuthException',
        code: 200,
        fbtrace_id: 'A0',
      },
    }),
};

const forbidden = (): VendorReply =>
  json(403, {
    error: { code: 403, message: 'The caller does not have permission', status: 'PERMISSION_DENIED' },
  });

export async function refusalOf({ kind, call }: Exchange): Promise<VendorReply | undefined> {
  if (/token/iu.test(call.url.pathname)) return undefined;
  return (REFUSALS[kind] ?? forbidden)(call.url.pathname);
}
