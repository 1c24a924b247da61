import { describe, expect, test } from 'vitest';
import { hubSpot } from '../../../sandbox/vendors/hubspot/hubspot.ts';
import { smallestPlan } from '../../../sandbox/vendors/hubspot/limits.ts';
import type { Portal, PortalRecord, Version } from '../../../sandbox/vendors/hubspot/portal.ts';
import type { VendorReply } from '../../../sandbox/vendors/vendor.ts';

/** As its documentation says it behaves, without any client of ours. */
const NOW = Date.parse('2026-11-22T05:00:00Z');
const DAY = 86_400_000;

const record = (
  id: number,
  more: Partial<PortalRecord> = {},
  own: Record<string, Version[]> = {},
): PortalRecord => ({
  ...{
    id: String(id),
    createdAt: NOW - 100 * DAY,
    archivedAt: null,
    merged: null,
    erasedAt: null,
    associated: {},
  },
  changes: [NOW - 100 * DAY, ...Object.values(own).flatMap((list) => list.map(({ at }) => at))],
  versions: () => own,
  ...more,
});

const stages = [
  { value: 'lead', at: NOW - 9 * DAY },
  { value: 'customer', at: NOW - DAY },
];
const contacts = [
  record(101, { associated: { companies: ['901'] } }, { lifecyclestage: stages }),
  record(102, { archivedAt: NOW - 10 * DAY }),
  record(103, { archivedAt: NOW - 95 * DAY }),
  record(104, { merged: { at: NOW - DAY, into: '101' } }),
  record(105, { erasedAt: NOW - DAY }),
  record(106, { createdAt: NOW - 10_000, changes: [NOW - 10_000] }),
  record(107, { createdAt: NOW + DAY }),
];
const deals = [record(201, { associated: { contacts: ['101', '105'] } }), record(202)];
const many = Array.from({ length: 10_050 }, (_, place) => record(3000 + place));

const portal: Portal = {
  ...{ id: 1, timeZone: 'Europe/Paris', currency: 'EUR', owners: [], pipelines: [] },
  properties: { contacts: [{ name: 'lifecyclestage', label: 'Lifecycle Stage', type: 'enumeration' }] },
  records: (object) => ({ contacts, deals, companies: [record(901)], calls: many })[object] ?? [],
};

function account(options: Partial<Parameters<typeof hubSpot>[1]> & { at?: () => number } = {}) {
  const vendor = hubSpot(portal, { now: () => new Date(options.at?.() ?? NOW), ...options });
  const token = `Bearer ${vendor.secret['token']}`;
  return async (request: string, body?: unknown, authorization = token) => {
    const [method = '', path = ''] = request.split(' ');
    const headers = new Headers({ authorization });
    const url = new URL(path, 'http://127.0.0.1');
    const reply: VendorReply = await vendor.answer({
      method,
      url,
      headers,
      body: JSON.stringify(body ?? {}),
    });
    return { status: reply.status, headers: reply.headers ?? {}, json: JSON.parse(String(reply.body)) };
  };
}
const OBJECTS = '/crm/objects/2026-09';
const ids = ({ json }: { json: { results: { id: string }[] } }): string[] => json.results.map(({ id }) => id);

