import type { Day } from '../../../kit/calendar.ts';
import { type Random, randomStream } from '../../../kit/random.ts';
import type { Effects } from './effects.ts';

export type Platform = 'google' | 'microsoft' | 'linkedin' | 'meta';

export interface Campaign {
  readonly platform: Platform;
  readonly id: string;
  readonly name: string;
  /** Cents on an average day. */
  readonly dailyCost: number;
  /** Cents a click. */
  readonly click: number;
  /** Orders that the platform claims, in hundredths a day, and what each is worth in cents. */
  readonly conversions: number;
  readonly value: number;
}

export const ACCOUNTS: Readonly<Record<Platform, string>> = {
  google: '4821937605',
  microsoft: '188204517',
  linkedin: '507719264',
  meta: '1093348827715',
};

/** The campaign of the runaway-cost story. */
const RUNAWAY = { id: '628311904', name: 'Fleet managers DACH' } as const;

export const CAMPAIGNS: readonly Campaign[] = [
  {
    platform: 'google',
    id: '20711530841',
    name: 'Brand',
    dailyCost: 12_000,
    click: 62,
    conversions: 640,
    value: 61_000,
  },
  {
    platform: 'google',
    id: '20711530902',
    name: 'All-season tyres',
    dailyCost: 26_000,
    click: 118,
    conversions: 470,
    value: 74_000,
  },
  {
    platform: 'google',
    id: '20711531077',
    name: 'Truck tyres',
    dailyCost: 19_000,
    click: 164,
    conversions: 180,
    value: 139_000,
  },
  {
    platform: 'google',
    id: '20711531140',
    name: 'Shopping parts',
    dailyCost: 23_000,
    click: 71,
    conversions: 520,
    value: 38_000,
  },
  {
    platform: 'microsoft',
    id: '419200316',
    name: 'Search tyres',
    dailyCost: 13_000,
    click: 88,
    conversions: 160,
    value: 69_000,
  },
  {
    platform: 'microsoft',
    id: '419200377',
    name: 'Audience garages',
    dailyCost: 8_000,
    click: 64,
    conversions: 70,
    value: 58_000,
  },
  {
    platform: 'linkedin',
    id: RUNAWAY.id,
    name: RUNAWAY.name,
    dailyCost: 16_000,
    click: 520,
    conversions: 60,
    value: 182_000,
  },
  {
    platform: 'linkedin',
    id: '628311950',
    name: 'Workshop owners',
    dailyCost: 11_000,
    click: 430,
    conversions: 45,
    value: 121_000,
  },
  {
    platform: 'linkedin',
    id: '628312003',
    name: 'Employer brand',
    dailyCost: 5_000,
    click: 390,
    conversions: 4,
    value: 60_000,
  },
  {
    platform: 'meta',
    id: '23860114770930',
    name: 'Retargeting carts',
    dailyCost: 15_000,
    click: 54,
    conversions: 260,
    value: 43_000,
  },
  {
    platform: 'meta',
    id: '23860114770977',
    name: 'Season start',
    dailyCost: 12_000,
    click: 47,
    conversions: 120,
    value: 41_000,
  },
];

/** What a platform reports of a campaign on a day. */
export interface Spend {
  readonly campaign: Campaign;
  readonly day: Day;
  readonly impressions: number;
  readonly clicks: number;
  /** Cents. */
  readonly cost: number;
  /** Hundredths. */
  readonly conversions: number;
  /** Cents. */
  readonly value: number;
}

const WEEK = [1.1, 1.08, 1.06, 1.06, 1.04, 0.86, 0.8];

/** `growth` multiplies budgets, as the number of customers grows. */
export function spendOf(seed: number, growth: number, effects: Effects): (day: Day) => Spend[] {
  return (day) => {
    const random = randomStream(seed, `ads/${day.date}`);
    return CAMPAIGNS.map((campaign) =>
      oneSpend(
        campaign,
        day,
        growth,
        random,
        campaign.id === RUNAWAY.id ? effects.campaignCost(day.index) : 1,
      ),
    );
  };
}

/** A runaway campaign pays more for its clicks and gets some more of them; it sells nothing more. */
function oneSpend(campaign: Campaign, day: Day, growth: number, random: Random, runaway: number): Spend {
  const usual = campaign.dailyCost * growth * (WEEK[day.weekday] as number) * (0.94 + 0.12 * random.float());
  const clicks = Math.max(1, Math.round(((usual / campaign.click) * (1 + runaway)) / 2));
  const conversions = Math.round(campaign.conversions * growth * (0.8 + 0.4 * random.float()));
  return {
    campaign,
    day,
    impressions: clicks * random.between(28, 46),
    clicks,
    cost: Math.round(usual * runaway),
    conversions,
    value: Math.round((conversions * campaign.value * (0.9 + 0.2 * random.float())) / 100),
  };
}

/**
 * Platforms attribute late: of the conversions of a day, 70 % are reported the same day, 90 % a day later, all after
 * two days. `age` in days; the newest export has the last word.
 */
export function reportedAt(spend: Spend, age: number): Spend {
  const share = age === 0 ? 70 : age === 1 ? 90 : 100;
  return {
    ...spend,
    conversions: Math.round((spend.conversions * share) / 100),
    value: Math.round((spend.value * share) / 100),
  };
}
