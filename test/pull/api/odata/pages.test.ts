import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnoseOData } from '../../../../functions/pull/api/odata/diagnose.ts';
import { odataEnvelope } from '../../../../functions/pull/api/odata/envelope.ts';
import { odataPages } from '../../../../functions/pull/api/odata/pages.ts';
import type { ODataQuery } from '../../../../functions/pull/api/odata/query.ts';
import { runs } from '../../../kit/runs.ts';
import { answering, answerOf, pagesOf } from '../../sources/ad-spend/asking.ts';
import { hasRecordings, recording } from '../../sources/mapped.ts';

const v2 = (ids: readonly number[], next?: string): object => ({
  d: { results: ids.map((id) => ({ id })), ...(next === undefined ? {} : { __next: next }) },
});
const query: ODataQuery = { protocol: 'v2', path: '/srv/Set', pageSize: 2 };

const read = async (answers: readonly unknown[], more: Partial<ODataQuery> = {}) => {
  const asked = answering((_, index) => answerOf(200, answers[index]));
  const pages = await pagesOf(odataPages(asked.vendor, { ...query, ...more }, 'things'));
  const ids = pages.flatMap((page) =>
    odataEnvelope(page.json(), 'things').records.map((each) => (each as { id: number }).id),
  );
  return { ids, addresses: asked.requests.map(({ url }) => url), pages, requests: asked.requests };
};

describe('pages of OData', () => {
  test('$skip moves on until a page is not full', async () => {
    const { ids, addresses } = await read([v2([1, 2]), v2([3, 4]), v2([5])]);
    expect(ids).toEqual([1, 2, 3, 4, 5]);
    expect(addresses.map((address) => /\$skip=(\d+)/.exec(address)?.[1])).toEqual([undefined, '2', '4']);
  });

  test('full to the last: an empty page ends it', async () => {
    expect((await read([v2([1, 2]), v2([])])).ids).toEqual([1, 2]);
  });

  test('next links are followed, and count towards $top', async () => {
    const link = 'https://sap.example/srv/Set?$skiptoken=1';
    const { ids, addresses } = await read([v2([1], link), v2([2]), v2([])]);
    expect(ids).toEqual([1, 2]);
    expect(addresses[1]).toBe(link);
    expect(addresses[2]).toContain('$skip=2');
  });

  test('a relative link of V4 stands below the service', async () => {
    const first = { value: [{ id: 1 }], '@odata.nextLink': 'Set?$skiptoken=1' };
    const last = { value: [{ id: 2 }], '@odata.deltaLink': 'https://sap.example/srv/Set?$deltatoken=7' };
    const { addresses, pages, requests } = await read([first, last, { value: [] }], { protocol: 'v4' });
    expect(addresses[1]).toBe('/srv/Set?$skiptoken=1');
    expect(pages[1]?.facts).toEqual({ delta_link: last['@odata.deltaLink'] });
    expect(requests[0]?.headers).toEqual({ accept: 'application/json;IEEE754Compatible=true' });
  });

  test('a service that knows no $top gives everything at once', async () => {
    expect((await read([v2([1, 2, 3])])).ids).toEqual([1, 2, 3]);
  });

  test('a page that came before is asked for again', async () => {
    const { ids, addresses } = await read([v2([1, 2]), v2([1, 2]), v2([3])]);
    expect(ids).toEqual([1, 2, 3]);
    expect(addresses[2]).toBe(addresses[1]);
  });

  test('a service that knows no $skip would never end: it fails', async () => {
    const same = v2([1, 2]);
    await expect(read([same, same, same, same, same])).rejects.toMatchObject({ code: 'VENDOR_SHAPE' });
  });

  test('a list that was cut short is found out by the count', async () => {
    await expect(read([counted([1, 2], 5), counted([3], 5)], { count: true })).rejects.toMatchObject({
      code: 'VENDOR_INCOMPLETE',
      message: expect.stringMatching(/3 records came of 5/),
      hint: expect.stringContaining('check_count: false'),
    });
    const all = [counted([1, 2], 5), counted([3, 4], 5), counted([5], 5)];
    const { ids, addresses } = await read(all, { count: true });
    expect(ids).toHaveLength(5);
    expect(addresses[0]).toContain('$inlinecount=allpages');
  });

  const counted = (ids: readonly number[], count: number) => ({
    d: { ...(v2(ids) as { d: object }).d, __count: String(count) },
  });
  test.each([
    [
      'a record that comes twice, and another never',
      [counted([1, 2], 3), counted([2, 3], 4), counted([], 4)],
      /record 2 came twice/,
    ],
    ['one that comes twice pages later', [v2([1, 2]), v2([3, 4]), v2([1])], /record 1 came twice/],
    ['one that comes twice on a page', [v2([1, 1])], /record 1 came twice/],
    ['one that left', [counted([1, 2], 5), counted([4, 5], 4), counted([], 4)], /counted 5 records, then 4/],
    ['next links', [v2([1], 'Set?n=1'), v2([2], 'Set?n=2'), v2([1])], /record 1 came twice/],
  ])('a list that shifted while it was read is told by %s', async (_, answers, why) => {
    const error = await read(answers, { count: true, key: ['id'] }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'VENDOR_INCOMPLETE', retryable: true });
    expect(error).toMatchObject({ message: expect.stringMatching(why) });
  });

  test('records that only grew at their end are whole', async () => {
    const answers = [counted([1, 2], 3), counted([3, 4], 4), counted([], 4)];
    expect((await read(answers, { count: true, key: ['id'] })).ids).toEqual([1, 2, 3, 4]);
  });

  test('without a key, the address that the service gives a record tells it apart', async () => {
    const at = (uri: string, net: string) => ({ __metadata: { uri }, net });
    const page = (...results: object[]) => ({ d: { results } });
    const same = [page(at('Set(1)', '5'), at('Set(2)', '5')), page(at('Set(3)', '5'))];
    expect((await read(same)).pages).toHaveLength(2);
    // The same record after a change, under the same address.
    await expect(read([page(at('Set(1)', '5'), at('Set(2)', '5')), page(at('Set(2)', '6'))])).rejects.toThrow(
      /twice/,
    );
  });

  test('a deletion and the document it is about are two', async () => {
    const value = [{ '@odata.id': "Set('1')" }, { '@odata.id': "Set('1')", '@removed': {} }];
    expect((await read([{ value }, { value: [] }], { protocol: 'v4' })).pages).toHaveLength(2);
  });

  test('whatever enters, or leaves, between two pages: nothing is missing unless the reading says so', async () => {
    const change = fc.record({ at: fc.nat(40), key: fc.integer({ min: 0, max: 999 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 0, max: 999 }), { minLength: 1, maxLength: 12 }),
        fc.array(fc.option(change), { maxLength: 8 }),
        fc.boolean(),
        async (first, changes, grows) => {
          let list = first.toSorted((a, b) => a - b);
          const asked = answering(({ url }, index) => {
            const now = index === 0 ? undefined : changes[index - 1];
            if (now && grows) list = [...new Set([...list, now.key])].sort((a, b) => a - b);
            if (now && !grows) list = list.filter((_, place) => place !== now.at % Math.max(1, list.length));
            const skip = Number(/\$skip=(\d+)/.exec(url)?.[1] ?? 0);
            return answerOf(200, counted(list.slice(skip, skip + 2), list.length));
          });
          const pages = odataPages(asked.vendor, { ...query, count: true, key: ['id'] }, 'things');
          try {
            const ids = (await pagesOf(pages)).flatMap((page) =>
              odataEnvelope(page.json(), 'things').records.map((each) => (each as { id: number }).id),
            );
            expect(new Set(ids).size).toBe(ids.length);
            // Of what was there throughout, nothing is missing.
            for (const id of first) if (list.includes(id)) expect(ids).toContain(id);
          } catch (error) {
            expect(error).toMatchObject({ code: expect.stringMatching(/VENDOR_INCOMPLETE|VENDOR_SHAPE/) });
          }
        },
      ),
      { numRuns: runs(300) },
    );
  });

  test.each([
    [{ d: { results: [], __next: 7 } }],
    [{ value: [], '@odata.nextLink': {} }],
    [{ d: { results: {} } }],
    ['x'],
  ])('the envelope %j is not as known', (body) => {
    expect(() => odataEnvelope(body, 'things')).toThrow(expect.objectContaining({ code: 'VENDOR_SHAPE' }));
  });

  test.skipIf(!hasRecordings)('recorded envelopes', () => {
    expect(odataEnvelope(recording('sap/odata_v2_next_odata_php_test.json'), 'things')).toMatchObject({
      ...{ records: [{ ID: 100, Name: 'Food' }], count: 3, deltaLink: null },
      next: 'http://services.odata.org/OData/OData.svc$skiptoken=12',
    });
    expect(odataEnvelope(recording('sap/odata_v4_deltaLink_msgraph_doc.json'), 'things')).toMatchObject({
      ...{ records: [{ name: 'This is a bucket' }], next: null },
      deltaLink: expect.stringContaining('deltatoken='),
    });
  });
});

