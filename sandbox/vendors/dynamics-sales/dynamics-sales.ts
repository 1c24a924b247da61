import { BadQuery } from '../../odata/bad-query.ts';
import { answerQuery } from '../../odata/service.ts';
import { json } from '../../vendor-kit/replies.ts';
import { type Grant, type TokenDesk, tokenDesk } from '../../vendor-kit/token-desk.ts';
import type { SimulatedVendor, VendorCall, VendorReply } from '../vendor.ts';
import type { Environment } from './environment.ts';
import { badQuery, error, noPrivilege, noSegment, tooMany } from './errors.ts';
import { type Sets, setsOf } from './types.ts';

const secret = {
  client_id: 'be11fade-0000-4000-8000-000000000011',
  client_secret: 'made~up~secret~of~kervello~at~entra',
};
const API = /^\/api\/data\/(v[\d.]+)\/(.*)$/;
const VERSIONS = ['v9.0', 'v9.1', 'v9.2'];
const FORMATTED = 'OData.Community.Display.V1.FormattedValue';
const MOST_PAGE = 5000;
const WINDOW_MS = 300_000;

export interface DynamicsOptions {
  readonly now: () => Date;
  /** Requests within any five minutes; 6,000 in life. */
  readonly requests?: number;
  /** Tables that the application user may not read: `opportunity`. */
  readonly lacks?: readonly string[];
}

/**
 * The Dataverse Web API of one environment, as it is by now: OData 4.0 with labels where they are asked for, pages by cookie, lists of columns, the limit
 * of five minutes, and the tokens of Entra, at the same address. It is made from what an environment holds, and knows no company.
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/webapi/overview
 */
export function dynamicsSales(environment: Environment, options: DynamicsOptions): SimulatedVendor {
  const { now, requests = 6000, lacks = [] } = options;
  const at = (): number => now().getTime();
  const sets = setsOf(environment, at);
  const desk = tokenDesk({ seed: 'dynamics-sales', prefix: 'eyJ0eXAi.', seconds: 3599, grant: grant(), now });
  const take = windowOf(requests, at);
  const tokenPath = `/${environment.tenant}/oauth2/v2.0/token`;
  return {
    kind: 'dynamics-sales',
    secret,
    answer(call) {
      if (call.url.pathname === tokenPath) return desk.answer(call);
      return refusalOf(call, desk) ?? take() ?? route(call, { environment, sets, lacks });
    },
  };
}

/** In the words of Entra. https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const grant = (): Grant => ({
  type: 'client_credentials',
  unsupported: (type) => `AADSTS70003: The app requested an unsupported grant type '${type}'.`,
  problem(form, { url }) {
    if (form.get('client_id') !== secret.client_id)
      return { status: 400, error: 'unauthorized_client', why: 'AADSTS700016: Application was not found.' };
    if (form.get('client_secret') !== secret.client_secret)
      return { status: 401, error: 'invalid_client', why: 'AADSTS7000215: Invalid client secret provided.' };
    if (form.get('scope') !== `${url.origin}/.default`)
      return {
        status: 400,
        error: 'invalid_scope',
        why: 'AADSTS70011: The provided value for scope is not valid.',
      };
    return undefined;
  },
  given: () => ({ ext_expires_in: 3599 }),
});

function refusalOf({ method, url, headers }: VendorCall, desk: TokenDesk): VendorReply | undefined {
  const version = API.exec(url.pathname)?.[1];
  if (version === undefined || !VERSIONS.includes(version)) return { status: 404 };
  if (desk.state({ method, url, headers, body: '' }) !== 'good')
    return { status: 401, headers: { 'www-authenticate': 'Bearer error=invalid_token' } };
  return method === 'GET' ? undefined : error(405, '0x80060888', `${method} is not simulated.`);
}

/** A request that is refused does not count. */
function windowOf(most: number, now: () => number): () => VendorReply | undefined {
  let recent: number[] = [];
  return () => {
    recent = recent.filter((each) => each > now() - WINDOW_MS);
    const [first = now()] = recent;
    if (recent.length >= most) return tooMany(most, Math.ceil((first + WINDOW_MS - now()) / 1000));
    recent.push(now());
    return undefined;
  };
}

interface Rooms {
  readonly environment: Environment;
  readonly sets: Sets;
  readonly lacks: readonly string[];
}

function route(call: VendorCall, { environment, sets, lacks }: Rooms): VendorReply {
  const [, version = '', path = ''] = API.exec(decodeURIComponent(call.url.pathname)) ?? [];
  const { organization, user, businessUnit, tables } = environment;
  if (path === 'WhoAmI')
    return json(200, { BusinessUnitId: businessUnit, UserId: user, OrganizationId: organization });
  const described = /^EntityDefinitions\(LogicalName='(\w+)'\)\/Attributes$/.exec(path)?.[1];
  if (described !== undefined) return attributes(environment, described);
  const [table] = Object.entries(tables).find(([, { set }]) => set === path) ?? [];
  const set = sets[path];
  if (table === undefined || set === undefined) return noSegment(path);
  if (lacks.includes(table)) return noPrivilege(user, table);
  try {
    return answerSet(call, set, `${call.url.origin}/api/data/${version}/`);
  } catch (thrown) {
    if (thrown instanceof BadQuery) return badQuery(thrown);
    throw thrown;
  }
}

/** @see https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query/page-results */
function answerSet(call: VendorCall, set: NonNullable<Sets[string]>, base: string): VendorReply {
  if (call.url.searchParams.has('$skip')) throw new BadQuery('Skip Clause is not supported in CRM');
  const prefer = call.headers.get('prefer') ?? '';
  const asked = Number(/odata\.maxpagesize=(\d+)/.exec(prefer)?.[1] ?? MOST_PAGE);
  const labels = /odata\.include-annotations="([^"]*)"/.exec(prefer)?.[1]?.split(',') ?? [];
  const page = asked > 0 && asked <= MOST_PAGE ? asked : MOST_PAGE;
  return answerQuery(set, call, {
    ...{ protocol: 'v4', base, defaultPage: page, mostPage: page, cookie },
    ...(labels.some((name) => name === '*' || name === FORMATTED) ? { labelled: FORMATTED } : {}),
    headers: { 'odata-version': '4.0', ...(prefer === '' ? {} : { 'preference-applied': prefer }) },
  });
}

/** Where the next page begins. Its page number is for people. */
const cookie = {
  write: (place: number): string =>
    `<cookie pagenumber="2" pagingcookie="%3ccookie%20page%3d%221%22%3e${place}" istracking="False" />`,
  read: (text: string): number | undefined => {
    const place = /^<cookie [^>]*%3e(\d+)" istracking="False" \/>$/.exec(text)?.[1];
    return place === undefined ? undefined : Number(place);
  },
};

/** @see https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query-metadata-web-api */
function attributes({ tables }: Environment, name: string): VendorReply {
  const table = Object.hasOwn(tables, name) ? tables[name] : undefined;
  if (table === undefined)
    return error(404, '0x80060888', `Could not find an entity with name '${name}' in the metadata.`);
  return json(200, {
    value: table.columns.map((column) => ({
      LogicalName: column.name,
      DisplayName: { UserLocalizedLabel: { Label: column.label, LanguageCode: 1033 } },
    })),
  });
}
