import { describe, expect, test } from 'vitest';
import { fixedRecord, type TimedRecord } from '../../../sandbox/vendor-kit/timed-record.ts';
import type { Org, OrgField, OrgObject } from '../../../sandbox/vendors/salesforce/org.ts';
import { type SalesforceOptions, salesforce } from '../../../sandbox/vendors/salesforce/salesforce.ts';

/** As its documentation says it behaves, without any client of ours. */
const NOW = Date.parse('2026-11-22T05:00:00Z');
const DAY = 86_400_000;
const DATA = '/services/data/v68.0';

const field = (name: string, type: OrgField['type'], parent?: OrgField['parent']): OrgField => ({
  ...{ name, label: name, type },
  ...(parent ? { parent } : {}),
});
const OWN = [
  ...[field('Id', 'id'), field('IsDeleted', 'boolean'), field('MasterRecordId', 'reference')],
  ...[field('CreatedDate', 'datetime'), field('SystemModstamp', 'datetime')],
];
const lead = (
  number: number,
  values: Record<string, string>,
  more: Partial<TimedRecord> = {},
): TimedRecord => ({
  ...fixedRecord(`00Q00000000000${number}AAA`, NOW - 100 * DAY + number, values),
  ...more,
});

const LEADS = [
  lead(1, {
    Status: 'New',
    NumberOfEmployees: '250',
    ConvertedDate: '2026-11-20',
    OpportunityId: '006000000000001AAA',
  }),
  lead(2, { Status: 'MQL', Budget__c: 'true' }),
  lead(3, { Status: 'Lost' }, { archivedAt: NOW - 14 * DAY }),
  lead(4, { Status: 'Lost' }, { archivedAt: NOW - 16 * DAY }),
  lead(5, { Status: 'New' }, { merged: { at: NOW - DAY, into: '00Q000000000001AAA' } }),
  lead(6, { Status: "O'Neill" }, { changes: [NOW - 100 * DAY, NOW - DAY, NOW + DAY] }),
  lead(7, { Status: 'New' }, { createdAt: NOW + DAY }),
];
const DEALS = [fixedRecord('006000000000001AAA', NOW - 50 * DAY, { Name: 'One', Amount: '12000.50' })];
const HISTORY = Array.from({ length: 5 }, (_, place) =>
  fixedRecord(`017000000000${place}00AAA`, NOW - (9 - place) * DAY, {
    ...{ LeadId: '00Q000000000001AAA', Field: place === 0 ? 'created' : 'Status', NewValue: `S${place}` },
  }),
);
const object = (
  fields: OrgField[],
  records: TimedRecord[],
  children: OrgObject['children'] = {},
): OrgObject => ({
  ...{ label: 'Label', fields, children, records: () => records },
});
const ORG: Org = {
  id: '00D000000000001AAA',
  objects: {
    Lead: object(
      [
        ...[
          ...OWN,
          field('Status', 'picklist'),
          field('NumberOfEmployees', 'int'),
          field('Budget__c', 'boolean'),
        ],
        ...[field('ConvertedDate', 'date')],
        field('OpportunityId', 'reference', { name: 'Opportunity', object: 'Opportunity' }),
      ],
      LEADS,
      { Histories: { object: 'LeadHistory', by: 'LeadId' } },
    ),
    Opportunity: object([...OWN, field('Name', 'string'), field('Amount', 'currency')], DEALS),
    LeadHistory: object(
      [
        field('Id', 'id'),
        field('LeadId', 'reference'),
        field('Field', 'picklist'),
        field('NewValue', 'string'),
        field('CreatedDate', 'datetime'),
      ],
      HISTORY,
    ),
  },
};

