import { ACCOUNTS, CAMPAIGNS } from '../../companies/wholesale/business/campaigns.ts';
import { pageFrom } from '../../vendor-kit/pages.ts';
import { json } from '../../vendor-kit/replies.ts';
import { spendBook } from '../../vendor-kit/spend-book.ts';
import { refreshGrant, tokenDesk } from '../../vendor-kit/token-desk.ts';
import type { MakeVendor, VendorCall, VendorReply } from '../vendor.ts';
import { elementsOf, readAnalytics } from './analytics.ts';

const secret = {
  client_id: '78made0up1marelune',
  client_secret: 'WPL_AP1.made.up.marelune',
  refresh_token: 'AQX-made-up-refresh-token-of-marelune',
};

/** Versions alive in November 2026. @see https://learn.microsoft.com/linkedin/marketing/integrations/migrations */
const ALIVE = [
  '202601',
  '202602',
  '202603',
  '202604',
  '202605',
  '202606',
  '202607',
  '202608',
  '202609',
  '202610',
];
const TWO_MONTHS_SECONDS = 60 * 86_400;
const YEAR_SECONDS = 365 * 86_400;

/**
 * LinkedIn's Marketing API of one account, and its token address: access tokens of 60 days, a refresh token whose 365
 * days go on counting. @see https://learn.microsoft.com/linkedin/shared/authentication/programmatic-refresh-tokens
 */
export const makeVendor: MakeVendor = ({ now }) => {
  const book = spendBook('linkedin');
  const desk = tokenDesk({
    ...{ seed: 'linkedin-ads', prefix: 'AQV', seconds: TWO_MONTHS_SECONDS, grant: refreshGrant(secret), now },
    extras: {
      refresh_token: secret.refresh_token,
      refresh_token_expires_in: YEAR_SECONDS,
      scope: 'r_ads,r_ads_reporting',
    },
  });
  return {
    kind: 'linkedin-ads',
    secret,
    day: book.add,
    answer(call) {
      if (call.url.pathname === '/oauth/v2/accessToken') return desk.answer(call);
      const refused = refusalOf(call, desk.state(call));
      if (refused) return refused;
      if (call.url.pathname === '/rest/adAnalytics') return analytics(call, book.between);
      return entity(call);
    },
  };
};

const error = (status: number, code: string, message: string, serviceErrorCode?: number): VendorReply =>
  json(status, { status, code, message, ...(serviceErrorCode === undefined ? {} : { serviceErrorCode }) });

/** @see https://learn.microsoft.com/linkedin/marketing/versioning and …/shared/api-guide/concepts/error-handling */
function refusalOf(call: VendorCall, token: string): VendorReply | undefined {
  if (token === 'expired')
    return error(401, 'EXPIRED_ACCESS_TOKEN', 'The token used in the request has expired', 65602);
  if (token !== 'good') return error(401, 'INVALID_ACCESS_TOKEN', 'Invalid access token', 65600);
  const version = call.headers.get('linkedin-version');
  if (version === null)
    return error(
      400,
      'VERSION_MISSING',
      'A version must be present. Please specify a version by adding the LinkedIn-Version header.',
    );
  if (!ALIVE.includes(version))
    return error(426, 'NONEXISTENT_VERSION', `Requested version ${version}01 is not active`);
  if (call.headers.get('x-restli-protocol-version') !== '2.0.0')
    return error(400, 'ILLEGAL_ARGUMENT', 'Invalid query parameters passed to request');
  return undefined;
}

/** An account that the user may not read answers like one without activity: with nothing. */
function analytics(call: VendorCall, between: ReturnType<typeof spendBook>['between']): VendorReply {
  const asked = readAnalytics(call.url.search);
  if (typeof asked === 'string') return error(400, 'ILLEGAL_ARGUMENT', asked);
  const spends = asked.account === ACCOUNTS.linkedin ? between(asked.from, asked.to) : [];
  return json(200, {
    paging: { start: 0, count: 10, links: [] },
    elements: elementsOf(spends, asked.fields),
  });
}

/** @see https://learn.microsoft.com/linkedin/marketing/integrations/ads/account-structure/create-and-manage-accounts, …-campaign-groups, …-account-users */
function entity({ url }: VendorCall): VendorReply {
  const account = `urn:li:sponsoredAccount:${ACCOUNTS.linkedin}`;
  if (url.pathname === '/rest/adAccountUsers')
    return json(200, {
      paging: { start: 0, count: 2_147_483_647, links: [], total: 1 },
      elements: [{ account, role: 'VIEWER', user: 'urn:li:person:mAdEuPpErS' }],
    });
  const [, id, groups] = /^\/rest\/adAccounts\/(\d+)(\/adCampaignGroups)?$/.exec(url.pathname) ?? [];
  if (id === undefined)
    return error(404, 'RESOURCE_NOT_FOUND', `No root resource defined for path '${url.pathname}'`);
  if (id !== ACCOUNTS.linkedin)
    return error(403, 'ACCESS_DENIED', 'Not enough permissions to access: partnerApiAccounts.GET', 100);
  if (groups !== undefined) return campaignGroups(url, account);
  return json(200, { id: Number(id), name: 'Marelune', currency: 'EUR', status: 'ACTIVE', type: 'BUSINESS' });
}

/** Pages by token, at most 1,000 a page; 100 where nothing is said. */
function campaignGroups({ searchParams }: URL, account: string): VendorReply {
  const size = Number(searchParams.get('pageSize') ?? 100);
  if (size > 1000) return error(400, 'PARAM_INVALID', 'Specified pageSize is larger than 1000');
  const from = Number(searchParams.get('pageToken')?.replace('DgGerr1iVmSjX', '') ?? 0);
  const all = CAMPAIGNS.filter(({ platform }) => platform === 'linkedin');
  const { items, next } = pageFrom(all, from, size);
  return json(200, {
    elements: items.map(({ id, name }) => ({ id: Number(id), name, account, status: 'ACTIVE' })),
    metadata: next === null ? {} : { nextPageToken: `DgGerr1iVmSjX${next}` },
  });
}
