import { beforeAll, describe, expect, test } from 'vitest';
import { SYNDICATION } from '../../sandbox/companies/saas/business/channels.ts';
import {
  type PlantedStory,
  type SaasSummary,
  saasDefaults,
  writeSaas,
} from '../../sandbox/companies/saas/write-saas.ts';
import { END, type LivedYear, liveAYear } from './lived-year.ts';

let year: LivedYear<PlantedStory, SaasSummary>;
beforeAll(async () => {
  year = await liveAYear(
    (folder) => writeSaas({ ...saasDefaults, folder, endsOn: END }),
    ['net_revenue', 'orders', 'new_leads'],
  );
});

const stories = [
  'broken-form',
  'idle-channel',
  'stalled-demos',
  'rising-competitor',
  'broken-links',
  'follower-drop',
  'search-overtaken',
  'dissatisfied-region',
] as const;
const languages = ['en', 'fr'] as const;

describe('over a year of days of the software company', () => {
  test('each planted alert opens on its day, and nothing else opens', () => {
    const opened = year.events.filter((event) => event.kind === 'opened');
    console.info(
      [
        `${year.firstDay} to ${END}: ${stories.length} alerts planted, ${opened.length} opened:`,
        ...opened.map((event) => `  ${event.asOf} ${event.rule} ${event.member ?? ''}`),
      ].join('\n'),
    );
    const planted = stories.map((id) => year.story(id));
    expect(opened.map(({ asOf, rule, member }) => `${asOf} ${rule} ${member}`).sort()).toEqual(
      planted.map(({ firesOn, rule, member }) => `${firesOn} ${rule} ${member.id}`).sort(),
    );
  });

  test('none of them ends before its cause does, and no rule lacks data', () => {
    expect(year.events.filter((event) => event.kind === 'resolved')).toEqual([]);
    expect(year.events.filter((event) => event.kind === 'no_data')).toEqual([]);
  });

  test('no run has a failure', () => {
    for (const run of year.runs) {
      expect(run.pulls.filter((pull) => pull.status === 'failed')).toEqual([]);
      expect(run.kpis.filter((kpi) => kpi.status === 'failed')).toEqual([]);
      expect(run.mails.filter((mail) => mail.status === 'failed')).toEqual([]);
    }
  });
});

describe.each(stories)('%s', (id) => {
  test.each(languages)('is told by name on its day (%s)', async (language) => {
    const story = year.story(id);
    const text = await year.digest(story.firesOn, language);
    expect(
      story.words[language].filter((word) => text.includes(word)),
      text,
    ).not.toEqual([]);
  });

  test('the planted cause is named where it is one', async () => {
    for (const { kpi, ...planted } of year.story(id).culprits)
      expect(await named(kpi, END), kpi).toContainEqual(planted);
  });

  test('nobody is named in the place of a planted cause', async () => {
    const { kpi, culprits, firesOn } = year.story(id);
    // A cause that the alert alone tells is no part of what moved later windows; on its day nobody else may stand for it.
    const names = await named(kpi, culprits.length > 0 ? END : firesOn);
    const planted = [...stories.map((other) => year.story(other).member.id), SYNDICATION.campaign];
    expect(
      names.filter(({ member }) => !planted.includes(member)),
      kpi,
    ).toEqual([]);
  });
});

/** Whom a day's explanation of a KPI names: one member, under each of its names. */
async function named(kpi: string, asOf: string): Promise<{ dimension: string; member: string }[]> {
  const { culprit } = await year.explained(kpi, asOf);
  return culprit ? [{ dimension: culprit.dimension, member: culprit.member }, ...culprit.aliases] : [];
}

describe('exact truths', () => {
  test.each([
    ['net_revenue', 'netRevenue', 4],
    ['orders', 'orders', 0],
    ['new_leads', 'newLeads', 0],
  ] as const)('%s of each day is what the generators counted', async (kpi, field, digits) => {
    const figures = await year.daily(kpi);
    const wrong = year.sandbox.truth
      .filter((day) => day.date >= year.firstDay && day.trading)
      .filter(
        (day) =>
          Number(figures.get(day.date) ?? 0).toFixed(digits) !== (day[field] / 10 ** digits).toFixed(digits),
      )
      .map((day) => `${day.date}: ${figures.get(day.date)} is not ${day[field]}`);
    expect(wrong).toEqual([]);
  });
});
