import type { Vendor, VendorAnswer } from '../../api/vendor.ts';
import { readEnvelope, repeatedPage } from '../ad-spend/envelope.ts';
import { CAMPAIGNS, headersOf } from './fields.ts';
import type { LinkedInAdsSettings } from './settings.ts';

const PAGE = 1000;

/** What the report lacks: the account's currency and the campaigns' names, `name:<id>`. */
export async function accountFacts(
  vendor: Vendor,
  settings: LinkedInAdsSettings,
  account: string,
): Promise<Readonly<Record<string, string>>> {
  const { currency } = await accountOf(vendor, settings, account);
  return { currency, ...(await namesOf(vendor, settings, account)) };
}

/** Name and currency of an account. */
export async function accountOf(
  vendor: Vendor,
  settings: LinkedInAdsSettings,
  account: string,
): Promise<{ readonly name: string; readonly currency: string }> {
  const answer = await ask(vendor, settings, `/rest/adAccounts/${account}`);
  return readEnvelope('LinkedIn adAccounts', answer, (body) => ({
    name: body.textOrNull('name') ?? account,
    currency: body.text('currency'),
  }));
}

/** Names by `name:<id>`. Campaigns that were removed for good are not listed; their days keep coming, without a name. */
async function namesOf(
  vendor: Vendor,
  settings: LinkedInAdsSettings,
  account: string,
): Promise<Record<string, string>> {
  const names: Record<string, string> = {};
  const path = `/rest/adAccounts/${account}/${CAMPAIGNS[settings.campaigns].path}?q=search&pageSize=${PAGE}`;
  let token: string | null = null;
  do {
    const answer: VendorAnswer = await ask(
      vendor,
      settings,
      token === null ? path : `${path}&pageToken=${encodeURIComponent(token)}`,
    );
    const next: string | null = readEnvelope('LinkedIn names of campaigns', answer, (body) => {
      for (const each of body.records('elements')) names[`name:${each.text('id')}`] = each.text('name');
      return body.textOrNull('metadata.nextPageToken');
    });
    if (next !== null && next === token) throw repeatedPage('LinkedIn names of campaigns', next);
    token = next;
  } while (token !== null);
  return names;
}

export interface Roles {
  /** The user's role in each account, by its number. */
  readonly byAccount: ReadonlyMap<string, string>;
  /** The day it is at LinkedIn (UTC), as the answer's `Date` says. */
  readonly today: string | null;
}

/** What the user whose token is used may do. */
export async function rolesOf(vendor: Vendor, settings: LinkedInAdsSettings): Promise<Roles> {
  const answer = await ask(vendor, settings, '/rest/adAccountUsers?q=authenticatedUser');
  const entries = readEnvelope('LinkedIn adAccountUsers', answer, (body) =>
    body
      .records('elements')
      .map(
        (each) => [each.text('account').replace(/^urn:li:sponsoredAccount:/, ''), each.text('role')] as const,
      ),
  );
  const now = Date.parse(answer.headers.get('date') ?? '');
  return {
    byAccount: new Map(entries),
    today: Number.isNaN(now) ? null : new Date(now).toISOString().slice(0, 10),
  };
}

const ask = (vendor: Vendor, settings: LinkedInAdsSettings, url: string): Promise<VendorAnswer> =>
  vendor.ask({ url, headers: headersOf(settings) });
