import { type AllowanceBook, allowanceBook } from '../../vendor-kit/allowance.ts';
import { json } from '../../vendor-kit/replies.ts';
import { type Grant, type TokenDesk, tokenDesk } from '../../vendor-kit/token-desk.ts';
import type { SimulatedVendor, VendorCall, VendorReply } from '../vendor.ts';
import { error, notFound, SoqlError } from './errors.ts';
import { type Locators, locatorsOf, type PageHabits } from './locators.ts';
import type { Org } from './org.ts';
import { find } from './query.ts';
import { objectNamed, type Seen } from './rows.ts';
import { parseSoql } from './soql.ts';

const secret = {
  client_id: '3MVG9made0up0client0of0kervello',
  client_secret: '5F1DMADE0UP0SECRET0OF0KERVELLO',
};
const TOKEN_PATH = '/services/oauth2/token';
/** The newest of November 2026, and the oldest that is supported. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/api_rest_eol.htm */
const VERSIONS = { newest: 68, oldest: 41 };
const MOST_URL_BYTES = 16_384;
const SESSION_SECONDS = 7200;

export interface SalesforceOptions {
  readonly now: () => Date;
  readonly pages?: PageHabits;
  /** Requests of a day. The smallest org has 15,000. */
  readonly daily?: number;
  /** Objects that the user may not read, and fields (`Lead.Industry`) that it may not see: both look as if there were none. */
  readonly hidden?: readonly string[];
}

/**
 * The REST API of one org, as it is by now: SOQL that is read and worked out, with the recycle bin or without, pages by locator, lists of fields, sessions,
 * the requests of a day. It is made from what an org holds, and knows no company.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/intro_what_is_rest_api.htm
 */
export function salesforce(whole: Org, options: SalesforceOptions): SimulatedVendor {
  const { now, daily = 15_000, hidden = [] } = options;
  const org = withoutHidden(whole, hidden);
  const pages = options.pages ?? { page: 2000, below: 500 };
  const desk = tokenDesk({
    ...{ seed: 'salesforce', prefix: `${org.id.slice(0, 15)}!`, seconds: SESSION_SECONDS, now },
    ...{ grant: clientGrant(org), extras: { expires_in: undefined, signature: 'c2lnbmF0dXJl' } },
  });
  const book = allowanceBook(now, [{ name: 'day', most: daily, span: 'day' }], 1);
  const locators = locatorsOf(`${VERSIONS.newest}.0`, pages, () => now().getTime());
  return {
    kind: 'salesforce',
    secret,
    answer(call) {
      if (call.url.pathname === TOKEN_PATH) return desk.answer(call);
      if (call.url.pathname === '/services/data') return versions();
      return refusalOf(call, desk) ?? counted(book, daily, () => route(call, { org, locators, now }));
    },
  };
}

function withoutHidden(org: Org, hidden: readonly string[]): Org {
  const objects = Object.entries(org.objects).filter(([name]) => !hidden.includes(name));
  return {
    ...org,
    objects: Object.fromEntries(
      objects.map(([name, object]) => {
        const fields = object.fields.filter((field) => !hidden.includes(`${name}.${field.name}`));
        return [name, { ...object, fields }];
      }),
    ),
  };
}

/** Errors of the OAuth endpoint: https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_flow_errors.htm */
const clientGrant = ({ id }: Org): Grant => ({
  type: 'client_credentials',
  unsupported: () => 'grant type not supported',
  problem(form) {
    if (form.get('client_id') !== secret.client_id)
      return { status: 400, error: 'invalid_client_id', why: 'client identifier invalid' };
    if (form.get('client_secret') !== secret.client_secret)
      return { status: 400, error: 'invalid_client', why: 'invalid client credentials' };
    return undefined;
  },
  given: (_, { url }) => ({
    instance_url: url.origin,
    id: `${url.origin}/id/${id}/0055g000001madeAAA`,
    issued_at: '1795327200000',
  }),
});

/** Told to everybody. */
const versions = (): VendorReply =>
  json(
    200,
    Array.from({ length: VERSIONS.newest - VERSIONS.oldest + 1 }, (_, place) => {
      const version = `${VERSIONS.oldest + place}.0`;
      return { label: `Release ${version}`, url: `/services/data/v${version}`, version };
    }),
  );

function refusalOf(call: VendorCall, desk: TokenDesk): VendorReply | undefined {
  const [, number] = /^\/services\/data\/v(\d+)\.0\//.exec(call.url.pathname) ?? [];
  if (number === undefined || Number(number) > VERSIONS.newest) return notFound();
  if (Number(number) < VERSIONS.oldest)
    return error(410, 'UNSUPPORTED_API_VERSION', `The requested API version v${number}.0 is retired`);
  if (desk.state(call) !== 'good') return error(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  if (call.url.href.length > MOST_URL_BYTES) return error(414, 'URI_TOO_LONG', 'URI Too Long');
  return call.method === 'GET'
    ? undefined
    : error(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${call.method}' not allowed. Allowed are GET`);
}

/** Each request of a day counts, and every answer says how many there were. */
function counted(book: AllowanceBook, daily: number, answer: () => VendorReply): VendorReply {
  if (book.exhausted() !== undefined)
    return error(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
  const usage = `api-usage=${book.take()['day']?.consumed}/${daily}`;
  const reply = answerOr400(answer);
  return { ...reply, headers: { ...reply.headers, 'sforce-limit-info': usage } };
}

function answerOr400(answer: () => VendorReply): VendorReply {
  try {
    return answer();
  } catch (thrown) {
    if (thrown instanceof SoqlError) return error(400, thrown.code, thrown.message);
    throw thrown;
  }
}

interface Rooms {
  readonly org: Org;
  readonly locators: Locators;
  readonly now: () => Date;
}

function route({ url }: VendorCall, { org, locators, now }: Rooms): VendorReply {
  const [, , , , resource = '', ...rest] = url.pathname.split('/');
  const [name = '', action] = rest;
  if (resource === 'sobjects' && action === 'describe') return describe(org, name);
  if (resource !== 'query' && resource !== 'queryAll') return notFound();
  if (name !== '') return locators.next(name);
  const q = url.searchParams.get('q');
  if (q === null) return error(400, 'MALFORMED_QUERY', 'SOQL statements cannot be empty or null');
  const seen: Seen = { org, now: now().getTime(), all: resource === 'queryAll' };
  const query = parseSoql(q);
  const found = find(seen, query);
  if (query.counts) return json(200, { totalSize: found.rows.length, done: true, records: [] });
  return locators.first(`${resource} ${q}`, found);
}

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_describe.htm */
function describe(org: Org, asked: string): VendorReply {
  if (!Object.keys(org.objects).some((each) => each.toLowerCase() === asked.toLowerCase())) return notFound();
  const [name, { label, fields }] = objectNamed(org, asked);
  return json(200, {
    ...{ name, label, custom: name.endsWith('__c'), queryable: true },
    fields: fields.map(({ name: field, label: title, type, parent }) => ({
      ...{ name: field, label: title, type, custom: field.endsWith('__c') },
      ...{ relationshipName: parent?.name ?? null, referenceTo: parent ? [parent.object] : [] },
    })),
  });
}
