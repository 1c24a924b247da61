import { beforeAll, describe, expect, test } from 'vitest';
import {
  type PlantedStory,
  type SandboxSummary,
  sandboxDefaults,
  writeSandbox,
} from '../../sandbox/companies/wholesale/write-sandbox.ts';
import { END, type LivedYear, liveAYear, mailsOf } from './lived-year.ts';

/** The company that `npm start` makes. */
let year: LivedYear<PlantedStory, SandboxSummary>;
beforeAll(async () => {
  year = await liveAYear(
    (folder) => writeSandbox({ ...sandboxDefaults, folder, endsOn: END }),
    ['net_revenue', 'orders', 'cart_abandonment_rate'],
  );
});

const alerts = [
  'stock-out',
  'runaway-campaign',
  'halved-customer',
  'undersold-programme',
  'quiet-segment',
] as const;
const languages = ['en', 'fr'] as const;

describe('over a year of days', () => {
  test('each planted alert opens on its day, and nothing else opens', () => {
    const opened = year.events.filter((event) => event.kind === 'opened');
    const planted = alerts.map((id) => year.story(id));
    console.info(
      [
        `${year.firstDay} to ${END}: ${planted.length} alerts planted, ${opened.length} opened:`,
        ...opened.map((event) => `  ${event.asOf} ${event.rule} ${event.member ?? ''}`),
      ].join('\n'),
    );
    const line = (day: string, rule: string | null, member: string | null) =>
      `${day} ${rule} ${member ?? 'total'}`;
    expect(opened.map((event) => line(event.asOf, event.rule, event.member)).sort()).toEqual(
      planted.map((story) => line(story.firesOn, story.rule, story.member?.id ?? null)).sort(),
    );
  });

  test('none of them ends before its cause does, and no rule lacks data but that of bookings, four weeks after a season', () => {
    expect(year.events.filter((event) => event.kind === 'resolved')).toEqual([]);
    const without = year.events.filter((event) => event.kind === 'no_data');
    expect(without.map(({ rule, asOf }) => [rule, asOf])).toEqual([
      ['programme-below-discount', '2026-02-26'],
      ['programme-below-discount', '2026-07-27'],
    ]);
  });

  test('no run has a failure', () => {
    for (const run of year.runs) {
      expect(run.pulls.filter((pull) => pull.status === 'failed')).toEqual([]);
      expect(run.kpis.filter((kpi) => kpi.status === 'failed')).toEqual([]);
      expect(run.mails.filter((mail) => mail.status === 'failed')).toEqual([]);
    }
  });
});

describe.each(alerts)('%s', (id) => {
  test.each(languages)('is told with its cause on its day (%s)', async (language) => {
    const story = year.story(id);
    const text = await year.digest(story.firesOn, language);
    expect(
      story.words[language].filter((word) => text.includes(word)),
      text,
    ).not.toEqual([]);
  });
});

test.each(alerts)('%s: the planted cause is named, and nobody in its place', async (id) => {
  const story = year.story(id);
  for (const { kpi, ...planted } of story.culprits) {
    const { culprit } = await year.explained(kpi, story.firesOn);
    const names = culprit
      ? [{ dimension: culprit.dimension, member: culprit.member }, ...culprit.aliases]
      : [];
    expect(names, kpi).toContainEqual(planted);
  }
});

test.each(languages)('… in the sentence of the mail (%s)', async (language) => {
  const [mostly, brand] =
    language === 'en' ? ['mostly', 'Fjellgrip'] : ['surtout', '«\u202fFjellgrip\u202f»'];
  const stockOut = await year.digest(year.story('stock-out').firesOn, language);
  expect(stockOut).toMatch(new RegExp(`${mostly} [^(]*${brand} \\(`));
  const campaign = await year.digest(year.story('runaway-campaign').firesOn, language);
  expect(campaign).toMatch(new RegExp(`${mostly} [^(]*LinkedIn Ads`));
});

test('the stock-out is mailed at once, with its cause, to each reader in their language', async () => {
  const last = year.runs.at(-1);
  if (!last) throw new Error('no run');
  const mails = await mailsOf(year.sandbox.folder, last, 'alert');
  expect(mails.length).toBeGreaterThan(1);
  for (const mail of mails) expect(mail).toContain('Fjellgrip');
  expect(mails.some((mail) => mail.includes('lang="fr"'))).toBe(true);
  expect(mails.some((mail) => mail.includes('lang="en"'))).toBe(true);
});

describe('the silent tags', () => {
  test('are named from the day on which they are stale, and not before', async () => {
    const story = year.story('silent-tags');
    const stale = async (asOf: string) =>
      ((await year.checks(asOf))?.findings ?? []).filter(
        (finding) => finding.source === story.source && finding.severity === 'error',
      );
    expect(await stale(year.runs[0]?.asOf ?? '')).toEqual([]);
    const named = await stale(story.firesOn);
    expect(named.map((finding) => finding.table).sort()).toEqual([...story.tables].sort());
    expect((await stale(END)).length).toBe(named.length);
  });

  test.each(languages)('stand first in the digest, from that day on (%s)', async (language) => {
    const { firesOn, source } = year.story('silent-tags');
    const named = new RegExp(`^  - ${source}`, 'm');
    expect(await year.digest(firesOn, language)).toMatch(named);
    expect(await year.digest(year.runs[0]?.asOf ?? '', language)).not.toMatch(named);
  });

  test('are told to operations on that day', async () => {
    const run = year.runs.find(({ asOf }) => asOf === year.story('silent-tags').firesOn);
    const mails = run ? await mailsOf(year.sandbox.folder, run, 'ops') : [];
    expect(mails).toHaveLength(1);
    expect(mails[0]).toContain('tags');
  });
});

describe('exact truths', () => {
  test.each([
    ['net_revenue', 'netRevenue', 10_000n],
    ['orders', 'orders', 1n],
  ] as const)('%s of each day is what the generators counted', async (kpi, field, unit) => {
    const figures = await year.daily(kpi);
    const wrong = year.sandbox.truth
      .filter((day) => day.date >= year.firstDay && day.trading)
      .filter((day) => scaled(figures.get(day.date) ?? null, unit) !== BigInt(day[field]))
      .map((day) => `${day.date}: ${figures.get(day.date)} is not ${day[field]}`);
    expect(wrong).toEqual([]);
  });

  test('carts and those left behind, likewise', async () => {
    const abandoned = await year.daily('cart_abandonment_rate');
    const wrong = year.sandbox.truth
      .filter((day) => day.date >= year.firstDay && day.carts > 0)
      .filter((day) => abandoned.get(day.date) !== String(day.abandonedCarts))
      .map((day) => `${day.date}: ${abandoned.get(day.date)} is not ${day.abandonedCarts}`);
    expect(wrong).toEqual([]);
  });
});

/** An exact decimal in units of 1/`unit`, as the truth counts amounts. */
function scaled(figure: string | null, unit: bigint): bigint | null {
  if (figure === null) return null;
  const digits = String(unit).length - 1;
  const [whole = '0', fraction = ''] = figure.replace('-', '').split('.');
  const value = BigInt(whole) * unit + BigInt(fraction.padEnd(digits, '0').slice(0, digits) || '0');
  return figure.startsWith('-') ? -value : value;
}
