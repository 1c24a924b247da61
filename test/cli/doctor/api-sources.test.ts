import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { examineApiSources } from '../../../cli/doctor/api-sources.ts';
import type { Symptom } from '../../../cli/doctor/symptom.ts';
import type { SourceDefinition } from '../../../functions/pull/api/source.ts';
import { madeUp } from '../../pull/api/made-up-source.ts';
import { madeUpVendor, TOKEN } from '../../pull/api/made-up-vendor.ts';
import { fakeWeb } from '../../pull/api/web.ts';
import { type ApiWorld, apiWorld, sourceOf, testCompany } from '../../pull/api/world.ts';

let world: ApiWorld;
let secret: Record<string, string>;
beforeEach(() => {
  const vendor = madeUpVendor();
  secret = { token: TOKEN };
  world = apiWorld(fakeWeb((request, url) => vendor.answer(request, url)).http, {});
});
afterEach(() => world.close());

/** A source whose probe asks, and whose version ends on a day. */
const probing = (sunset: string | null): SourceDefinition => ({
  ...madeUp,
  api: (settings) => ({ ...madeUp.api(settings), sunset }),
  async probe(vendor) {
    await vendor.ask({ url: '/customers' });
    return { status: 'ok', finding: 'it answers' };
  },
});

function examined(sunset: string | null = null): Promise<Symptom[]> {
  world.secrets['made-up'] = JSON.stringify(secret);
  const company = { ...testCompany, sources: [sourceOf(madeUp)] };
  return examineApiSources(world.platform, company, async () => probing(sunset));
}

describe('vigie doctor on sources over an API', () => {
  test('says that they answer, and when they were read last', async () => {
    expect(await examined()).toEqual([
      { what: 'made-up', status: 'ok', finding: 'Made up v1; it answers; not read yet' },
    ]);
    await world.load(await world.pull(madeUp, sourceOf(madeUp)));
    expect((await examined())[0]?.finding).toContain('last read 2026-11-22 06:00 UTC');
  });

  test('says what is wrong with the credentials, and what to do', async () => {
    secret = { token: 'another-token' };
    expect(await examined()).toMatchObject([
      { what: 'made-up', status: 'failed', remedy: expect.stringContaining('Check the credentials') },
    ]);
  });

  test('of a vendor that lets everybody in, no secret is looked for', async () => {
    const company = { ...testCompany, sources: [sourceOf(madeUp)] };
    const free: SourceDefinition = {
      ...probing(null),
      authorize: () => ({ kind: 'none' }),
      probe: async () => ({ status: 'ok', finding: 'it answers' }),
    };
    expect(await examineApiSources(world.platform, company, async () => free)).toMatchObject([
      { what: 'made-up', status: 'ok' },
    ]);
  });

  test.each([
    ['2027-01-22', 'ok', 'in 61 days'],
    ['2027-01-21', 'warning', 'in 60 days'],
    ['2026-11-01', 'failed', 'ended on 2026-11-01'],
  ])('a version that ends on %s is %s', async (sunset, status, words) => {
    const [, version] = await examined(sunset);
    expect(version).toMatchObject({ what: 'made-up, version', status });
    expect(version?.finding).toContain(words);
  });

  test.each([
    ['2027-06-01T00:00:00Z', 'ok'],
    ['2026-12-01T00:00:00Z', 'warning'],
    ['2026-11-01T00:00:00Z', 'failed'],
  ])('a token that ends at %s is %s', async (until, status) => {
    secret = { token: TOKEN, refresh_token_expires_at: until };
    expect((await examined())[1]).toMatchObject({ what: 'made-up, token', status });
  });
});

test('of a stack no vendor is asked and no secret read: a token that is replaced when used stays the run’s', async () => {
  const untouchable = { get: async () => expect.unreachable(), put: async () => expect.unreachable() };
  const http = { ...world.platform.http, send: async () => expect.unreachable() };
  const platform = { ...world.platform, http, secrets: untouchable };
  const company = { ...testCompany, sources: [sourceOf(madeUp)] };
  const found = await examineApiSources(platform, company, async () => probing('2027-01-21'), false);
  expect(found).toMatchObject([
    { what: 'made-up', status: 'ok', finding: 'Made up v1; not read yet' },
    { what: 'made-up, version', status: 'warning' },
  ]);
});
