import type { Day } from '../calendar.ts';

/** What a company does to be heard, and what is heard of others: what its tools export beside its systems. */
export interface Outreach {
  readonly seed: number;
  readonly days: readonly Day[];
  /** Index of the last day. */
  readonly last: number;
  /** How large the company is: 1 is usual. */
  readonly growth: number;
  /** Its domain on the web. */
  readonly domain: string;
  /** Competitors by name, and their domains. */
  readonly rivals: readonly { readonly name: string; readonly domain: string }[];
  /** Where its customers are asked. */
  readonly regions: readonly string[];
  /** Newsletters, in turn. */
  readonly newsletters: readonly string[];
  /** What planted stories do to it; none by default. */
  readonly effects?: OutreachEffects;
}

/** What planted stories do to what a company is heard by: by day index. */
export interface OutreachEffects {
  /** Whether the links of a newsletter sent on that day lead nowhere. */
  linksBroken(day: number): boolean;
  /** Share of the followers of a network that is gone. */
  followersLost(network: string, day: number): number;
  /** Factor on the visits to a competitor's domain. */
  visits(domain: string, day: number): number;
  /** Whether the customers of a region are dissatisfied. */
  dissatisfied(region: string, day: number): boolean;
}

export const ordinary: OutreachEffects = {
  linksBroken: () => false,
  followersLost: () => 0,
  visits: () => 1,
  dissatisfied: () => false,
};

/** The days that were lived. */
export const lived = ({ days, last }: Outreach): readonly Day[] => days.slice(0, last + 1);
