import { type Day, tradingDayBefore } from '../../kit/calendar.ts';
import { newsletterOf, sendDays } from '../../kit/outreach/mails.ts';
import { BROKEN_FORM, IDLE_CHANNEL } from './business/channels.ts';
import { type Effects, noEffects } from './business/effects.ts';
import { domainOf, NEWSLETTERS } from './business/heard.ts';
import { RISING } from './business/market.ts';
import { RULES } from './story-levels.ts';

/** Something planted in the data, with what Vigie has to make of it. */
export interface Story {
  readonly id:
    | 'broken-form'
    | 'idle-channel'
    | 'stalled-demos'
    | 'rising-competitor'
    | 'broken-links'
    | 'follower-drop'
    | 'search-overtaken'
    | 'dissatisfied-region';
  readonly title: { readonly en: string; readonly fr: string };
  /** First and last day of the cause. */
  readonly startsOn: string;
  readonly endsOn: string;
  /** The alert that must be opened. */
  readonly rule: string;
  readonly kpi: string;
  readonly member: { readonly dimension: string; readonly name: string; readonly id: string };
  /** Whom the explanation of these figures must name. */
  readonly culprits: readonly { readonly kpi: string; readonly dimension: string; readonly member: string }[];
  /** Words of which an explanation must hold at least one, by language. */
  readonly words: { readonly en: readonly string[]; readonly fr: readonly string[] };
}

/** Stories are planted backwards from the last trading day at or before the end. */
const FORM_DAYS_BACK = 6;
const CHANNEL_DAYS_BACK = 330;
const DEMOS_DAYS_BACK = 26;
const COMPETITOR_DAYS_BACK = 40;
const FOLLOWERS_DAYS_BACK = 9;
const SATISFACTION_DAYS_BACK = 30;
/** The month in which this day falls is the first that the service estimates otherwise. */
const SEARCH_DAYS_BACK = 45;
/** Of the followers of LinkedIn so many were no people. */
const FOLLOWERS_LOST = 0.3;
const VISITS_FACTOR = 3;

export interface Plot {
  readonly stories: readonly Story[];
  readonly effects: Effects;
}

/** The stories of a company whose last day is `days[last]`. */
export function plot(days: readonly Day[], last: number): Plot {
  const today = tradingDayBefore(days, last).index;
  const since = (back: number): number => Math.max(0, today - back);
  const starts = {
    form: since(FORM_DAYS_BACK),
    channel: since(CHANNEL_DAYS_BACK),
    demos: since(DEMOS_DAYS_BACK),
    competitor: since(COMPETITOR_DAYS_BACK),
    followers: since(FOLLOWERS_DAYS_BACK),
    search: monthOf(days, since(SEARCH_DAYS_BACK)),
    satisfaction: since(SATISFACTION_DAYS_BACK),
  };
  const sends = sendDays(days.slice(0, today + 1));
  const links = sends.at(-1)?.index ?? today;
  const newsletter = newsletterOf(NEWSLETTERS, Math.max(0, sends.length - 1));
  const endsOn = (days[last] as Day).date;
  const from = (index: number) => ({ startsOn: (days[index] as Day).date, endsOn });
  return {
    stories: [
      { ...FORM, ...from(starts.form) },
      { ...CHANNEL, ...from(starts.channel) },
      { ...DEMOS, ...from(starts.demos) },
      { ...COMPETITOR, ...from(starts.competitor) },
      { ...linksOf(newsletter), ...from(links) },
      { ...FOLLOWERS, ...from(starts.followers) },
      { ...SEARCH, ...from(starts.search) },
      { ...SATISFACTION, ...from(starts.satisfaction) },
    ],
    effects: {
      formBroken: (day) => day >= starts.form,
      syndication: (day) => day >= starts.channel,
      demosStall: (day) => day >= starts.demos,
      fieldaraWins: (day) => day >= starts.competitor,
      linksBroken: (day) => day >= links,
      followersLost: (network, day) =>
        network === 'LinkedIn' && day >= starts.followers ? FOLLOWERS_LOST : 0,
      visits: (domain, day) => (domain === OVERTAKING && day >= starts.search ? VISITS_FACTOR : 1),
      dissatisfied: (region, day) => region === DISSATISFIED && day >= starts.satisfaction,
    },
  };
}

/** The first day of the month that a day falls in, or of all. */
const monthOf = (days: readonly Day[], index: number): number =>
  Math.max(0, index + 1 - Number(days[index]?.date.slice(8)));