function orgOf(options: Partial<SalesforceOptions> & { readonly at?: () => number } = {}) {
  const vendor = salesforce(ORG, { now: () => new Date(options.at?.() ?? NOW), ...options });
  let token: string | undefined;
  const send = async (method: string, path: string, body = '', bearer = token) => {
    const headers = new Headers(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` });
    const reply = await vendor.answer({ method, url: new URL(path, 'http://127.0.0.1:9'), headers, body });
    return { status: reply.status, headers: reply.headers ?? {}, json: JSON.parse(String(reply.body)) };
  };
  const signIn = async (secret: Record<string, string> = vendor.secret) => {
    const form = new URLSearchParams({ grant_type: 'client_credentials', ...secret });
    const answer = await send('POST', '/services/oauth2/token', String(form));
    token = answer.json.access_token as string;
    return answer;
  };
  const query = async (soql: string, resource = 'query') => {
    if (token === undefined) await signIn();
    return send('GET', `${DATA}/${resource}?q=${encodeURIComponent(soql)}`);
  };
  return { send, signIn, query };
}
const numbers = ({ json }: { json: { records: { Id: string }[] } }): string[] =>
  json.records.map(({ Id }) => Id.slice(14, 15));

describe('Salesforce', () => {
  test('gives a session without an end, and where the org is; refuses in its own words whoever is no client', async () => {
    const { signIn } = orgOf();
    const { json } = await signIn();
    expect(json).toMatchObject({ instance_url: 'http://127.0.0.1:9', token_type: 'Bearer' });
    expect(json).not.toHaveProperty('expires_in');
    expect(await signIn({ client_id: 'nobody', client_secret: 'x' })).toMatchObject({
      ...{ status: 400, json: { error: 'invalid_client_id' } },
    });
  });

  test('refuses a session that has ended, or is none', async () => {
    let now = NOW;
    const { query, send } = orgOf({ at: () => now });
    expect((await query('SELECT Id FROM Lead')).status).toBe(200);
    now += 3 * 3_600_000;
    expect(await query('SELECT Id FROM Lead')).toMatchObject({
      ...{ status: 401, json: [{ errorCode: 'INVALID_SESSION_ID' }] },
    });
    expect((await send('GET', `${DATA}/query?q=x`, '', 'expired')).status).toBe(401);
  });

  test('a query does without the recycle bin; queryAll has it, for 15 days, and says who took a record in', async () => {
    const { query } = orgOf();
    expect(numbers(await query('SELECT Id FROM Lead ORDER BY Id'))).toEqual(['1', '2', '6']);
    const all = await query(
      'SELECT Id, IsDeleted, MasterRecordId, SystemModstamp FROM Lead ORDER BY Id',
      'queryAll',
    );
    expect(numbers(all)).toEqual(['1', '2', '3', '5', '6']);
    expect(all.json.records[3]).toMatchObject({
      ...{ IsDeleted: true, MasterRecordId: '00Q000000000001AAA' },
      SystemModstamp: '2026-11-21T05:00:00.000+0000',
    });
  });

  test.each([
    ["Status = 'new'", ['1']],
    ["Status != 'MQL'", ['1', '6']],
    ["Status = 'O\\'Neill'", ['6']],
    ["Status IN ('MQL','New') AND Budget__c = true", ['2']],
    ["Status NOT IN ('MQL')", ['1', '6']],
    ["NOT (Status = 'MQL' OR Status = 'New')", ['6']],
    ['NumberOfEmployees > 249', ['1']],
    ['NumberOfEmployees = null', ['2', '6']],
    ['NumberOfEmployees < 249', []],
    ['ConvertedDate >= 2026-11-20', ['1']],
    ['SystemModstamp >= 2026-11-21T05:00:00Z', ['6']],
    ['SystemModstamp >= 2026-11-21T06:00:00.000+0100', ['6']],
    ["Opportunity.Name = 'One'", ['1']],
    ["OpportunityId IN ('006000000000001')", ['1']],
  ])('finds by %s', async (where, found) => {
    expect(numbers(await orgOf().query(`SELECT Id FROM Lead WHERE ${where} ORDER BY Id`))).toEqual(found);
  });

  test('orders, limits and skips: nulls first, unless the query says otherwise', async () => {
    const { query } = orgOf();
    const by = async (rest: string) => numbers(await query(`SELECT Id FROM Lead ORDER BY ${rest}`));
    expect(await by('NumberOfEmployees, Id DESC')).toEqual(['6', '2', '1']);
    expect(await by('NumberOfEmployees NULLS LAST, Id LIMIT 2')).toEqual(['1', '2']);
    expect(await by('Id LIMIT 1 OFFSET 1')).toEqual(['2']);
  });

  test('writes what is asked for: numbers, days, instants without a colon, a record behind a reference, null where there is none', async () => {
    const { json } = await orgOf().query(
      'SELECT Id, CreatedDate, NumberOfEmployees, Budget__c, Opportunity.Name, Opportunity.Amount FROM Lead ORDER BY Id LIMIT 2',
    );
    expect(json.records).toEqual([
      {
        attributes: { type: 'Lead', url: `${DATA}/sobjects/Lead/00Q000000000001AAA` },
        ...{ Id: '00Q000000000001AAA', CreatedDate: '2026-08-14T05:00:00.001+0000' },
        ...{ NumberOfEmployees: 250, Budget__c: false },
        Opportunity: {
          attributes: { type: 'Opportunity', url: `${DATA}/sobjects/Opportunity/006000000000001AAA` },
          ...{ Name: 'One', Amount: 12000.5 },
        },
      },
      expect.objectContaining({ NumberOfEmployees: null, Budget__c: true, Opportunity: null }),
    ]);
  });

  test('pages by locator, lists below a record too; the same query has the same locator', async () => {
    const { query, send } = orgOf({ pages: { page: 3, below: 2 } });
    const soql =
      "SELECT Id, (SELECT NewValue FROM Histories WHERE Field = 'Status' ORDER BY CreatedDate DESC) FROM Lead ORDER BY Id";
    const first = await query(soql);
    expect(first.json).toMatchObject({ totalSize: 3, done: false });
    const [{ Histories: list }] = first.json.records;
    expect(list).toMatchObject({
      totalSize: 4,
      done: false,
      records: [{ NewValue: 'S4' }, { NewValue: 'S3' }],
    });
    const rest = await send('GET', list.nextRecordsUrl);
    expect(rest.json).toMatchObject({ done: true, records: [{ NewValue: 'S2' }, { NewValue: 'S1' }] });
    const second = await send('GET', first.json.nextRecordsUrl);
    expect([numbers(second), second.json.done, second.json.records[0].Histories]).toEqual([
      ['2', '6'],
      true,
      null,
    ]);
    expect((await query(soql)).json.nextRecordsUrl).toBe(first.json.nextRecordsUrl);
    expect((await send('GET', `${DATA}/query/01gNOBODY-2`)).json).toMatchObject([
      { errorCode: 'INVALID_QUERY_LOCATOR' },
    ]);
  });

  test('counts', async () => {
    const { json } = await orgOf().query("SELECT count() FROM LeadHistory WHERE Field = 'Status'");
    expect(json).toEqual({ totalSize: 4, done: true, records: [] });
  });

  test.each([
    ['SELECT Colour FROM Lead', 'INVALID_FIELD'],
    ['SELECT Id FROM Lead WHERE Colour = 1', 'INVALID_FIELD'],
    ['SELECT Account.Name FROM Lead', 'INVALID_FIELD'],
    ['SELECT Id FROM Lead ORDER BY Colour', 'INVALID_FIELD'],
    ["SELECT Id FROM Lead WHERE SystemModstamp > '2026-11-21T05:00:00Z'", 'INVALID_FIELD'],
    ['SELECT Id FROM Lead WHERE SystemModstamp > 2026-11-21', 'INVALID_FIELD'],
    ['SELECT Id FROM Lead WHERE Status = 1', 'INVALID_FIELD'],
    ['SELECT Id FROM Leads', 'INVALID_TYPE'],
    ['SELECT Id, (SELECT Id FROM Tasks) FROM Lead', 'INVALID_TYPE'],
    ['SELECT Id, (SELECT Colour FROM Histories) FROM Lead LIMIT 0', 'INVALID_FIELD'],
    ['SELECT Id FROM Lead WHERE Status = null AND Id = null OR Id = null', 'MALFORMED_QUERY'],
    ["SELECT Id FROM Lead WHERE Status LIKE 'a%'", 'MALFORMED_QUERY'],
    ['SELECT Id, FROM Lead', 'MALFORMED_QUERY'],
    ['SELECT Id FROM Lead LIMIT', 'MALFORMED_QUERY'],
    ['SELECT Id FROM Lead WHERE Status = "New"', 'MALFORMED_QUERY'],
    ['SELECT Id FROM Lead ; DROP', 'MALFORMED_QUERY'],
  ])('refuses %s', async (soql, errorCode) => {
    expect(await orgOf().query(soql)).toMatchObject({ status: 400, json: [{ errorCode }] });
  });

  test('describes an object; what the user may not see looks as if there were none of it', async () => {
    const { send, signIn, query } = orgOf({ hidden: ['Lead.Status', 'Opportunity'] });
    await signIn();
    const { json } = await send('GET', `${DATA}/sobjects/Lead/describe`);
    const names = json.fields.map(({ name }: { name: string }) => name);
    expect([names.includes('Budget__c'), names.includes('Status')]).toEqual([true, false]);
    expect((await send('GET', `${DATA}/sobjects/Opportunity/describe`)).status).toBe(404);
    expect((await query('SELECT Status FROM Lead')).json).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
  });

  test('lists its versions to everybody; one that was retired answers 410, one to come 404', async () => {
    const { send, signIn } = orgOf();
    const { json } = await send('GET', '/services/data');
    expect([json.length, json.at(-1).version]).toEqual([28, '68.0']);
    await signIn();
    expect(await send('GET', '/services/data/v40.0/query?q=x')).toMatchObject({
      ...{ status: 410, json: [{ errorCode: 'UNSUPPORTED_API_VERSION' }] },
    });
    expect((await send('GET', '/services/data/v69.0/query?q=x')).status).toBe(404);
  });

  test('tells what was used of a day’s requests, and refuses one too many until the next day', async () => {
    let now = NOW;
    const { query, signIn } = orgOf({ daily: 2, at: () => now });
    expect((await query('SELECT Id FROM Lead')).headers).toMatchObject({
      'sforce-limit-info': 'api-usage=1/2',
    });
    await query('SELECT Id FROM Lead');
    expect(await query('SELECT Id FROM Lead')).toMatchObject({
      ...{ status: 403, json: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED' }] },
    });
    now += DAY;
    await signIn();
    expect((await query('SELECT Id FROM Lead')).status).toBe(200);
  });

  test('refuses an address that is too long', async () => {
    const many = Array.from({ length: 900 }, () => "'00Q000000000001AAA'").join(',');
    expect((await orgOf().query(`SELECT Id FROM Lead WHERE Id IN (${many})`)).status).toBe(414);
  });
});