describe('HubSpot', () => {
  test('lists who is there, and who is in the recycling bin for 90 days; nobody who was merged or erased', async () => {
    const ask = account();
    expect(ids(await ask(`GET ${OBJECTS}/contacts`))).toEqual(['101', '106']);
    expect(ids(await ask(`GET ${OBJECTS}/contacts?archived=true`))).toEqual(['102']);
  });

  test('pages lists by `after`, the number at which the next page begins', async () => {
    const ask = account();
    const first = await ask(`GET ${OBJECTS}/contacts?limit=1`);
    expect([ids(first), first.json.paging.next.after]).toEqual([['101'], '106']);
    const second = await ask(`GET ${OBJECTS}/contacts?limit=1&after=106`);
    expect([ids(second), second.json.paging]).toEqual([['106'], undefined]);
  });

  test('searches an index that lags: what was made just now is found half a minute later', async () => {
    let now = NOW;
    const ask = account({ at: () => now });
    const search = {
      filterGroups: [
        { filters: [{ propertyName: 'createdate', operator: 'GTE', value: String(NOW - DAY) }] },
      ],
    };
    expect((await ask(`POST ${OBJECTS}/contacts/search`, search)).json.total).toBe(0);
    now += 30_000;
    expect(ids(await ask(`POST ${OBJECTS}/contacts/search`, search))).toEqual(['106']);
  });

  test('a search ends at 10,000 records, whatever its pages; numbers beyond the last one lead on', async () => {
    const ask = account();
    const page = await ask(`POST ${OBJECTS}/calls/search`, { limit: 200, after: '9800' });
    expect([page.json.total, page.json.results.length]).toEqual([10_050, 200]);
    expect((await ask(`POST ${OBJECTS}/calls/search`, { limit: 200, after: '9801' })).status).toBe(400);
    const beyond = {
      filterGroups: [{ filters: [{ propertyName: 'hs_object_id', operator: 'GT', value: '13000' }] }],
    };
    expect((await ask(`POST ${OBJECTS}/calls/search`, beyond)).json.total).toBe(49);
  });

  test('gives histories newest first; a merged number is answered by who took it in; properties that there are none of are left out', async () => {
    const ask = account();
    const { status, json } = await ask(`POST ${OBJECTS}/contacts/batch/read`, {
      inputs: [{ id: '104' }, { id: '101' }],
      properties: ['lifecyclestage', 'renamed_away'],
      propertiesWithHistory: ['lifecyclestage'],
    });
    expect([status, json.results.length]).toEqual([200, 1]);
    const [{ properties, propertiesWithHistory: history }] = json.results;
    expect(properties).toMatchObject({ lifecyclestage: 'customer', hs_object_id: '101' });
    expect(properties).not.toHaveProperty('renamed_away');
    expect(history.lifecyclestage.map(({ value }: Version) => value)).toEqual(['customer', 'lead']);
  });

  test('answers a batch of which some are not there in part: 207, and who', async () => {
    const { status, json } = await account()(`POST ${OBJECTS}/contacts/batch/read`, {
      inputs: [{ id: '101' }, { id: '105' }],
    });
    expect(status).toBe(207);
    expect(json).toMatchObject({
      numErrors: 1,
      errors: [{ category: 'OBJECT_NOT_FOUND', context: { ids: ['105'] } }],
    });
  });

  test('associations are those of records that are there', async () => {
    const { status, json } = await account()('POST /crm/associations/2026-09/deals/contacts/batch/read', {
      inputs: [{ id: '201' }, { id: '202' }],
    });
    expect(status).toBe(207);
    expect(json.results).toMatchObject([{ from: { id: '201' }, to: [{ toObjectId: 101 }] }]);
    expect(json.errors).toHaveLength(1);
  });

  test.each([
    [
      'more than 50 with history',
      `POST ${OBJECTS}/contacts/batch/read`,
      {
        inputs: Array.from({ length: 51 }, (_, id) => ({ id: String(id) })),
        propertiesWithHistory: ['lifecyclestage'],
      },
      400,
    ],
    [
      'a search by what there is none of',
      `POST ${OBJECTS}/contacts/search`,
      { filterGroups: [{ filters: [{ propertyName: 'colour', operator: 'EQ', value: '1' }] }] },
      400,
    ],
    ['pages that are too large', `GET ${OBJECTS}/contacts?limit=101`, undefined, 400],
    ['a version that has ended', 'GET /crm/objects/v3/contacts', undefined, 404],
  ])('refuses %s', async (_, request, body, status) => {
    expect((await account()(request, body)).status).toBe(status);
  });

  test('refuses a token that is wrong or has ended, and one that lacks a scope, by name', async () => {
    const wrong = await account()(`GET ${OBJECTS}/contacts`, undefined, 'Bearer pat-eu1-of-somebody');
    expect([wrong.status, wrong.json.category]).toEqual([401, 'INVALID_AUTHENTICATION']);
    const ended = await account()(`GET ${OBJECTS}/contacts`, undefined, 'Bearer expired');
    expect(ended.json.category).toBe('EXPIRED_AUTHENTICATION');
    const ask = account({ lacks: ['crm.objects.deals.read'] });
    const { status, json } = await ask(`GET ${OBJECTS}/deals`);
    expect([status, json.category]).toEqual([403, 'MISSING_SCOPES']);
    expect(JSON.stringify(json)).toContain('crm.objects.deals.read');
    expect((await ask(`GET ${OBJECTS}/contacts`)).status).toBe(200);
  });
});

describe('what an account may ask', () => {
  test('a hundred in any ten seconds, and it tells what is left', async () => {
    let now = NOW;
    const ask = account({ at: () => now });
    const list = `GET ${OBJECTS}/contacts`;
    for (let count = 1; count < 100; count += 1) await ask(list);
    expect((await ask(list)).headers).toMatchObject({ 'x-hubspot-ratelimit-remaining': '0' });
    const refused = await ask(list);
    expect([refused.status, refused.json.policyName]).toEqual([429, 'TEN_SECONDLY_ROLLING']);
    now += 10_000;
    expect((await ask(list)).status).toBe(200);
  });

  test('five searches a second', async () => {
    const ask = account();
    const statuses = [];
    for (let count = 0; count < 6; count += 1)
      statuses.push((await ask(`POST ${OBJECTS}/deals/search`)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });

  test('so many a day, until the next one begins', async () => {
    let now = NOW;
    const ask = account({ at: () => now, allowances: { ...smallestPlan, daily: 2 } });
    const list = `GET ${OBJECTS}/contacts`;
    await ask(list);
    await ask(list);
    const refused = await ask(list);
    expect([refused.status, refused.json.policyName]).toEqual([429, 'DAILY']);
    now += DAY;
    expect((await ask(list)).status).toBe(200);
  });
});