describe('errors of OData', () => {
  const hints = { noPermission: 'ask', notActive: 'activate', unknownName: 'compare' };
  const html = { 'content-type': 'text/html' };
  const page = (title: string, body = '') =>
    `<html><head><title>${title}</title></head><body>${body}</body></html>`;
  const error = (code: string, message: unknown) => ({ error: { code, message } });
  const xml =
    '<?xml version="1.0"?><error><code>X/1</code><message xml:lang="en">No such set</message></error>';
  test.each([
    [
      'V2',
      400,
      error('X/1', { lang: 'en', value: 'Bad' }),
      {},
      { kind: 'refused', reason: 'Bad (X/1)', hint: 'compare' },
    ],
    ['V4', 404, error('X/2', 'Gone'), {}, { kind: 'refused', reason: 'Gone (X/2)', hint: 'compare' }],
    ['XML', 404, xml, {}, { kind: 'refused', reason: 'No such set (X/1)' }],
    [
      'no authorisation',
      403,
      error('/IWFND/CM_MGW/004', { value: 'No' }),
      {},
      { kind: 'no-permission', hint: 'ask' },
    ],
    [
      'not active',
      403,
      error('/IWFND/MED/170', { value: 'No service' }),
      {},
      { kind: 'refused', hint: 'activate' },
    ],
    [
      'maintenance',
      200,
      page('Maintenance'),
      html,
      { kind: 'retry', reason: expect.stringContaining('Maintenance') },
    ],
    [
      'maintenance with a time',
      503,
      page('Back soon'),
      { ...html, 'retry-after': '120' },
      { kind: 'retry', retryAfter: 120 },
    ],
    ['a logon form', 200, page('Sign in', '<input type="password">'), html, { kind: 'no-permission' }],
  ])('%s', (_, status, body, headers, diagnosis) => {
    expect(diagnoseOData(answerOf(status, body, headers), hints)).toMatchObject(diagnosis);
  });

  test.each([
    ['a good answer', 200, { d: { results: [] } }],
    ['what the status says', 429, {}],
    ['what is no error of OData', 400, 'nonsense'],
  ])('%s is judged by its status', (_, status, body) => {
    expect(diagnoseOData(answerOf(status, body), hints)).toBeUndefined();
  });
});
