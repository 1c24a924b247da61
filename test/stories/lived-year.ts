import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAlertReport } from '../../functions/lake/alerts/store.ts';
import type { AlertEvent } from '../../functions/lake/catalogue/alert.ts';
import { rulesInForce } from '../../functions/lake/company/alert-rules.ts';
import type { ChangeExplanation } from '../../functions/lake/drivers/explain-change.ts';
import { readChange } from '../../functions/lake/drivers/read-change.ts';
import type { Manifest } from '../../functions/lake/run/manifest.ts';
import { type CheckReport, checkReportKey } from '../../functions/lake/snapshot/finding.ts';
import { readFigures } from '../../functions/lake/snapshot/store.ts';
import { addDays, datesBetween } from '../../functions/lake/values/day.ts';
import { readJson } from '../../functions/platform/bucket.ts';
import { explainedFirst } from '../../functions/report/model/read-kpi-day.ts';
import type { MadeSandbox } from '../../sandbox/kit/folder.ts';
import { localRun, withContext } from '../kit/local-run.ts';
import { previewDigest } from '../report/telling.ts';

/** The day on which the companies end: one that does not move. */
export const END = '2026-11-21';
/** As-of dates that are judged. */
const DAYS = 365;
/** The last of them are run one by one, as in life: the stock-out and the silence fall on them. */
const MORNINGS = 3;

/** What is known of a planted story, whichever company it is in. */
interface Planted {
  readonly id: string;
  readonly firesOn: string | null;
  readonly culprits: readonly { readonly kpi: string }[];
}

export interface Eventful<Story extends Planted> extends MadeSandbox {
  readonly stories: readonly Story[];
}

export interface LivedYear<Story extends Planted, Summary extends Eventful<Story>> {
  readonly sandbox: Summary;
  readonly firstDay: string;
  /** Every run: the back-fill, then the mornings. */
  readonly runs: readonly Manifest[];
  /** What was told of each day, in order. */
  readonly events: readonly AlertEvent[];
  story(id: Story['id']): Story & { readonly firesOn: string };
  checks(asOf: string): Promise<CheckReport | undefined>;
  /** The digest of a day as plain text. */
  digest(asOf: string, language: string): Promise<string>;
  /** Why a figure changed in its headline window, as the digest of that day tells it. */
  explained(kpi: string, asOf: string): Promise<ChangeExplanation>;
  /** The exact figure of every day of the year, by as-of date. */
  daily(kpi: string): Promise<Map<string, string | null>>;
}

/**
 * Invents a company, with `write` that is told where, and lives a year with it: a back-fill, and then a run a morning with
 * all KPIs. The back-fill has what any alert rule watches, since nothing else can open an alert, what stories name
 * as a cause, and `counted`, what is held against the generators.
 */
export async function liveAYear<Story extends Planted, Summary extends Eventful<Story>>(
  write: (folder: string) => Promise<Summary & Eventful<Story>>,
  counted: readonly string[],
): Promise<LivedYear<Story, Summary>> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-stories-'));
  const sandbox = await write(folder);
  const firstDay = addDays(END, 1 - DAYS);
  const world = { config: sandbox.config, state: join(folder, '.vigie'), at: `${addDays(END, 1)}T05:00:00Z` };
  const culprits = sandbox.stories.flatMap((story) => story.culprits.map(({ kpi }) => kpi));
  const without = await unwatched(world, [...culprits, ...counted]);
  const runs = [await localRun({ ...world, without, from: firstDay, asOf: addDays(END, -MORNINGS) })];
  for (const asOf of datesBetween(addDays(END, 1 - MORNINGS), END))
    runs.push(await localRun({ ...world, asOf, at: `${addDays(asOf, 1)}T05:00:00Z` }));
  const reports = await withContext(world, ({ platform }) =>
    Promise.all(datesBetween(firstDay, END).map((day) => readAlertReport(platform.bucket, day))),
  );
  return {
    sandbox,
    firstDay,
    runs,
    events: reports.flatMap((report) => report?.events ?? []),
    story: (id) => plantedAs<Story>(sandbox.stories, id),
    checks: (asOf) =>
      withContext(world, ({ platform }) => readJson<CheckReport>(platform.bucket, checkReportKey(asOf))),
    digest: (asOf, language) => digestOf(world, asOf, language),
    explained: (kpi, asOf) => explanationOf(world, kpi, asOf),
    daily: (kpi) => dailyFigures(world, kpi, firstDay),
  };
}

/** KPIs that no rule watches and nobody else asks for. */
const unwatched = (world: World, asked: readonly string[]): Promise<string[]> =>
  withContext(world, async ({ company, catalogue }) => {
    const rules = rulesInForce(company, catalogue.kpis).map(({ kpi }) => kpi.id);
    const kept = new Set([...rules, ...asked]);
    return catalogue.kpis.map(({ id }) => id).filter((id) => !kept.has(id));
  });

function plantedAs<Story extends Planted>(stories: readonly Story[], id: string) {
  const story = stories.find((planted) => planted.id === id);
  if (!story?.firesOn) throw new Error(`The story ${id} was not planted, or cannot be noticed.`);
  return { ...story, firesOn: story.firesOn };
}

type World = Parameters<typeof withContext>[0];

const digestOf = (world: World, asOf: string, language: string): Promise<string> =>
  withContext(world, async ({ platform, company, catalogue }) => {
    const recipient = company.recipients.find(
      (person) => person.language === language && person.roles.includes('executive'),
    );
    if (!recipient) throw new Error(`No executive reads ${language}.`);
    return (await previewDigest(platform, { company, catalogue, asOf, recipient })).text;
  });

const explanationOf = (world: World, id: string, asOf: string): Promise<ChangeExplanation> =>
  withContext(world, ({ platform, company, catalogue }) => {
    const kpi = catalogue.kpi(id);
    const period = kpi.headline;
    const [against] = explainedFirst(period);
    return readChange(platform.bucket, company.company, kpi, { asOf, period, against });
  });

const dailyFigures = (world: World, kpi: string, from: string): Promise<Map<string, string | null>> =>
  withContext(world, async ({ platform }) => {
    const rows = await readFigures(platform.bucket, {
      kpis: [kpi],
      from,
      to: END,
      periods: ['day'],
      comparisons: ['current'],
      dimension: null,
    });
    return new Map(rows.map((row) => [row.asOf, row.numerator]));
  });

/** The pages of the mails that a run sent. */
export async function mailsOf(folder: string, run: Manifest, kind: string): Promise<string[]> {
  const sent = run.mails.filter((mail) => mail.kind === kind && mail.reference !== null);
  return Promise.all(
    sent.map(({ reference }) =>
      readFile(join(folder, '.vigie', (reference ?? '').replace(/\.eml$/, '.html')), 'utf8'),
    ),
  );
}
