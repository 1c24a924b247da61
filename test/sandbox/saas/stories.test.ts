import { describe, expect, test } from 'vitest';
import { FORMS, ORIGINS } from '../../../sandbox/companies/saas/business/channels.ts';
import { domainOf, NEWSLETTERS } from '../../../sandbox/companies/saas/business/heard.ts';
import { COMPETITORS, REGIONS } from '../../../sandbox/companies/saas/business/market.ts';
import { invent } from '../../../sandbox/companies/saas/invent.ts';
import { LEVELS } from '../../../sandbox/companies/saas/story-levels.ts';
import { truthOf } from '../../../sandbox/companies/saas/truth/count.ts';
import type { DayTruth } from '../../../sandbox/companies/saas/truth/day-truth.ts';
import {
  channelWins,
  competitorWins,
  firesOn,
  formChange,
  isBelow,
  stageChange,
} from '../../../sandbox/companies/saas/truth/firing.ts';
import {
  clicksOf,
  followersChange,
  type Heard,
  heardOf,
  satisfactionOf,
  searchShare,
} from '../../../sandbox/kit/outreach/firing.ts';

const lived = (seed: number, endsOn: string, stories: boolean) => {
  const invention = invent({ seed, endsOn, days: 1000, scale: 1, stories });
  const { company, days, last, outreach, stories: planted } = invention;
  return { planted, days: days.slice(0, last + 1), truth: truthOf(company), heard: heardOf(outreach) };
};

describe('the stories of the software company, in the truth', () => {
  // A weekday, a Sunday, after the summer, after Easter.
  test.each(['2026-11-20', '2026-11-29', '2026-09-02', '2026-04-10'])('each is noticed by %s', (endsOn) => {
    const { planted, days, truth, heard } = lived(1887, endsOn, true);
    const noticed = planted.map((story) => [story.id, firesOn(story, days, truth, heard)]);
    expect(noticed.filter(([, day]) => day === null)).toEqual([]);
  });

  test.each([1887, 2])('without stories a year stays within every level (seed %i)', (seed) => {
    const { days, truth, heard } = lived(seed, '2026-11-21', false);
    const crossed = days
      .slice(-365)
      .filter(({ trading }) => trading)
      .flatMap(({ index, date }) =>
        [...crossedOn(truth.slice(0, index + 1)), ...heardOn(heard, index)].map((what) => `${date} ${what}`),
      );
    expect(crossed).toEqual([]);
  });
});

/** What any of the rules of the funnel would open on the last of these days. */
function crossedOn(truth: readonly DayTruth[]): string[] {
  const channels = [...new Set(ORIGINS.map(({ channel }) => channel))];
  const { channelWins: wins, channelWinsVolume, competitorWins: rate, competitorWinsVolume } = LEVELS;
  const exits = (stage: string) =>
    truth.slice(-28).reduce((sum, day) => sum + (day.stages[stage]?.exits ?? 0), 0);
  return [
    ...FORMS.filter((form) => formChange(truth, form) < LEVELS.formLeads),
    ...channels.filter((channel) => isBelow(channelWins(truth, channel), wins, channelWinsVolume)),
    ...COMPETITORS.filter((name) => isBelow(competitorWins(truth, name), rate, competitorWinsVolume)),
    ...['qualified', 'demo', 'trial', 'proposal', 'negotiation'].filter(
      (stage) => exits(stage) >= LEVELS.stageDaysVolume && stageChange(truth, stage) > LEVELS.stageDays,
    ),
  ];
}

/** What any of the rules of outreach would open on a day. */
function heardOn(heard: Heard, day: number): string[] {
  const { clicks, followers, searchShare: share, satisfaction, satisfactionVolume } = LEVELS;
  return [
    ...NEWSLETTERS.filter((name) => {
      const [clicked, delivered] = clicksOf(heard, name, day);
      return delivered > 0 && clicked / delivered < clicks;
    }),
    ...['LinkedIn', 'Facebook'].filter((network) => followersChange(heard, network, day) < followers),
    ...COMPETITORS.map(domainOf).filter((domain) => searchShare(heard, domain, day) < share),
    ...REGIONS.filter((region) =>
      isBelow(satisfactionOf(heard, region, day), satisfaction, satisfactionVolume),
    ),
  ];
}
