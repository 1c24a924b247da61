import { describe, expect, test } from 'vitest';
import { hashOf, servedList, type Trouble } from './served.ts';

const ADA = hashOf('ada');
const BOB = hashOf('bob');

describe('a list at Google is kept', () => {
  test('by requests in the form of its reference: consent and terms with additions, neither with removals', async () => {
    const { open, vendor, bodies } = servedList();
    const list = open();
    expect(await list.add([ADA, BOB])).toBe('req-1');
    expect(await list.remove([ADA])).toBe('req-2');
    expect(vendor.members()).toEqual([BOB]);
    const destinations = [
      {
        operatingAccount: { accountType: 'GOOGLE_ADS', accountId: '4821937605' },
        loginAccount: { accountType: 'GOOGLE_ADS', accountId: '1023345567' },
        productDestinationId: '8123456789',
      },
    ];
    const members = (...hashes: string[]) =>
      hashes.map((emailAddress) => ({ userData: { userIdentifiers: [{ emailAddress }] } }));
    expect(bodies.map(({ path, body }) => [path, JSON.parse(body)])).toEqual([
      [
        '/v1/audienceMembers:ingest',
        {
          destinations,
          audienceMembers: members(ADA, BOB),
          encoding: 'HEX',
          consent: { adUserData: 'CONSENT_GRANTED', adPersonalization: 'CONSENT_GRANTED' },
          termsOfService: { customerMatchTermsOfServiceStatus: 'ACCEPTED' },
        },
      ],
      ['/v1/audienceMembers:remove', { destinations, audienceMembers: members(ADA), encoding: 'HEX' }],
    ]);
  });

  test('with as many members as one request may have, and not one more', async () => {
    const { open, vendor } = servedList();
    const list = open();
    const many = Array.from({ length: list.most }, (_, at) => hashOf(String(at)));
    await list.add(many);
    expect(vendor.members()).toHaveLength(10_000);
    await expect(list.add([...many, ADA])).rejects.toMatchObject({
      code: 'PUSH_REFUSED',
      message: expect.stringContaining('TOO_MANY_AUDIENCE_MEMBERS'),
    });
  });

  test('and a trial changes nothing', async () => {
    const { open, vendor, bodies } = servedList();
    await open().tryAdding([ADA]);
    expect(vendor.taken).toEqual([]);
    expect(JSON.parse(bodies[0]?.body ?? '')).toMatchObject({ validateOnly: true });
  });

  test('without a manager where access is direct', async () => {
    const { open, bodies } = servedList();
    await expect(open({ manager: undefined }).add([ADA])).rejects.toMatchObject({ code: 'PUSH_REFUSED' });
    expect(bodies[0]?.body).not.toContain('loginAccount');
  });
});

describe('what came of a request', () => {
  test('is asked by its number', async () => {
    const { open, vendor } = servedList();
    vendor.atOnce = false;
    const list = open();
    const id = await list.add([ADA]);
    expect(await list.outcome(id)).toEqual({ status: 'processing', why: '' });
    vendor.work();
    expect(await list.outcome(id)).toEqual({ status: 'done', why: '' });
    expect(await list.outcome('req-9')).toEqual({ status: 'unknown', why: '' });
  });

  test.each([
    ['PARTIAL_SUCCESS', 'partly'],
    ['FAILED', 'failed'],
    ['FAILURE', 'failed'],
    ['REQUEST_STATUS_UNKNOWN', 'unknown'],
  ])('%s is %s, with the reasons', async (requestStatus, status) => {
    const { open, vendor } = servedList();
    const answer = vendor.answer.bind(vendor);
    const errorCounts = [{ reason: 'PROCESSING_ERROR_REASON_DENIED_CONSENT', recordCount: '2' }];
    vendor.answer = async (call) =>
      call.method === 'GET'
        ? {
            status: 200,
            body: JSON.stringify({
              requestStatusPerDestination: [{ requestStatus, errorInfo: { errorCounts } }],
            }),
          }
        : answer(call);
    expect(await open().outcome('req-1')).toEqual({ status, why: 'DENIED_CONSENT: 2' });
  });
});

describe('trouble', () => {
  test.each<Trouble>(['429', '500', 'taken, then 500', 'silence', 'taken, then silence'])(
    '%s: it is asked again, and nobody is there twice',
    async (trouble) => {
      const { open, vendor, troubles, web } = servedList();
      troubles.push(trouble);
      await open().add([ADA]);
      expect(vendor.members()).toEqual([ADA]);
      if (trouble === '429') expect(web.waits.some((ms) => ms >= 7000)).toBe(true);
    },
  );

  test.each<[string, Trouble[], string]>([
    ['refused at once', ['403'], 'PUSH_REFUSED'],
    ['refused after an answer that was lost', ['taken, then 500', '403'], 'PUSH_UNCERTAIN'],
    ['no answer at all', Array.from({ length: 7 }, () => 'silence' as const), 'PUSH_UNCERTAIN'],
    ['its errors to the end', Array.from({ length: 7 }, () => '500' as const), 'PUSH_UNCERTAIN'],
  ])('%s', async (_, given, code) => {
    const { open, troubles } = servedList();
    troubles.push(...given);
    await expect(open().add([ADA])).rejects.toMatchObject({ code });
  });

  test('what Google quotes of a request shows no hash, in the error nor in a log', async () => {
    const { open, troubles, logged } = servedList();
    troubles.push('429', '400 with a hash');
    const error = await open()
      .add([ADA])
      .catch((each: unknown) => each);
    expect(error).toMatchObject({ message: expect.stringContaining('(hash)') });
    expect(logged.length).toBeGreaterThan(0);
    expect(JSON.stringify([error, String(error), logged])).not.toContain(ADA);
  });

  test.each([
    [{ list: '1' }, /INVALID_USER_LIST_ID/, /`list`/],
    [{ account: '1' }, /PERMISSION_DENIED/, /service account/],
  ])('of the settings %j is told with its remedy', async (settings, message, hint) => {
    const { open } = servedList();
    await expect(open(settings).remove([ADA])).rejects.toMatchObject({
      code: 'PUSH_REFUSED',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });
});
