import type { Day } from '../../../kit/calendar.ts';
import type { Outreach, OutreachEffects } from '../../../kit/outreach/heard.ts';
import { DOMAIN } from '../config/outreach.ts';
import { COMPETITORS, REGIONS } from './market.ts';

/** What goes out by mail, in turn. */
export const NEWSLETTERS = ['Product news', 'A customer tells', 'Webinar'] as const;

export const domainOf = (competitor: string): string => `${competitor.toLowerCase()}.example`;

/** Who else sells planning software, what goes out by mail, where customers are asked. */
export const outreachOf = (company: {
  readonly seed: number;
  readonly scale: number;
  readonly days: readonly Day[];
  readonly last: number;
  readonly effects: OutreachEffects;
}): Outreach => ({
  ...company,
  growth: company.scale,
  domain: DOMAIN,
  rivals: COMPETITORS.map((name) => ({ name, domain: domainOf(name) })),
  regions: REGIONS,
  newsletters: NEWSLETTERS,
});
