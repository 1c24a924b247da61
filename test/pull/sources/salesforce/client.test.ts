import { describe, expect, test } from 'vitest';
import type { VendorRequest } from '../../../../functions/pull/api/vendor.ts';
import { queryAnswers, wholeChildren } from '../../../../functions/pull/sources/salesforce/client.ts';
import { diagnose } from '../../../../functions/pull/sources/salesforce/diagnose.ts';
import { checkFields, fieldsWanted } from '../../../../functions/pull/sources/salesforce/fields.ts';
import { leadPages } from '../../../../functions/pull/sources/salesforce/pages.ts';
import { type Settings, settings } from '../../../../functions/pull/sources/salesforce/settings.ts';
import { source } from '../../../../functions/pull/sources/salesforce/source.ts';
import { answering, answerOf, pagesOf } from '../ad-spend/asking.ts';
import { hasRecordings, recording, sliceFor } from '../mapped.ts';

const ORG = 'https://acme.my.salesforce.com';
const chosen = (keys: object = {}): Settings => settings.parse({ base_url: ORG, ...keys });

async function queried(answers: readonly unknown[], all = false) {
  const asked = answering((_, index) => answerOf(200, answers[index]));
  const found: unknown[] = [];
  for await (const records of queryAnswers(asked.vendor, chosen(), { text: 'SELECT Id FROM Lead', all }))
    found.push(...records);
  return { found, urls: asked.requests.map(({ url }) => url) };
}

describe('a query', () => {
  test('is over when it says so, whatever it names as next', async () => {
    const answer = {
      totalSize: 1,
      done: true,
      nextRecordsUrl: '/services/data/v68.0/query/01g-2000',
      records: [{ Id: 'a' }],
    };
    expect((await queried([answer])).urls).toEqual(['/services/data/v68.0/query']);
  });

  test('that loses records on the way is not believed', async () => {
    const next = '/services/data/v68.0/query/01g-1';
    const [first, last] = [
      { totalSize: 3, done: false, nextRecordsUrl: next, records: [{ Id: 'a' }] },
      { totalSize: 3, done: true, records: [{ Id: 'b' }] },
    ];
    await expect(queried([first, last])).rejects.toMatchObject({
      code: 'VENDOR_INCOMPLETE',
      retryable: true,
    });
    await expect(queried([first, { ...first }])).rejects.toMatchObject({ code: 'VENDOR_INCOMPLETE' });
  });

  test('that does not say whether it is over is not believed', async () => {
    await expect(queried([{ totalSize: 1, records: [{ Id: 'a' }] }])).rejects.toMatchObject({
      code: 'VENDOR_SHAPE',
    });
  });

  test('inside another is read to its end', async () => {
    const { vendor, requests } = answering(() =>
      answerOf(200, { totalSize: 3, done: true, records: [{ n: 3 }] }),
    );
    const record = {
      Histories: { totalSize: 3, done: false, nextRecordsUrl: '/next', records: [{ n: 1 }, { n: 2 }] },
    };
    expect(await wholeChildren(vendor, record, 'Histories')).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(requests).toHaveLength(1);
    expect(await wholeChildren(vendor, { Histories: null }, 'Histories')).toEqual([]);
  });
});

describe('leads', () => {
  const describeLead = { fields: fieldsWanted('Lead', chosen()).map((name) => ({ name, label: name })) };

  test('in the recycle bin leave nothing but that they are there', async () => {
    const kept = { Id: 'x', IsDeleted: true, CreatedDate: 'then', MasterRecordId: null };
    const record = { ...kept, Status: 'New', Country: 'France' };
    const { vendor, requests } = answering(({ url }: VendorRequest) =>
      answerOf(
        200,
        url.endsWith('describe') ? describeLead : { totalSize: 1, done: true, records: [record] },
      ),
    );
    const [page] = await pagesOf(
      leadPages(vendor, chosen(), sliceFor({ since: '2026-11-21T05:00:00.000Z' })),
    );
    expect(page?.json()).toEqual({ records: [kept] });
    expect(String(requests[1]?.query?.['q'])).toContain(
      'OR ConvertedOpportunity.SystemModstamp >= 2026-11-21T05:00:00.000Z',
    );
  });

  test('are not asked for names, addresses, telephone numbers, titles or texts', () => {
    for (const object of ['Lead', 'Opportunity', 'Account'] as const)
      expect(
        fieldsWanted(object, chosen()).filter((name) =>
          /^(First|Last)?Name$|email|phone|title|description|street|city/i.test(name),
        ),
      ).toEqual([]);
  });
});

