import { describe, expect, test } from 'vitest';
import { addDays } from '../../../functions/lake/values/day.ts';
import type { CompanyDay } from '../../../sandbox/companies/wholesale/business/company.ts';
import { AD_KINDS, type AdWorld, openAdWorld } from './ad-world.ts';

/** Ten days of a small company. */
const small = () => openAdWorld({ days: 10 });
const END = '2026-11-21';

const conversions = async (world: AdWorld, day: string, platform: string): Promise<number> => {
  const rows = await world.lake.spend(`platform = '${platform}' AND spent_on = DATE '${day}'`);
  return rows.reduce((sum, row) => sum + Number(row['conversions']), 0);
};

/** The days a company lived, to tell a vendor again, changed. */
const lifeOf = (world: AdWorld): CompanyDay[] => [...world.invention.company.live()];

describe('restating', () => {
  test('Google’s later word on a day replaces the earlier, morning after morning', async () => {
    const world = await small();
    world.live(8);
    const seen: number[] = [];
    for (const [index, asOf] of [addDays(END, -2), addDays(END, -1), END].entries()) {
      await world.pull('google-ads', { asOf, run: `run-${index}` });
      seen.push(await conversions(world, addDays(END, -2), 'google'));
      world.live(1);
    }
    const [first = 0, second = 0, last = 0] = seen;
    // 70 %, 90 %, all: each campaign rounded to hundredths.
    expect(first / last).toBeCloseTo(0.7, 1);
    expect(second / last).toBeCloseTo(0.9, 1);
    expect(first).toBeLessThan(second);
    expect(second).toBeLessThan(last);
  });

  test.each(AD_KINDS)(
    '%s: a campaign that is gone from a day leaves the lake, a day that is empty is emptied',
    async (kind) => {
      const world = await small();
      world.live();
      await world.pull(kind);
      const [platform = ''] = kind.split('-');
      const before = await world.lake.spend(`platform = '${platform}'`);
      const days = lifeOf(world).filter(({ day }) => day.date === END || day.date === addDays(END, -1));
      const [partly, empty] = days as [CompanyDay, CompanyDay];
      const mine = partly.spends.filter(({ campaign }) => campaign.platform === platform);
      world.vendors.get(kind)?.day({ ...partly, spends: mine.slice(1) });
      world.vendors.get(kind)?.day({ ...empty, spends: [] });
      await world.pull(kind, { run: 'run-2' });
      const after = await world.lake.spend(`platform = '${platform}'`);
      const gone = mine[0]?.campaign.id;
      const kept = before.filter(
        (row) =>
          row['spent_on'] !== END && !(row['spent_on'] === partly.day.date && row['campaign_id'] === gone),
      );
      expect(kept.length).toBeLessThan(before.length);
      const withoutNumbers = (rows: typeof before) =>
        rows.map(({ conversions, conversion_value, ...row }) => row);
      expect(withoutNumbers(after)).toEqual(withoutNumbers(kept));
    },
  );

  test('days before the look-back keep what was read of them', async () => {
    const world = await small();
    world.live();
    const keys = { look_back_days: 2 };
    await world.pull('meta-ads', { keys });
    const before = await world.lake.spend();
    for (const happened of lifeOf(world)) world.vendors.get('meta-ads')?.day({ ...happened, spends: [] });
    await world.pull('meta-ads', { keys, run: 'run-2' });
    const after = await world.lake.spend();
    expect(after).toEqual(before.filter((row) => String(row['spent_on']) < addDays(END, -1)));
    expect(after.length).toBeGreaterThan(0);
  });
});
