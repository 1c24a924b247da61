import type { RecordReader } from '../../api/record-reader.ts';
import type { ProbeResult, RawPage, Slice } from '../../api/source.ts';
import type { Vendor, VendorAnswer } from '../../api/vendor.ts';
import { jsonPage, windowOf } from '../ad-spend/ad-spend.ts';
import { readEnvelope, repeatedPage } from '../ad-spend/envelope.ts';
import { ACCOUNT_QUERY, campaignQuery } from './query.ts';
import type { GoogleAdsSettings } from './settings.ts';

/** The pages of a slice: one stream, or the pages of a search (10,000 rows each; their size cannot be chosen). */
export async function* pages(
  vendor: Vendor,
  settings: GoogleAdsSettings,
  slice: Slice,
): AsyncGenerator<RawPage> {
  const query = campaignQuery(settings, windowOf(slice));
  if (settings.method === 'search_stream') {
    yield jsonPage(await ask(vendor, settings, slice.partition, 'searchStream', { query }));
    return;
  }
  let token: string | undefined;
  do {
    const body = { query, ...(token === undefined ? {} : { pageToken: token }) };
    const answer = await ask(vendor, settings, slice.partition, 'search', body);
    yield jsonPage(answer);
    const next = nextPage(answer);
    if (next !== undefined && next === token) throw repeatedPage('Google Ads search', next);
    token = next;
  } while (token !== undefined);
}

function ask(
  vendor: Vendor,
  { version, manager }: GoogleAdsSettings,
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

const nextPage = (answer: VendorAnswer): string | undefined =>
  readEnvelope('Google Ads', answer, (body) => body.textOrNull('nextPageToken') ?? undefined);

/** Asks every account who it is: shows credentials, permission, and that it is no manager. */
export async function probe(vendor: Vendor, settings: GoogleAdsSettings): Promise<ProbeResult> {
  const found: string[] = [];
  for (const account of settings.accounts) {
    const answer = await ask(vendor, settings, account, 'search', { query: ACCOUNT_QUERY });
    const { manager, line } = readEnvelope('Google Ads', answer, (body) => accountOf(body, account));
    if (manager) {
      const remedy = 'List the client accounts below it under `accounts`, and it as `manager`.';
      return { status: 'failed', finding: `account ${account} is a manager, which has no figures`, remedy };
    }
    found.push(line);
  }
  return { status: 'ok', finding: found.join('; ') };
}

function accountOf(
  body: RecordReader,
  account: string,
): { readonly manager: boolean; readonly line: string } {
  const [row] = body.records('results');
  if (!row) throw body.error('results', 'lacks the account');
  const name = row.textOrNull('customer.descriptiveName') ?? account;
  return {
    manager: row.booleanOrNull('customer.manager') === true,
    line: `${name}: ${row.text('customer.currencyCode')}, days of ${row.text('customer.timeZone')}`,
  };
}
