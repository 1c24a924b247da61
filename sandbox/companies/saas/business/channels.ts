import type { Effects } from './effects.ts';

/** Where leads come from: a channel and, in it, a campaign or a form of the site. */
export interface Origin {
  readonly channel: string;
  readonly campaign: string;
  /** Leads on an average weekday at scale 1. */
  readonly leads: number;
  /** Share of its leads that marketing finds qualified, and of those that sales does. */
  readonly mql: number;
  readonly sql: number;
  /** How its leads are spread: evenly, or on the days of webinars and fairs. */
  readonly rhythm: 'steady' | 'webinars' | 'fairs';
}

/** The form of the story, and the other forms of the site. */
export const BROKEN_FORM = 'Demo request form';
export const FORMS = [BROKEN_FORM, 'Contact form', 'White paper form'] as const;

/** The channel of the story: leads bought from publishers, cheap and many. */
export const IDLE_CHANNEL = 'Content syndication';

export const ORIGINS: readonly Origin[] = [
  origin('Organic search', BROKEN_FORM, 5.4, 0.62, 0.62),
  origin('Organic search', 'Contact form', 2.6, 0.5, 0.52),
  origin('Organic search', 'White paper form', 3, 0.3, 0.34),
  origin('Google Ads', 'Search field service', 4.4, 0.46, 0.5),
  origin('Google Ads', 'Search dispatching', 2.4, 0.42, 0.46),
  origin('LinkedIn Ads', 'Heads of service', 3.2, 0.4, 0.42),
  origin('LinkedIn Ads', 'Facility managers', 2, 0.36, 0.38),
  origin('Webinars', 'Planning live', 2.4, 0.44, 0.42, 'webinars'),
  origin('Partners', 'Integrators', 1.6, 0.66, 0.64),
  origin('Events', 'Trade fairs', 1, 0.5, 0.46, 'fairs'),
  origin('Referral', 'Customer referral', 1.3, 0.72, 0.7),
];

/** Begins with its story; without stories there is no such channel. */
export const SYNDICATION: Origin = origin(IDLE_CHANNEL, 'White papers at publishers', 4.2, 0.38, 0.1);

function origin(
  channel: string,
  campaign: string,
  leads: number,
  mql: number,
  sql: number,
  rhythm: Origin['rhythm'] = 'steady',
): Origin {
  return { channel, campaign, leads, mql, sql, rhythm };
}

/** The origins that bring leads on a day. */
export const originsOn = (day: number, effects: Effects): readonly Origin[] =>
  [...ORIGINS, ...(effects.syndication(day) ? [SYNDICATION] : [])].filter(
    ({ campaign }) => campaign !== BROKEN_FORM || !effects.formBroken(day),
  );
