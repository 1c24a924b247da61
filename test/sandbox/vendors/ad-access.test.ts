import { describe, expect, test } from 'vitest';
import { openVendor } from '../../../functions/pull/api/vendor-client.ts';
import { definitionOf } from '../../../functions/pull/source-kinds.ts';
import { MANAGER } from '../../../sandbox/vendors/google-ads/rows.ts';
import { AD_KINDS, type AdKind, openAdWorld, sourceOf } from './ad-world.ts';

const lived = async (days = 5) => {
  const world = await openAdWorld({ days });
  world.live();
  return world;
};
const HOUR = 3_600_000;

describe('tokens', () => {
  test.each(['google-ads', 'microsoft-ads'] as const)(
    '%s: one that ended is renewed in the middle of it all',
    async (kind) => {
      const world = await lived();
      await world.pull(kind);
      const first = await world.lake.spend();
      world.now = new Date(world.now.getTime() + 2 * HOUR);
      await world.pull(kind, { run: 'run-2' });
      expect(await world.lake.spend()).toEqual(first);
      const tokens = world.calls.filter(({ call }) => call.url.pathname.includes('token'));
      expect(tokens.length).toBeGreaterThanOrEqual(2);
      expect(tokens.every(({ reply }) => reply.status === 200)).toBe(true);
    },
  );

  test('Microsoft’s refresh token is replaced with each use and the new one stored; its use ends the old one', async () => {
    const world = await lived();
    const old = JSON.parse(world.secrets.get('microsoft-ads') ?? '{}') as Record<string, string>;
    await world.pull('microsoft-ads');
    const stored = JSON.parse(world.secrets.get('microsoft-ads') ?? '{}') as Record<string, string>;
    expect(stored).toEqual({ ...old, refresh_token: expect.not.stringMatching(`^${old['refresh_token']}$`) });
    await world.pull('microsoft-ads', { run: 'run-2' });
    const newest = world.secrets.get('microsoft-ads') ?? '';
    world.secrets.set('microsoft-ads', JSON.stringify(old));
    const refused = await world.pull('microsoft-ads', { run: 'run-3', mayFail: true });
    expect(refused.problem).toMatchObject({ message: expect.stringContaining('invalid_grant') });
    world.secrets.set('microsoft-ads', newest);
    expect(await world.pull('microsoft-ads', { run: 'run-4' })).toMatchObject({ status: 'ok' });
  });

  test('a token that was withdrawn is not asked with again and again', async () => {
    const world = await lived();
    world.secrets.set('meta-ads', '{"token":"withdrawn"}');
    const report = await world.pull('meta-ads', { mayFail: true });
    expect(report.problem).toMatchObject({
      code: 'VENDOR_NO_PERMISSION',
      message: expect.stringContaining('190'),
    });
    expect(world.calls).toHaveLength(1);
  });
});

describe('what cannot be read is said, and nothing of it is loaded', () => {
  test.each<[AdKind, object, string, RegExp]>([
    ['google-ads', { accounts: [MANAGER] }, 'VENDOR_REFUSED', /REQUESTED_METRICS_FOR_MANAGER/],
    ['google-ads', { manager: undefined }, 'VENDOR_NO_PERMISSION', /USER_PERMISSION_DENIED/],
    ['google-ads', { version: 'v22' }, 'VENDOR_VERSION_ENDED', /UNSUPPORTED_VERSION/],
    ['microsoft-ads', { customer: '1' }, 'VENDOR_NO_PERMISSION', /UserIsNotAuthorized/],
    ['linkedin-ads', { accounts: ['1'] }, 'VENDOR_NO_PERMISSION', /no role/],
    ['linkedin-ads', { version: '202401' }, 'VENDOR_VERSION_ENDED', /NONEXISTENT_VERSION/],
    ['meta-ads', { accounts: ['1'] }, 'VENDOR_NO_PERMISSION', /#200/],
    ['meta-ads', { version: 'v24.0' }, 'VENDOR_VERSION_ENDED', /2635/],
  ])('%s with %j: %s', async (kind, keys, code, message) => {
    const world = await lived();
    const report = await world.pull(kind, { keys, mayFail: true });
    expect(report.status).toBe('failed');
    expect(report.problem).toMatchObject({
      code,
      message: expect.stringMatching(message),
      hint: expect.any(String),
    });
    expect(await world.lake.spend()).toEqual([]);
  });
});

describe('other ways of reading give the same', () => {
  test('Google’s pages as its stream', async () => {
    const world = await lived(40);
    await world.pull('google-ads');
    const stream = await world.lake.spend();
    await world.pull('google-ads', { run: 'run-2', keys: { method: 'search' } });
    expect(await world.lake.spend()).toEqual(stream);
    expect(world.calls.some(({ call }) => call.url.pathname.endsWith(':search'))).toBe(true);
  });

  test('Microsoft’s whole conversions are its fractions rounded, Meta’s windows of clicks hold what was attributed to them', async () => {
    const world = await lived();
    await world.pull('meta-ads', { keys: { click_window: '7d_click' } });
    const week = await world.lake.spend();
    await world.pull('meta-ads', {
      keys: { click_window: '1d_click', view_window: '1d_view' },
      run: 'run-2',
    });
    const day = await world.lake.spend();
    expect(day.length).toBe(week.length);
    for (const [index, row] of day.entries())
      expect(Number(row['conversions'])).toBe(Math.floor(Number(week[index]?.['conversions']) * 75) / 100);
  });

  test('a month before the company advertised has no report, and is empty', async () => {
    const world = await openAdWorld({ days: 3 });
    world.live();
    await world.pull('microsoft-ads', { startsOn: '2026-09-15' });
    const days = new Set((await world.lake.spend()).map((row) => row['spent_on']));
    expect([...days]).toEqual(['2026-11-19', '2026-11-20', '2026-11-21']);
    expect(world.calls.filter(({ call }) => call.url.hostname === 'localhost')).toHaveLength(1);
  });
});

describe('doctor', () => {
  test.each([
    ['google-ads', 'Marelune: EUR, days of Europe/Paris'],
    ['microsoft-ads', '1 account(s) give reports'],
    ['linkedin-ads', 'Marelune (VIEWER): EUR, days of UTC'],
    ['meta-ads', 'Marelune: EUR, days of Europe/Paris'],
  ] as const)('%s: %s', async (kind, finding) => {
    const world = await lived();
    const definition = await definitionOf(kind);
    const source = await sourceOf(kind, '2026-11-01', {});
    const vendor = openVendor(world.lake.platform, source, definition);
    expect(await definition.probe(vendor, source.settings)).toMatchObject({ status: 'ok', finding });
  });
});

test('800 days of all four come within seconds', async () => {
  const world = await openAdWorld({ days: 800 });
  world.live();
  const started = performance.now();
  for (const kind of AD_KINDS) await world.pull(kind);
  const seconds = (performance.now() - started) / 1000;
  const rows = await world.lake.spend();
  expect(rows).toHaveLength(800 * 11);
  expect(seconds).toBeLessThan(30);
});
