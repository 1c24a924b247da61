import { describe, expect, test } from 'vitest';
import { fixedRecord, type TimedRecord } from '../../../sandbox/vendor-kit/timed-record.ts';
import {
  type DynamicsOptions,
  dynamicsSales,
} from '../../../sandbox/vendors/dynamics-sales/dynamics-sales.ts';
import type { Column, Environment, Table } from '../../../sandbox/vendors/dynamics-sales/environment.ts';

/** As its documentation says it behaves, without any client of ours. */
const NOW = Date.parse('2026-11-22T05:00:00Z');
const DAY = 86_400_000;
const API = '/api/data/v9.2';
const id = (number: number): string => `00000000-0000-4000-8000-00000000000${number}`;

const column = (name: string, type: Column['type'], more: Partial<Column> = {}): Column => ({
  ...{ name, label: name.toUpperCase(), type },
  ...more,
});
const OWN = [column('createdon', 'datetime'), column('modifiedon', 'datetime')];
const STATES = { 0: 'Open', 1: 'Qualified', 2: 'Disqualified' };

const lead = (number: number, values: Record<string, string>, more: Partial<TimedRecord> = {}) => ({
  ...fixedRecord(id(number), NOW - 10 * DAY, { statecode: '0', merged: 'false', ...values }),
  ...more,
});
const LEADS: TimedRecord[] = [
  lead(1, { statecode: '1', saleid: id(5), size: '250' }),
  lead(2, { saleid: id(6) }, { changes: [NOW - 10 * DAY, NOW - DAY, NOW + DAY] }),
  lead(3, {}, { archivedAt: NOW - DAY }),
  lead(4, {}, { merged: { at: NOW - 2 * DAY, into: id(1) } }),
  lead(7, {}, { createdAt: NOW + DAY }),
];
const SALES = [
  fixedRecord(id(5), NOW - 5 * DAY, {
    name: 'Cinq',
    value: '12000.50',
    closed: '2026-11-20',
    rivals: `${id(8)};${id(9)}`,
  }),
];
const table = (
  set: string,
  key: string,
  columns: Column[],
  records: TimedRecord[],
  more: Partial<Table> = {},
): Table => ({
  ...{ set, key, columns: [column(key, 'guid'), ...OWN, ...columns], records: () => records },
  ...more,
});
const environment: Environment = {
  ...{ organization: id(0), user: id(0), businessUnit: id(0), tenant: 'acme.example' },
  tables: {
    lead: table(
      ...(['leads', 'leadid'] as const),
      [
        ...[
          column('statecode', 'choice', { options: STATES }),
          column('size', 'integer'),
          column('merged', 'boolean'),
        ],
        ...[column('masterid', 'guid'), column('saleid', 'lookup', { target: 'sale' })],
      ],
      LEADS,
    ),
    sale: table(
      ...(['sales', 'id'] as const),
      [column('name', 'text'), column('value', 'money'), column('closed', 'date')],
      SALES,
      { named: 'name', lists: { rivals_association: { table: 'rival', by: 'rivals' } } },
    ),
    rival: table(
      'rivals',
      'rivalid',
      [column('name', 'text')],
      [8, 9].map((each) => fixedRecord(id(each), 0, { name: `R${each}` })),
    ),
  },
};

function asking(options: Partial<DynamicsOptions> & { readonly at?: () => number } = {}) {
  const vendor = dynamicsSales(environment, { now: () => new Date(options.at?.() ?? NOW), ...options });
  let token: string | undefined;
  const send = async (method: string, path: string, more: { body?: string; prefer?: string } = {}) => {
    const headers = new Headers({
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(more.prefer === undefined ? {} : { prefer: more.prefer }),
    });
    const url = new URL(path, 'http://127.0.0.1:9');
    const reply = await vendor.answer({ method, url, headers, body: more.body ?? '' });
    const text = String(reply.body ?? '');
    return {
      status: reply.status,
      headers: reply.headers ?? {},
      json: text === '' ? null : JSON.parse(text),
    };
  };
  const signIn = async (more: Record<string, string> = {}) => {
    const form = {
      grant_type: 'client_credentials',
      scope: 'http://127.0.0.1:9/.default',
      ...vendor.secret,
      ...more,
    };
    const answer = await send('POST', '/acme.example/oauth2/v2.0/token', {
      body: String(new URLSearchParams(form)),
    });
    token = answer.json.access_token;
    return answer;
  };
  const get = async (path: string, prefer?: string) => {
    if (token === undefined) await signIn();
    return send('GET', `${API}/${path}`, prefer === undefined ? {} : { prefer });
  };
  return { signIn, get, send };
}
const LABELS = 'odata.include-annotations="OData.Community.Display.V1.FormattedValue"';
const LABEL = 'OData.Community.Display.V1.FormattedValue';
const numbers = ({ json }: { json: { value: { leadid: string }[] } }) =>
  json.value.map(({ leadid }) => leadid.at(-1));

