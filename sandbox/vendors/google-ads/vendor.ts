import { pageFrom } from '../../vendor-kit/pages.ts';
import { json } from '../../vendor-kit/replies.ts';
import { type SpendBook, spendBook } from '../../vendor-kit/spend-book.ts';
import { refreshGrant, type TokenDesk, tokenDesk } from '../../vendor-kit/token-desk.ts';
import type { MakeVendor, VendorCall, VendorReply } from '../vendor.ts';
import { refusalOf, secret } from './access.ts';
import { type AdsFailure, failure } from './errors.ts';
import { type Query, readQuery } from './gaql.ts';
import { campaignRow, customerRow, lowerCamel, MANAGER, unknownFields } from './rows.ts';

/** "fixed page size of 10,000 rows" @see https://developers.google.com/google-ads/api/docs/reporting/paging */
const SEARCH_ROWS = 10_000;
/** A stream comes in chunks of any size; small ones, so that there are several. */
const CHUNK_ROWS = 1_000;

/** Google Ads over REST: `searchStream` and `search` of one account behind a manager, and Google's token address. */
export const makeVendor: MakeVendor = ({ now }) => {
  const book = spendBook('google');
  // An access token of Google lives 3599 seconds; a refresh token stays the same.
  const desk = tokenDesk({
    ...{ seed: 'google-ads', prefix: 'ya29.a0', seconds: 3599, grant: refreshGrant(secret), now },
    extras: { scope: 'https://www.googleapis.com/auth/adwords' },
  });
  return {
    kind: 'google-ads',
    secret,
    day: book.add,
    answer: (call) => (call.url.pathname === '/token' ? desk.answer(call) : answer(call, book, desk)),
  };
};

function answer(call: VendorCall, book: SpendBook, desk: TokenDesk): VendorReply {
  const [, version = '', account = '', method = ''] =
    /^\/(v\d+)\/customers\/(\d+)\/googleAds:(search|searchStream)$/.exec(call.url.pathname) ?? [];
  if (version === '' || call.method !== 'POST')
    return { status: 404, body: '<html>Error 404 (Not Found)!!1</html>' };
  const streams = method === 'searchStream';
  const fail = (failing: AdsFailure): VendorReply => failure(version, streams, failing);
  const refusal = refusalOf(call, version, account, desk);
  if (refusal) return fail(refusal);
  const body = JSON.parse(call.body || '{}') as { query?: string; pageToken?: string; pageSize?: number };
  const query = readQuery(body.query ?? '');
  const wrong = problemOf(query, account) ?? (streams ? undefined : pagingProblem(body));
  if (wrong) return fail(wrong);
  const rows = rowsOf(query as Query, account, book);
  const fieldMask = (query as Query).fields.map(lowerCamel).join(',');
  return streams ? stream(rows, fieldMask) : page(rows, fieldMask, Number(body.pageToken ?? 0));
}

/** @see https://developers.google.com/google-ads/api/reference/rpc/latest/QueryErrorEnum.QueryError */
function problemOf(query: Query | { readonly problem: string }, account: string): AdsFailure | undefined {
  const error = (code: string, message: string): AdsFailure => ({
    status: 'INVALID_ARGUMENT',
    code: { queryError: code },
    message,
  });
  if ('problem' in query) return error('UNEXPECTED_INPUT', query.problem);
  if (query.resource !== 'campaign' && query.resource !== 'customer')
    return error('BAD_RESOURCE_TYPE_IN_FROM_CLAUSE', `Invalid resource ${query.resource}.`);
  const [unknown] = unknownFields(query.resource, query.fields);
  if (unknown !== undefined)
    return error('UNRECOGNIZED_FIELD', `Unrecognized field in the query: '${unknown}'.`);
  if (account === MANAGER && query.fields.some((field) => field.startsWith('metrics.')))
    return error(
      'REQUESTED_METRICS_FOR_MANAGER',
      'Metrics cannot be requested for a manager account. To retrieve metrics, issue separate requests against each client account under the manager account.',
    );
  return undefined;
}

function pagingProblem({
  pageSize,
  pageToken,
}: {
  pageSize?: number;
  pageToken?: string;
}): AdsFailure | undefined {
  const error = (code: string, message: string): AdsFailure => ({
    status: 'INVALID_ARGUMENT',
    code: { requestError: code },
    message,
  });
  if (pageSize !== undefined)
    return error('PAGE_SIZE_NOT_SUPPORTED', 'Setting the page size is not supported; it is 10000.');
  if (pageToken !== undefined && !/^\d+$/.test(pageToken))
    return error('INVALID_PAGE_TOKEN', 'The page token is not valid.');
  return undefined;
}

function rowsOf({ resource, fields, from, to }: Query, account: string, book: SpendBook): unknown[] {
  if (resource === 'customer') return [customerRow(fields, account === MANAGER)];
  return book.between(from ?? '0000', to ?? '9999').map((spend) => campaignRow(fields, spend));
}

/** A list of chunks; the last says what the query has cost. */
function stream(rows: readonly unknown[], fieldMask: string): VendorReply {
  const chunks = Array.from({ length: Math.ceil(rows.length / CHUNK_ROWS) }, (_, index) => ({
    results: rows.slice(index * CHUNK_ROWS, (index + 1) * CHUNK_ROWS),
    fieldMask,
    requestId: 'x7Cq2TnU5oGv9dYbEwKjHg',
  }));
  const empty = { fieldMask, requestId: 'x7Cq2TnU5oGv9dYbEwKjHg' };
  const last = { ...(chunks.at(-1) ?? empty), queryResourceConsumption: String(10 + rows.length) };
  return json(200, [...chunks.slice(0, -1), last]);
}

function page(rows: readonly unknown[], fieldMask: string, from: number): VendorReply {
  const { items, next } = pageFrom(rows, from, SEARCH_ROWS);
  return json(200, {
    ...(items.length === 0 ? {} : { results: items }),
    ...(next === null ? {} : { nextPageToken: String(next) }),
    fieldMask,
  });
}
