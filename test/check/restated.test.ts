import { afterAll, beforeEach, expect, test } from 'vitest';
import { fallen } from '../../functions/lake/landing/restatement.ts';
import { AS_OF, scene } from './scene.ts';

const { load, check, reset, close } = scene();
beforeEach(reset);
afterAll(close);

const feeds = [{ table: 'ad_spend' as const, max_age_days: null }];
const day = (spent_on: string, campaign_id: string, cost: string, conversions: string, more = {}) => ({
  ...{ platform: 'google', account_id: '7', spent_on, campaign_id, campaign_name: 'C', channel: 'Ads' },
  ...{ impressions: 100, clicks: 10, cost, conversions, conversion_value: '0.0000', currency: 'EUR' },
  ...more,
});
const about = (run: string, asOf = AS_OF) => ({ run, asOf });
const told = async (asOf = AS_OF) =>
  (await check(feeds, { asOf })).filter(({ check: id }) => id === 'restated_fall');

const BEFORE = [
  day('2026-11-10', 'a', '100.0000', '12.0000'),
  day('2026-11-10', 'b', '20.5000', '3.0000'),
  day('2026-11-11', 'a', '50.0000', '10.0000'),
  day('2026-11-12', 'a', '50.0000', '10.0000'),
];

test('a past day whose conversions fall to nothing is told with before and after', async () => {
  await load('ad_spend', BEFORE, about('r1', '2026-11-19'));
  expect(await told('2026-11-19')).toEqual([]);
  await load(
    'ad_spend',
    [day('2026-11-10', 'a', '100.0000', '0.0000'), day('2026-11-10', 'b', '20.5000', '0.0000')],
    about('r2'),
  );
  const [finding] = await told();
  expect(finding).toMatchObject({
    severity: 'warning',
    table: 'ad_spend',
    source: 'erp',
    sample: 'google 7 2026-11-10',
  });
  expect(finding?.message).toContain('google 7 2026-11-10: conversions 15 → 0');
  expect(finding?.message).not.toContain('cost 1');
});

test('the load repeated after it was killed says the same; so does a second delivery of the day', async () => {
  await load('ad_spend', BEFORE, about('r1', '2026-11-19'));
  const fallenDay = [day('2026-11-11', 'a', '0.0000', '0.0000')];
  await load('ad_spend', fallenDay, about('r2'));
  const first = await told();
  expect(first[0]?.message).toContain('cost 50 → 0, conversions 10 → 0');
  await load('ad_spend', fallenDay, about('r2'));
  expect(await told()).toEqual(first);
  await load('ad_spend', fallenDay, about('r3'));
  expect(await told()).toEqual(first);
  // Delivered right on the same day: nothing is left to tell.
  await load('ad_spend', [day('2026-11-11', 'a', '50.0000', '9.0000')], about('r4'));
  expect(await told()).toEqual([]);
});

test('a day emptied as a whole is told, and only on its day', async () => {
  await load('ad_spend', BEFORE, about('r1', '2026-11-19'));
  const gone = { platform: 'google', account_id: '7', spent_on: '2026-11-12', _empty: true };
  await load('ad_spend', [day('2026-11-11', 'a', '50.0000', '10.0000'), gone], about('r2'));
  expect((await told())[0]?.message).toContain('google 7 2026-11-12: cost 50 → 0, conversions 10 → 0');
  await load('ad_spend', [day('2026-11-13', 'a', '1.0000', '0.0000')], about('r3', '2026-11-21'));
  expect(await told('2026-11-21')).toEqual([]);
});

test.each([
  ['a rise', '60.0000', '20.0000'],
  ['a small fall, as platforms have them', '49.0000', '6.0000'],
])('%s is not worth a word', async (_, cost, conversions) => {
  await load('ad_spend', BEFORE, about('r1', '2026-11-19'));
  await load('ad_spend', [day('2026-11-11', 'a', cost, conversions)], about('r2'));
  expect(await told()).toEqual([]);
});

test('another mapping changes figures on purpose', async () => {
  await load('ad_spend', BEFORE, about('r1', '2026-11-19'));
  await load('ad_spend', [day('2026-11-11', 'a', '50.0000', '0.0000')], {
    ...about('r2'),
    mappingHash: 'm2',
  });
  expect(await told()).toEqual([]);
});

test('the company sets how large a fall is told', () => {
  const fell = {
    asOf: AS_OF,
    scope: [],
    before: { cost: '100', conversions: '0' },
    after: { cost: '65', conversions: '0' },
  };
  expect([0.3, 0.35, 0.5].map((share) => fallen(fell, share))).toEqual([['cost'], [], []]);
  expect(fallen({ ...fell, after: { cost: '0', conversions: '0' } }, 1)).toEqual(['cost']);
});