describe('Dynamics 365 Sales', () => {
  test('Entra gives a token for the environment, and refuses a wrong client, secret or scope in its words', async () => {
    const { signIn } = asking();
    expect((await signIn()).json).toMatchObject({ token_type: 'Bearer', expires_in: 3599 });
    for (const [wrong, error] of [
      [{ client_id: 'x' }, 'unauthorized_client'],
      [{ client_secret: 'x' }, 'invalid_client'],
      [{ scope: 'https://other.example/.default' }, 'invalid_scope'],
    ] as const)
      expect((await signIn(wrong)).json.error).toBe(error);
  });

  test('refuses a token that has ended, with 401 and nothing else', async () => {
    let now = NOW;
    const { get } = asking({ at: () => now });
    expect((await get('leads')).status).toBe(200);
    now += 3_600_000;
    expect(await get('leads')).toMatchObject({ status: 401, json: null });
  });

  test('lists who is there: a deleted record is gone, one that was merged is deactivated and says into which', async () => {
    const found = await asking().get('leads?$select=statecode,merged,masterid');
    expect(numbers(found)).toEqual(['1', '2', '4']);
    expect(found.json.value[2]).toMatchObject({ statecode: 2, merged: true, masterid: id(1) });
  });

  test('keys and versions come unasked; labels of choices and lookups where they are asked for', async () => {
    const { get } = asking();
    const [plain] = (await get('leads?$select=statecode,_saleid_value')).json.value;
    expect(plain).toEqual({
      ...{
        '@odata.etag': expect.stringMatching(/^W\/"\d+"$/),
        leadid: id(1),
        statecode: 1,
        _saleid_value: id(5),
      },
    });
    const [labelled, second] = (await get('leads?$select=statecode,size,_saleid_value', LABELS)).json.value;
    expect(labelled).toMatchObject({
      ...{
        [`statecode@${LABEL}`]: 'Qualified',
        [`size@${LABEL}`]: '250',
        [`_saleid_value@${LABEL}`]: 'Cinq',
      },
    });
    // What is empty, or not there any more, has none.
    expect(Object.keys(second).filter((name) => name.includes(LABEL))).toEqual([`statecode@${LABEL}`]);
  });

  test('expands a lookup and a relation of many to many', async () => {
    const { get } = asking();
    const { json } = await get('leads?$select=leadid&$expand=saleid($select=value,closed)');
    expect(json.value.map((each: { saleid: unknown }) => each.saleid)).toMatchObject([
      { id: id(5), value: 12000.5, closed: '2026-11-20' },
      ...[null, null],
    ]);
    const sales = await get('sales?$select=id&$expand=rivals_association($select=name)');
    expect(sales.json.value[0].rivals_association).toMatchObject([{ name: 'R8' }, { name: 'R9' }]);
  });

  test.each([
    ['statecode eq 1', ['1']],
    ['_saleid_value ne null', ['1', '2']],
    ['modifiedon ge 2026-11-21T05:00:00Z', ['2']],
    ['modifiedon ge 2026-11-21T05:00:00Z or saleid/createdon ge 2026-11-17T05:00:00Z', ['1', '2']],
    ['merged eq false and (statecode eq 0 or statecode eq 2)', ['2']],
  ])('filters by %s', async (filter, found) => {
    expect(numbers(await asking().get(`leads?$select=leadid&$filter=${filter}`))).toEqual(found);
  });

  test('pages as large as is preferred; the next link holds a cookie', async () => {
    const { get, send } = asking();
    const first = await get('leads?$select=leadid', 'odata.maxpagesize=2');
    expect([numbers(first), first.headers['preference-applied']]).toEqual([
      ['1', '2'],
      'odata.maxpagesize=2',
    ]);
    const next = new URL(first.json['@odata.nextLink']);
    expect(next.searchParams.get('$skiptoken')).toMatch(/^<cookie pagenumber=/);
    const second = await send('GET', next.pathname + next.search, { prefer: 'odata.maxpagesize=2' });
    expect([numbers(second), second.json['@odata.nextLink']]).toEqual([['4'], undefined]);
  });

  test.each([
    ['leads?$select=colour', 400, "Could not find a property named 'colour'"],
    ['leads?$filter=colour eq 1', 400, "Could not find a property named 'colour'"],
    ['leads?$skip=1', 400, 'Skip Clause is not supported in CRM'],
    ['leads?$skiptoken=1', 400, 'paging cookie'],
    ['lead', 404, "Resource not found for the segment 'lead'"],
  ])('%s: %d', async (path, status, message) => {
    const answer = await asking().get(path);
    expect(answer.status).toBe(status);
    expect(answer.json.error.message).toContain(message);
  });

  test('says who asks, and which columns there are', async () => {
    const { get } = asking();
    expect((await get('WhoAmI')).json.UserId).toBe(id(0));
    const { json } = await get(
      "EntityDefinitions(LogicalName='sale')/Attributes?$select=LogicalName,DisplayName",
    );
    expect(json.value.map((each: { LogicalName: string }) => each.LogicalName)).toContain('closed');
    expect(json.value.at(-1).DisplayName.UserLocalizedLabel.Label).toBe('CLOSED');
  });

  test('a table without the privilege is refused by its name; others are not', async () => {
    const { get } = asking({ lacks: ['sale'] });
    expect(await get('sales')).toMatchObject({ status: 403, json: { error: { code: '0x80040220' } } });
    expect((await get('leads')).status).toBe(200);
  });

  test('so many requests in any five minutes; then it says how long to wait', async () => {
    let now = NOW;
    const { get } = asking({ requests: 2, at: () => now });
    await get('leads');
    now += 100_000;
    await get('leads');
    const refused = await get('leads');
    expect([refused.status, refused.headers['retry-after'], refused.json.error.code]).toEqual([
      429,
      '200',
      '0x80072322',
    ]);
    now += 200_000;
    expect((await get('leads')).status).toBe(200);
  });
});