/** The same company when nothing out of the ordinary happens. */
export const uneventful: Plot = { stories: [], effects: noEffects };

type Fixed = Omit<Story, 'startsOn' | 'endsOn'>;

const FORM: Fixed = {
  id: 'broken-form',
  title: {
    en: 'The form for demo requests loses what is typed in',
    fr: 'Le formulaire de demande de démo perd ce qu’on y saisit',
  },
  rule: RULES.form,
  kpi: 'new_leads',
  member: { dimension: 'campaign', name: BROKEN_FORM, id: BROKEN_FORM },
  // Of a month's leads it is too small a part to be what moved them; the alert names it.
  culprits: [],
  words: { en: [BROKEN_FORM], fr: [BROKEN_FORM] },
};

const CHANNEL: Fixed = {
  id: 'idle-channel',
  title: {
    en: 'Leads bought from publishers never become customers',
    fr: 'Les leads achetés à des éditeurs ne deviennent jamais clients',
  },
  rule: RULES.channel,
  kpi: 'lead_to_customer_rate',
  member: { dimension: 'channel', name: IDLE_CHANNEL, id: IDLE_CHANNEL },
  // What it does is bring leads.
  culprits: [{ kpi: 'new_leads', dimension: 'channel', member: IDLE_CHANNEL }],
  words: { en: [IDLE_CHANNEL], fr: [IDLE_CHANNEL] },
};

const DEMOS: Fixed = {
  id: 'stalled-demos',
  title: {
    en: 'Demos wait for the one engineer who can give them',
    fr: 'Les démos attendent le seul ingénieur qui sait les faire',
  },
  rule: RULES.stage,
  kpi: 'stage_duration_days',
  member: { dimension: 'stage', name: 'Demo', id: 'demo' },
  culprits: [],
  words: { en: ['Demo'], fr: ['Demo'] },
};

const COMPETITOR: Fixed = {
  id: 'rising-competitor',
  title: { en: 'Fieldara begins to win', fr: 'Fieldara se met à gagner' },
  rule: RULES.competitor,
  kpi: 'competitive_win_rate',
  member: { dimension: 'competitor', name: RISING, id: RISING },
  culprits: [],
  words: { en: [RISING], fr: [RISING] },
};

const linksOf = (newsletter: string): Fixed => ({
  id: 'broken-links',
  title: {
    en: 'The links of a newsletter lead nowhere',
    fr: 'Les liens d’une newsletter ne mènent nulle part',
  },
  rule: RULES.links,
  kpi: 'email_click_rate',
  member: { dimension: 'campaign', name: newsletter, id: newsletter },
  // Of four weeks of newsletters, which take turns, one is no habit that is broken: the alert names it.
  culprits: [],
  words: { en: [newsletter], fr: [newsletter] },
});

const FOLLOWERS: Fixed = {
  id: 'follower-drop',
  title: {
    en: 'LinkedIn takes away followers who were no people',
    fr: 'LinkedIn retire des abonnés qui n’étaient personne',
  },
  rule: RULES.followers,
  kpi: 'social_followers',
  member: { dimension: 'network', name: 'LinkedIn', id: 'linkedin' },
  // A day is explained by the day before: that they were fewer is told of the first day alone.
  culprits: [],
  words: { en: ['LinkedIn'], fr: ['LinkedIn'] },
};

/** The domain of the competitor that is found more than the company. */
const OVERTAKING = domainOf('Tournelle');

const SEARCH: Fixed = {
  id: 'search-overtaken',
  title: { en: 'Tournelle overtakes in search', fr: 'Tournelle passe devant dans les moteurs de recherche' },
  rule: RULES.search,
  kpi: 'search_traffic_share',
  member: { dimension: 'competitor', name: OVERTAKING, id: OVERTAKING },
  // A share beside each competitor cannot be split over them; the alert names the one.
  culprits: [],
  words: { en: [OVERTAKING], fr: [OVERTAKING] },
};

const DISSATISFIED = 'UK & Ireland';

const SATISFACTION: Fixed = {
  id: 'dissatisfied-region',
  title: {
    en: 'Customers in the UK and Ireland wait for the help desk',
    fr: 'Les clients britanniques et irlandais attendent l’assistance',
  },
  rule: RULES.satisfaction,
  kpi: 'customer_satisfaction',
  member: { dimension: 'region', name: DISSATISFIED, id: DISSATISFIED },
  // One of five regions moves the whole within what chance does; the alert judges the region by itself.
  culprits: [],
  words: { en: [DISSATISFIED], fr: [DISSATISFIED] },
};
