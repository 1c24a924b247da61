import type { Day } from '../../../kit/calendar.ts';
import {
  clicksOf,
  followersChange,
  type Heard,
  satisfactionOf,
  searchShare,
} from '../../../kit/outreach/firing.ts';
import { BROKEN_FORM, IDLE_CHANNEL } from '../business/channels.ts';
import { RISING } from '../business/market.ts';
import type { Story } from '../stories.ts';
import { LEVELS } from '../story-levels.ts';
import type { DayTruth, Share } from './day-truth.ts';

const YEAR = 364;

/**
 * First trading day, from the story's first day on, on which its rule opens: worked out from the truth with the rule's
 * window, level and guards. Null when it does not before the end.
 */
export function firesOn(
  story: Story,
  days: readonly Day[],
  truth: readonly DayTruth[],
  heard: Heard,
): string | null {
  const crossed = CROSSED[story.id];
  const from = days.findIndex(({ date }) => date === story.startsOn);
  for (let at = from; at < truth.length; at += 1)
    if (days[at]?.trading && crossed(truth.slice(0, at + 1), heard, story)) return days[at]?.date ?? null;
  return null;
}

/** Whether the rule of a story opens on the last of these days. */
const CROSSED: Readonly<
  Record<Story['id'], (truth: readonly DayTruth[], heard: Heard, story: Story) => boolean>
> = {
  'broken-form': (truth) => formChange(truth, BROKEN_FORM) < LEVELS.formLeads,
  'idle-channel': (truth) =>
    isBelow(channelWins(truth, IDLE_CHANNEL), LEVELS.channelWins, LEVELS.channelWinsVolume),
  'stalled-demos': (truth) => stageChange(truth, 'demo') > LEVELS.stageDays,
  'rising-competitor': (truth) =>
    isBelow(competitorWins(truth, RISING), LEVELS.competitorWins, LEVELS.competitorWinsVolume),
  'broken-links': (truth, heard, { member }) => {
    const [clicked, delivered] = clicksOf(heard, member.id, truth.length - 1);
    return delivered >= LEVELS.clicksVolume && clicked / delivered < LEVELS.clicks;
  },
  'follower-drop': (truth, heard) => followersChange(heard, 'LinkedIn', truth.length - 1) < LEVELS.followers,
  'search-overtaken': (truth, heard, { member }) =>
    searchShare(heard, member.id, truth.length - 1) < LEVELS.searchShare,
  'dissatisfied-region': (truth, heard, { member }) =>
    isBelow(
      satisfactionOf(heard, member.id, truth.length - 1),
      LEVELS.satisfaction,
      LEVELS.satisfactionVolume,
    ),
};

const sum = (days: readonly DayTruth[], of: (day: DayTruth) => number): number =>
  days.reduce((total, day) => total + of(day), 0);
const shareOf = (days: readonly DayTruth[], of: (day: DayTruth) => Share | undefined): Share => [
  sum(days, (day) => of(day)?.[0] ?? 0),
  sum(days, (day) => of(day)?.[1] ?? 0),
];

/** Leads of a form in 7 days against the year before: -1 is none at all. */
export function formChange(truth: readonly DayTruth[], form: string): number {
  const leads = (days: readonly DayTruth[]) => sum(days.slice(-7), (day) => day.leadsByCampaign[form] ?? 0);
  const before = leads(truth.slice(0, -YEAR));
  return truth.length < YEAR + 7 || before === 0 ? 0 : leads(truth) / before - 1;
}

/** Days in a stage, of 28 days against the year before. */
export function stageChange(truth: readonly DayTruth[], stage: string): number {
  const mean = (days: readonly DayTruth[]) =>
    sum(days.slice(-28), (day) => day.stages[stage]?.stayDays ?? 0) /
    sum(days.slice(-28), (day) => day.stages[stage]?.exits ?? 0);
  const change = mean(truth) / mean(truth.slice(0, -YEAR)) - 1;
  return Number.isNaN(change) ? 0 : change;
}

export const channelWins = (truth: readonly DayTruth[], channel: string): Share =>
  shareOf(truth.slice(-365), (day) => day.wonIn180[channel]);

export const competitorWins = (truth: readonly DayTruth[], competitor: string): Share =>
  shareOf(truth.slice(-28), (day) => day.wonAgainst[competitor]);

/** The 97.5 % point of the normal distribution. */
const Z = 1.959964;

/** Whether a share is below a level by more than chance: the upper end of Wilson's interval of 95 %. */
export function isBelow([part, whole]: Share, level: number, least: number): boolean {
  if (whole < least) return false;
  const share = part / whole;
  const square = (Z * Z) / whole;
  const half = Z * Math.sqrt((share * (1 - share)) / whole + square / (4 * whole));
  return (share + square / 2 + half) / (1 + square) < level;
}