test('a field that is gone or hidden is named, with those that look alike; multiple currencies show in the list', async () => {
  const keys = chosen({ deal: { lost_reason: 'Loss_Reason__c' } });
  const names = [...fieldsWanted('Opportunity', keys), 'CurrencyIsoCode'];
  const fields = (list: readonly string[]) =>
    answering(() => answerOf(200, { fields: list.map((name) => ({ name, label: name })) }));
  expect(await checkFields(fields(names).vendor, keys, 'Opportunity')).toEqual({ hasCurrency: true });
  const without = [...names.filter((name) => name !== 'Loss_Reason__c'), 'Reason_2026__c'];
  await expect(checkFields(fields(without).vendor, keys, 'Opportunity')).rejects.toMatchObject({
    code: 'VENDOR_FIELD_GONE',
    message: 'Opportunity in Salesforce has no field Loss_Reason__c',
    hint: expect.stringContaining('Reason_2026__c') as string,
  });
});

test('a key is used as Salesforce wants it: the user as subject, its login host as audience, a few minutes', () => {
  expect(source.authorize(chosen({ auth: 'jwt' }))).toMatchObject({
    ...{ grant: 'jwt_bearer', tokenUrl: `${ORG}/services/oauth2/token` },
    claims: {
      issuer: 'client_id',
      subject: 'user',
      audience: 'https://login.salesforce.com',
      lifeSeconds: 180,
    },
    baseUrlFrom: { field: 'instance_url', hosts: ['.my.salesforce.com', 'acme.my.salesforce.com'] },
  });
});

describe('an error', () => {
  const said = (status: number, errorCode: string) =>
    diagnose(answerOf(status, [{ message: 'a\n message', errorCode }]));
  test('says what it means, and what to do', () => {
    expect(said(403, 'REQUEST_LIMIT_EXCEEDED')).toMatchObject({
      kind: 'refused',
      hint: expect.stringContaining('24 hours') as string,
    });
    expect(said(400, 'QUERY_TIMEOUT')).toMatchObject({ kind: 'retry' });
    expect(said(400, 'INVALID_FIELD')).toMatchObject({ kind: 'refused', reason: 'INVALID_FIELD: a message' });
    expect(said(410, 'UNSUPPORTED_API_VERSION')).toMatchObject({ kind: 'version-ended' });
    expect(diagnose(answerOf(503, 'a proxy'))).toBeUndefined();
  });
});

describe.runIf(hasRecordings)('what Salesforce has really answered', () => {
  const file = (name: string): unknown => recording(`crm/salesforce_restforce/${name}.json`);
  test('pages follow one another, an empty answer is none', async () => {
    const pages = [file('query_paginated_first_page_response'), file('query_paginated_last_page_response')];
    const { found, urls } = await queried(pages);
    expect(found.map((each) => (each as Record<string, unknown>)['Text_Label'])).toEqual([
      'First Page',
      'Last Page',
    ]);
    expect(urls[1]).toBe('/services/data/v26.0/query/01gD');
    expect((await queried([file('query_empty_response')])).found).toEqual([]);
  });

  test('a session that is over is renewed, an error is told in its words', () => {
    expect(diagnose(answerOf(401, file('expired_session_response')))).toMatchObject({
      kind: 'token-expired',
    });
    expect(diagnose(answerOf(400, file('query_error_response')))).toMatchObject({
      reason: 'INVALID_FIELD: error_message',
    });
  });
});
