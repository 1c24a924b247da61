import { type Day, tradingDayBefore } from '../../kit/calendar.ts';
import { BROKEN_FORM, IDLE_CHANNEL } from './business/channels.ts';
import { type Effects, noEffects } from './business/effects.ts';
import { RISING } from './business/market.ts';
import { RULES } from './story-levels.ts';

/** Something planted in the data, with what Vigie has to make of it. */
export interface Story {
  readonly id: 'broken-form' | 'idle-channel' | 'stalled-demos' | 'rising-competitor';
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
  };
  const endsOn = (days[last] as Day).date;
  const from = (index: number) => ({ startsOn: (days[index] as Day).date, endsOn });
  return {
    stories: [
      { ...FORM, ...from(starts.form) },
      { ...CHANNEL, ...from(starts.channel) },
      { ...DEMOS, ...from(starts.demos) },
      { ...COMPETITOR, ...from(starts.competitor) },
    ],
    effects: {
      formBroken: (day) => day >= starts.form,
      syndication: (day) => day >= starts.channel,
      demosStall: (day) => day >= starts.demos,
      fieldaraWins: (day) => day >= starts.competitor,
    },
  };
}

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
