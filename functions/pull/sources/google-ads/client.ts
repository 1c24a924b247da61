import { windowOf } from '../../api/kit/days.ts';
import { jsonPage, readEnvelope } from '../../api/kit/envelope.ts';
import { pagesByNext } from '../../api/kit/paging.ts';
import { probeEach } from '../../api/kit/probes.ts';
import type { ProbeResult, RawPage, Slice } from '../../api/source.ts';
import type { Vendor, VendorAnswer } from '../../api/vendor.ts';
import { ACCOUNT_QUERY, campaignQuery } from './query.ts';
import type { Settings } from './settings.ts';

/** The pages of a slice: one stream, or the pages of a search (10,000 rows each; their size cannot be chosen). */
export async function* pages(vendor: Vendor, settings: Settings, slice: Slice): AsyncGenerator<RawPage> {
  const query = campaignQuery(settings, windowOf(slice));
  if (settings.method === 'search_stream') {
    yield jsonPage(await ask(vendor, settings, slice.partition, 'searchStream', { query }));
    return;
  }
  const answers = pagesByNext({
    what: 'Google Ads search',
    ask: (pageToken) =>
      ask(vendor, settings, slice.partition, 'search', {
        query,
        ...(pageToken === null ? {} : { pageToken }),
      }),
    next: (answer) => readEnvelope('Google Ads', answer, (body) => body.textOrNull('nextPageToken')),
  });
  for await (const answer of answers) yield jsonPage(answer);
}

function ask(
  vendor: Vendor,
  { version, manager }: Settings,
  account: string,
  method: 'search' | 'searchStream',
  body: object,
): Promise<VendorAnswer> {
  const headers = manager === undefined ? {} : { 'login-customer-id': manager };
  return vendor.ask({
    method: 'POST',
    url: `/${version}/customers/${account}/googleAds:${method}`,
    headers,
    body,
  });
}

/** Asks every account who it is: shows credentials, permission, and that it is no manager. */
export const probe = (vendor: Vendor, settings: Settings): Promise<ProbeResult> =>
  probeEach(settings.accounts, async (account) => {
    const answer = await ask(vendor, settings, account, 'search', { query: ACCOUNT_QUERY });
    return readEnvelope('Google Ads', answer, (body) => {
      const [row] = body.records('results');
      if (!row) throw body.error('results', 'lacks the account');
      const name = row.textOrNull('customer.descriptiveName') ?? account;
      if (row.booleanOrNull('customer.manager') !== true)
        return `${name}: ${row.text('customer.currencyCode')}, days of ${row.text('customer.timeZone')}`;
      const remedy = 'List the client accounts below it under `accounts`, and it as `manager`.';
      return { status: 'failed', finding: `account ${account} is a manager, which has no figures`, remedy };
    });
  });
