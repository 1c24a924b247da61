import type { SimulatedVendor, VendorCall, VendorReply } from '../vendor.ts';
import { emails } from './emails.ts';
import { error, invalid, notFound, partly } from './errors.ts';
import { type Allowances, meterOf, smallestPlan } from './limits.ts';
import { type Portal, placeOf } from './portal.ts';
import { listRecords, readBatch, recordOf } from './records.ts';
import { account, owners, pipelines, properties } from './schemas.ts';
import { searchRecords } from './search.ts';

const secret = { token: 'pat-eu1-made-up-0service-key-of-kervello' };

/** Versions alive in November 2026. @see https://developers.hubspot.com/docs/developer-tooling/platform/versioning */
const ALIVE = ['2026-03', '2026-09'];
const OBJECTS = ['contacts', 'companies', 'deals', 'calls', 'meetings', 'notes', 'tasks', 'emails'];

export interface HubSpotOptions {
  readonly now: () => Date;
  /** By default those of the smallest plan. */
  readonly allowances?: Allowances;
  /** Scopes that the token lacks: `crm.objects.deals.read`. */
  readonly lacks?: readonly string[];
}

/**
 * HubSpot's CRM API of one account, as it is by now: lists, searches that lag and end at 10,000, batch reads with the history of properties,
 * associations, pipelines, owners, limits. It is made from what an account holds, and knows no company.
 * @see https://developers.hubspot.com/docs/api-reference/latest/overview
 */
export function hubSpot(portal: Portal, options: HubSpotOptions): SimulatedVendor {
  const { now, allowances = smallestPlan, lacks = [] } = options;
  const meter = meterOf(allowances, now);
  return {
    kind: 'hubspot',
    secret,
    answer(call) {
      const refused = refusalOf(call, lacks);
      if (refused) return refused;
      const taken = meter.take(call.url.pathname.endsWith('/search'));
      if (isReply(taken)) return taken;
      const reply = answer(portal, call, now().getTime());
      return { ...reply, headers: { ...reply.headers, ...taken } };
    },
  };
}

const isReply = (taken: VendorReply | Readonly<Record<string, string>>): taken is VendorReply =>
  'status' in taken;

function refusalOf({ headers, url }: VendorCall, lacks: readonly string[]): VendorReply | undefined {
  const given = /^Bearer (.+)$/.exec(headers.get('authorization') ?? '')?.[1];
  if (given === 'expired')
    return error(401, 'EXPIRED_AUTHENTICATION', 'The OAuth token used to make this call expired.');
  if (given !== secret.token)
    return error(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found.');
  const [, object = ''] = /^\/crm\/(?:objects\/[^/]+\/)?([a-z]+)/.exec(url.pathname) ?? [];
  const scope = lacks.find((each) => each.includes(`.${object}.`));
  if (scope === undefined) return undefined;
  const context = { requiredGranularScopes: [scope] };
  return error(403, 'MISSING_SCOPES', 'This app hasn’t been granted all required scopes to make this call.', {
    errors: [{ message: 'One or more of the following scopes are required.', context }],
  });
}

function answer(portal: Portal, call: VendorCall, now: number): VendorReply {
  const [area, group, version = '', ...rest] = partsOf(call.url.pathname);
  if (!ALIVE.includes(version)) return notFound();
  const [object = '', ...action] = rest;
  if (area === 'account-info') return account(portal);
  if (area === 'marketing')
    return group === 'emails' ? emails(portal, rest.join('/'), call, now) : notFound();
  if (area !== 'crm') return notFound();
  switch (group) {
    case 'properties':
      return properties(portal, object, action[0]);
    case 'pipelines':
      return object === 'deals' ? pipelines(portal) : notFound();
    case 'owners':
      return owners(portal, call, now);
    case 'associations':
      return associations(portal, rest, call, now);
    case 'objects':
      return OBJECTS.includes(object) ? objects(portal, object, action.join('/'), call, now) : notFound();
    default:
      return notFound();
  }
}

/** `/account-info/2026-09/details` has no group. */
function partsOf(path: string): string[] {
  const [, area = '', ...rest] = path.split('/');
  return area === 'account-info' ? [area, '', ...rest] : [area, ...rest];
}

function objects(portal: Portal, object: string, action: string, call: VendorCall, now: number): VendorReply {
  if (action === '' && call.method === 'GET') return listRecords(portal, object, call, now);
  if (call.method !== 'POST') return error(405, 'METHOD_NOT_ALLOWED', `${call.method} is not allowed`);
  const body = bodyOf(call);
  if (body === undefined) return invalid('Invalid input JSON');
  if (action === 'search') return searchRecords(portal, object, body, now);
  return action === 'batch/read' ? readBatch(portal, object, body, now) : notFound();
}

/** @see https://developers.hubspot.com/docs/api-reference/latest/crm/associations */
function associations(
  portal: Portal,
  [from = '', to = '', ...action]: readonly string[],
  call: VendorCall,
  now: number,
): VendorReply {
  const body = bodyOf(call) as { readonly inputs?: readonly { readonly id?: string }[] } | undefined;
  if (action.join('/') !== 'batch/read' || body === undefined) return notFound();
  const results: unknown[] = [];
  const missing: Record<string, unknown>[] = [];
  for (const { id = '' } of body.inputs ?? []) {
    const record = recordOf(portal, from, id);
    const others = record && placeOf(record, now) === 'there' ? (record.associated[to] ?? []) : [];
    const there = others.filter((other) => isThere(portal, to, other, now));
    if (there.length > 0) results.push({ from: { id }, to: there.map(linkOf) });
    else
      missing.push({
        ...{ category: 'OBJECT_NOT_FOUND', subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND' },
        ...{ message: `No ${to} is associated with ${from} ${id}.`, context: { fromObjectId: [id] } },
      });
  }
  return partly(results, missing);
}

const isThere = (portal: Portal, object: string, id: string, now: number): boolean => {
  const record = recordOf(portal, object, id);
  return record !== undefined && placeOf(record, now) === 'there';
};

const linkOf = (id: string) => ({
  toObjectId: Number(id),
  associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: 3, label: null }],
});

function bodyOf({ body }: VendorCall): Record<string, never> | undefined {
  try {
    return JSON.parse(body) as Record<string, never>;
  } catch {
    return undefined;
  }
}
