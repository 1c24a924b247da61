import type { Day } from '../../../kit/calendar.ts';
import { randomStream } from '../../../kit/random.ts';
import { IDLE_CHANNEL } from './channels.ts';
import type { Effects } from './effects.ts';

export type Platform = 'google' | 'linkedin';

export interface Campaign {
  readonly platform: Platform;
  readonly channel: 'Google Ads' | 'LinkedIn Ads';
  readonly account: string;
  readonly id: string;
  readonly name: string;
  /** Cents on an average weekday, at scale 1; of a click. */
  readonly cost: number;
  readonly click: number;
}

export const CAMPAIGNS: readonly Campaign[] = [
  campaign('google', '21904417730', 'Search field service', 54_000, 420),
  campaign('google', '21904417812', 'Search dispatching', 31_000, 380),
  campaign('linkedin', '640218871', 'Heads of service', 44_000, 760),
  campaign('linkedin', '640218904', 'Facility managers', 28_000, 690),
];

function campaign(platform: Platform, id: string, name: string, cost: number, click: number): Campaign {
  const [channel, account] =
    platform === 'google'
      ? (['Google Ads', '7730192846'] as const)
      : (['LinkedIn Ads', '510884203'] as const);
  return { platform, channel, account, id, name, cost, click };
}

export interface Spend {
  readonly campaign: Campaign;
  readonly day: Day;
  /** Cents. */
  readonly cost: number;
  readonly clicks: number;
  readonly impressions: number;
}

/** What the campaigns cost on a day: less at weekends, a tenth more or less. */
export function spendOf(seed: number, scale: number): (day: Day) => Spend[] {
  return (day) => {
    const random = randomStream(seed, `spend/${day.date}`);
    const busy = day.weekday < 5 ? 1 : 0.35;
    const growth = 1 + (0.1 * day.index) / 365;
    return CAMPAIGNS.map((of) => {
      const cost = Math.round(of.cost * busy * growth * scale * (0.9 + 0.2 * random.float()));
      const clicks = Math.round(cost / of.click);
      return { campaign: of, day, cost, clicks, impressions: clicks * random.between(38, 60) };
    });
  };
}

/** A posting of marketing or sales cost beyond media. */
export interface Cost {
  readonly id: string;
  readonly day: Day;
  readonly kind: 'marketing' | 'sales';
  readonly category: string;
  readonly channel: string | null;
  /** Cents. */
  readonly amount: number;
}

/** Cents a week at scale 1. */
const WEEKLY: readonly (readonly [Cost['kind'], string, string | null, number])[] = [
  ['marketing', 'content', 'Organic search', 310_000],
  ['marketing', 'people', null, 470_000],
  ['marketing', 'tools', 'Newsletter', 85_000],
  ['marketing', 'analytics', null, 90_000],
  ['marketing', 'events', 'Events', 160_000],
  ['marketing', 'agency', 'Webinars', 75_000],
  ['marketing', 'agency', 'Partners', 60_000],
  ['sales', 'people', null, 1_520_000],
  ['sales', 'travel', null, 110_000],
];
const SYNDICATION = ['marketing', 'content', IDLE_CHANNEL, 120_000] as const;

/** The postings of a day; they are made on Mondays. */
export function costsOf(seed: number, scale: number, effects: Effects): (day: Day) => Cost[] {
  return (day) => {
    if (day.weekday !== 0) return [];
    const random = randomStream(seed, `costs/${day.date}`);
    const growth = scale * (1 + (0.08 * day.index) / 365);
    return [...WEEKLY, ...(effects.syndication(day.index) ? [SYNDICATION] : [])].map(
      ([kind, category, channel, weekly], at) => ({
        ...{ id: `${day.compact}-${at + 1}`, day, kind, category, channel },
        amount: Math.round(weekly * growth * (0.97 + 0.06 * random.float())),
      }),
    );
  };
}

/** Planned cost of a quarter by channel and category: the weekly cost, 13 times, rounded up to full hundreds. */
export const quarterPlan = (
  scale: number,
): readonly { readonly category: string; readonly channel: string | null; readonly amount: number }[] =>
  WEEKLY.filter(([kind]) => kind === 'marketing').map(([, category, channel, weekly]) => ({
    ...{ category, channel },
    amount: Math.ceil((weekly * scale * 13) / 10_000) * 10_000,
  }));

export interface Reach {
  readonly day: Day;
  readonly channel: string;
  readonly people: number;
}

/** People of the target reached in an average week, at scale 1. */
const WEEKLY_REACH: readonly (readonly [string, number])[] = [
  ['Google Ads', 5_200],
  ['LinkedIn Ads', 9_400],
  ['Organic search', 4_100],
  ['Webinars', 900],
  ['Events', 450],
];

/** Counted on Mondays for the week before. */
export function reachOf(seed: number, scale: number): (day: Day) => Reach[] {
  return (day) => {
    if (day.weekday !== 0) return [];
    const random = randomStream(seed, `reach/${day.date}`);
    return WEEKLY_REACH.map(([channel, people]) => ({
      ...{ day, channel },
      people: Math.round(people * scale * (0.9 + 0.2 * random.float())),
    }));
  };
}
