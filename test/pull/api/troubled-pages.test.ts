import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { VigieError } from '../../../functions/platform/errors.ts';
import type { Entity, SourceDefinition } from '../../../functions/pull/api/source.ts';
import { madeUp } from './made-up-source.ts';
import { type MadeUpVendor, madeUpVendor, TOKEN } from './made-up-vendor.ts';
import { fakeWeb, type Reply, type Web } from './web.ts';
import { type ApiWorld, apiWorld, sourceOf } from './world.ts';

let vendor: MadeUpVendor;
let trouble: (url: URL) => Reply | undefined;
let web: Web;
let world: ApiWorld;

beforeEach(() => {
  vendor = madeUpVendor();
  trouble = () => undefined;
  web = fakeWeb((request, url) => trouble(url) ?? vendor.answer(request, url));
  world = apiWorld(web.http, { 'made-up': JSON.stringify({ token: TOKEN }) });
  const days = Array.from({ length: 21 }, (_, index) => `2026-11-${String(index + 1).padStart(2, '0')}`);
  vendor.spend.set('a1', new Map(days.map((day) => [day, new Map([['k1', 1_000_000]])])));
});
afterEach(() => world.close());

const source = sourceOf(madeUp, { starts_on: '2026-11-01' });
const spent = async () =>
  (await world.rows('ad_spend', 'CAST(spent_on AS varchar) AS day')).map(({ day }) => day);
const days = (url: URL): number =>
  (Date.parse(url.searchParams.get('to') ?? '') - Date.parse(url.searchParams.get('from') ?? '')) /
    86_400_000 +
  1;

/** The source with one entity changed. */
const changed = (name: string, change: (entity: Entity) => Partial<Entity>): SourceDefinition => ({
  ...madeUp,
  entities: (settings) =>
    madeUp
      .entities(settings)
      .map((entity) => (entity.name === name ? { ...entity, ...change(entity) } : entity)),
});

describe('a slice that cannot be read as it was asked for', () => {
  test('is read in halves, and halves of those, where it is too large; what is archived reads back', async () => {
    trouble = (url) => (url.pathname === '/spend' && days(url) > 6 ? { status: 413 } : undefined);
    const report = await world.pull(madeUp, source);
    await world.load(report);
    expect(report.status).toBe('ok');
    expect(await spent()).toHaveLength(21);
    const slices = [...world.stored().keys()].filter(
      (key) => key.includes('/spend/') && key.endsWith('_slice.json'),
    );
    expect(slices).toHaveLength(4);
  });

  test('fails the entity where a single day is too large still', async () => {
    trouble = (url) => (url.pathname === '/spend' ? { status: 413 } : undefined);
    const report = await world.pull(madeUp, source);
    expect(report.problem).toMatchObject({ code: 'PAGE_TOO_LARGE' });
    expect(report.problem?.message).toContain('made-up, spend');
  });

  test('is read anew where its pages do not fit together, and counts once', async () => {
    let attempts = 0;
    const torn = changed('spend', (entity) => ({
      async *pages(...given) {
        attempts += 1;
        let pages = 0;
        for await (const page of entity.pages(...given)) {
          yield page;
          pages += 1;
          if (attempts === 1 && pages === 3)
            throw new VigieError('pages repeat', { code: 'VENDOR_INCOMPLETE', retryable: true });
        }
      },
    }));
    const report = await world.pull(torn, source);
    await world.load(report);
    expect(report.status).toBe('ok');
    expect(attempts).toBe(2);
    expect(await spent()).toHaveLength(21);
  });

  test('fails the entity where its pages never do', async () => {
    const torn = changed('spend', () => ({
      // biome-ignore lint/correctness/useYield: it fails before the first page.
      async *pages() {
        throw new VigieError('pages repeat', { code: 'VENDOR_INCOMPLETE', retryable: true });
      },
    }));
    const report = await world.pull(torn, source);
    expect(report.problem?.code).toBe('VENDOR_INCOMPLETE');
    expect(report.batches.map(({ table }) => table)).toEqual(['orders', 'order_lines', 'customers']);
  });
});

