import type { Day } from '../../../kit/calendar.ts';
import { randomStream } from '../../../kit/random.ts';

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

/** Weekly, so that any 28 days hold four postings of each. Cents at scale 1. */
const WEEKLY: readonly (readonly [Cost['kind'], string, string | null, number])[] = [
  ['marketing', 'content', 'Organic search', 125_000],
  ['marketing', 'agency', null, 110_000],
  ['marketing', 'tools', 'Newsletter', 60_000],
  ['marketing', 'analytics', null, 45_000],
  ['marketing', 'events', 'Trade fair', 95_000],
  ['marketing', 'people', null, 165_000],
  ['sales', 'people', null, 640_000],
  ['sales', 'travel', null, 110_000],
];

/** The postings of a day; they are made on Mondays. */
export function costsOf(seed: number, growth: number): (day: Day) => Cost[] {
  return (day) => {
    if (day.weekday !== 0) return [];
    const random = randomStream(seed, `costs/${day.date}`);
    return WEEKLY.map(([kind, category, channel, weekly], index) => ({
      id: `${day.compact}-${index + 1}`,
      day,
      kind,
      category,
      channel,
      amount: Math.round(weekly * growth * (0.97 + 0.06 * random.float())),
    }));
  };
}

/** Planned cost of a quarter by channel and category: the weekly cost, 13 times, rounded up to full hundreds. */
export const quarterPlan = (
  growth: number,
): readonly { readonly category: string; readonly channel: string | null; readonly amount: number }[] =>
  WEEKLY.filter(([kind]) => kind === 'marketing').map(([, category, channel, weekly]) => ({
    category,
    channel,
    amount: Math.ceil((weekly * growth * 13) / 10_000) * 10_000,
  }));
