import { readEnvelope } from '../../api/kit/envelope.ts';
import { linkedInHeaders, linkedInToday } from '../../api/kit/linkedin.ts';
import { pagesByNext } from '../../api/kit/paging.ts';
import type { Vendor, VendorAnswer } from '../../api/vendor.ts';
import { CAMPAIGNS } from './fields.ts';
import type { Settings } from './settings.ts';

const PAGE = 1000;

export type AccountFacts = Readonly<Record<string, string>>;

/** What was found out during a pull, which has a vendor of its own: LinkedIn counts calls by the day. */
const found = new WeakMap<Vendor, Map<string, Promise<AccountFacts>>>();

/** What the report lacks: the account's currency and the campaigns' names, `name:<id>`. Asked once a pull. */
export function accountFacts(vendor: Vendor, settings: Settings, account: string): Promise<AccountFacts> {
  const ofPull = found.get(vendor) ?? new Map<string, Promise<AccountFacts>>();
  found.set(vendor, ofPull);
  const asked = ofPull.get(account) ?? askFacts(vendor, settings, account);
  ofPull.set(account, asked);
  // What failed is asked anew by whoever wants it next.
  asked.catch(() => ofPull.delete(account));
  return asked;
}

async function askFacts(vendor: Vendor, settings: Settings, account: string): Promise<AccountFacts> {
  const { currency } = await accountOf(vendor, settings, account);
  return { currency, ...(await namesOf(vendor, settings, account)) };
}

/** Name and currency of an account. */
export async function accountOf(
  vendor: Vendor,
  settings: Settings,
  account: string,
): Promise<{ readonly name: string; readonly currency: string }> {
  const answer = await ask(vendor, settings, `/rest/adAccounts/${account}`);
  return readEnvelope('LinkedIn adAccounts', answer, (body) => ({
    name: body.textOrNull('name') ?? account,
    currency: body.text('currency'),
  }));
}

/** Names by `name:<id>`. Campaigns that were removed for good are not listed; their days keep coming, without a name. */
async function namesOf(vendor: Vendor, settings: Settings, account: string): Promise<Record<string, string>> {
  const names: Record<string, string> = {};
  const path = `/rest/adAccounts/${account}/${CAMPAIGNS[settings.campaigns].path}?q=search&pageSize=${PAGE}`;
  const what = 'LinkedIn names of campaigns';
  const answers = pagesByNext({
    what,
    ask: (token) =>
      ask(vendor, settings, token === null ? path : `${path}&pageToken=${encodeURIComponent(token)}`),
    next: (answer) => readEnvelope(what, answer, (body) => body.textOrNull('metadata.nextPageToken')),
  });
  for await (const answer of answers)
    readEnvelope(what, answer, (body) => {
      for (const each of body.records('elements')) names[`name:${each.text('id')}`] = each.text('name');
    });
  return names;
}

export interface Roles {
  /** The user's role in each account, by its number. */
  readonly byAccount: ReadonlyMap<string, string>;
  /** The day it is at LinkedIn (UTC), as the answer's `Date` says. */
  readonly today: string | null;
}

/** What the user whose token is used may do. */
export async function rolesOf(vendor: Vendor, settings: Settings): Promise<Roles> {
  const answer = await ask(vendor, settings, '/rest/adAccountUsers?q=authenticatedUser');
  const entries = readEnvelope('LinkedIn adAccountUsers', answer, (body) =>
    body
      .records('elements')
      .map(
        (each) => [each.text('account').replace(/^urn:li:sponsoredAccount:/, ''), each.text('role')] as const,
      ),
  );
  return { byAccount: new Map(entries), today: linkedInToday(answer) };
}

const ask = (vendor: Vendor, settings: Settings, url: string): Promise<VendorAnswer> =>
  vendor.ask({ url, headers: linkedInHeaders(settings) });