test('a next link to another host fails the entity, and nothing is sent there', async () => {
  trouble = (url) =>
    url.pathname === '/customers'
      ? { body: { value: [], next: 'https://evil.example/customers?page=2' } }
      : undefined;
  const report = await world.pull(madeUp, source);
  expect(report.problem).toMatchObject({ code: 'VENDOR_FOREIGN_ORIGIN' });
  expect(web.sent.every(({ url }) => new URL(url).host === 'api.made-up.example')).toBe(true);
});

describe('an account of which nothing came', () => {
  const suspicious = changed('spend', () => ({
    whyEmpty: async (_vendor, _settings, partition) =>
      partition === 'a2' ? { kind: 'no-permission', reason: 'the user is no member of it' } : undefined,
  }));

  test('fails the entity where it is empty for lack of permission', async () => {
    const report = await world.pull(
      suspicious,
      sourceOf(madeUp, { starts_on: '2026-11-01', accounts: ['a1', 'a2'] }),
    );
    expect(report.problem).toMatchObject({ code: 'VENDOR_NO_PERMISSION' });
    expect(report.problem?.message).toBe('made-up, spend: a2: nothing came, and the user is no member of it');
  });

  test('is no trouble where there is nothing to come', async () => {
    const report = await world.pull(
      suspicious,
      sourceOf(madeUp, { starts_on: '2026-11-01', accounts: ['a1', 'a3'] }),
    );
    expect(report.status).toBe('ok');
  });
});

describe('of several accounts', () => {
  const two = sourceOf(madeUp, { starts_on: '2026-11-01', accounts: ['a1', 'a2', 'a3'] });
  const closed =
    (account: string, status = 400) =>
    (url: URL) =>
      url.pathname === '/spend' && url.searchParams.get('account') === account
        ? { status, body: { message: 'account is closed' } }
        : undefined;
  const dayOf = async (account: string) => {
    vendor.spend.set(account, new Map([['2026-11-20', new Map([['k', 5_000_000]])]]));
  };
  const accounts = async () =>
    [...new Set((await world.rows('ad_spend', 'account_id')).map(({ account_id }) => account_id))].sort();

  test.each(['a1', 'a2', 'a3'])(
    'one that is closed (%s) fails alone: its siblings load, and it is named',
    async (account) => {
      for (const each of ['a2', 'a3']) await dayOf(each);
      trouble = closed(account);
      const report = await world.pull(madeUp, two);
      await world.load(report);
      expect(report).toMatchObject({
        status: 'failed',
        lacking: ['ad_spend'],
        problem: { code: 'VENDOR_REFUSED' },
      });
      expect(report.problem?.message).toContain(account);
      expect(await accounts()).toEqual(['a1', 'a2', 'a3'].filter((each) => each !== account));
    },
  );

  test('one that closes after its first month leaves nothing half read, and what it had before stays', async () => {
    for (const each of ['a2', 'a3']) await dayOf(each);
    await world.load(await world.pull(madeUp, two));
    trouble = closed('a2', 403);
    const report = await world.pull(madeUp, two, { run: 'run-2' });
    await world.load(report);
    expect(report.problem).toMatchObject({ code: 'VENDOR_NO_PERMISSION' });
    expect(await accounts()).toEqual(['a1', 'a2', 'a3']);
    // Opened again, it is read on from where it stood.
    trouble = () => undefined;
    expect(await world.pull(madeUp, two, { run: 'run-3' })).toMatchObject({ status: 'ok' });
  });

  test('where all fail, nothing is taken, and the reason is told once', async () => {
    trouble = (url) => (url.pathname === '/spend' ? { status: 403 } : undefined);
    const report = await world.pull(madeUp, two);
    expect(report.lacking).toBeUndefined();
    expect(report.batches.map(({ table }) => table)).not.toContain('ad_spend');
    expect(report.problem?.message.split('\n')).toHaveLength(1);
  });

  test('an outage is everybody’s: it is not taken for one account’s', async () => {
    for (const each of ['a2', 'a3']) await dayOf(each);
    trouble = closed('a2', 503);
    const report = await world.pull(madeUp, two);
    expect(report.batches.map(({ table }) => table)).not.toContain('ad_spend');
  });
});
