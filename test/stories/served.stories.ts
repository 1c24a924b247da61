import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeSecrets } from '../../cli/commands/sandbox-secrets.ts';
import { readAlertReport } from '../../functions/lake/alerts/store.ts';
import type { AlertEvent } from '../../functions/lake/catalogue/alert.ts';
import type { Manifest } from '../../functions/lake/run/manifest.ts';
import { type CheckReport, checkReportKey } from '../../functions/lake/snapshot/finding.ts';
import { addDays, datesBetween } from '../../functions/lake/values/day.ts';
import { readJson } from '../../functions/platform/bucket.ts';
import { type ServedSandbox, serveSandbox } from '../../sandbox/companies/wholesale/serve-sandbox.ts';
import type { PlantedStory } from '../../sandbox/companies/wholesale/write-sandbox.ts';
import { localRun, withContext } from '../kit/local-run.ts';
import { previewDigest } from '../report/telling.ts';
import { END } from './lived-year.ts';

/**
 * The same company over HTTP from its simulated vendors: what is planted is found as it is from files. Fourteen months of
 * business and three of figures: enough to know a member's habit and to compare with the year before.
 */
const DAYS = 430;
const JUDGED = 90;
const FIRST = addDays(END, 1 - JUDGED);
const at = `${addDays(END, 1)}T05:00:00Z`;

let served: ServedSandbox;
let world: { config: string; state: string; at: string };
let run: Manifest;
let events: AlertEvent[];

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-served-stories-'));
  const company = { seed: 1887, endsOn: END, days: DAYS, scale: 1, stories: true };
  served = await serveSandbox({ ...company, folder, firstPort: 0, now: () => new Date(at) });
  world = { config: served.summary.config, state: join(folder, '.vigie'), at };
  await writeSecrets(folder, served.servers.vendors);
  run = await localRun({ ...world, from: FIRST, asOf: END });
  const reports = await withContext(world, ({ platform }) =>
    Promise.all(datesBetween(FIRST, END).map((day) => readAlertReport(platform.bucket, day))),
  );
  events = reports.flatMap((report) => report?.events ?? []);
});
afterAll(async () => {
  await served?.servers.close();
  if (served) await rm(served.summary.folder, { recursive: true, force: true });
});

const story = (id: PlantedStory['id']): PlantedStory => {
  const found = served.summary.stories.find((planted) => planted.id === id);
  if (!found) throw new Error(`The story ${id} was not planted.`);
  return found;
};

test('everything is pulled over HTTP, and nothing fails', () => {
  expect(run.pulls.map(({ source, status }) => `${source} ${status}`).sort()).toEqual(
    [
      'finance',
      'google-ads',
      'google-search',
      'linkedin-ads',
      'meta-ads',
      'microsoft-ads',
      'outreach',
      'sap',
      'sap-lists',
      'shop',
      'tags',
      'tags-export',
    ].map((name) => `${name} ok`),
  );
  expect(run.kpis.filter(({ status }) => status === 'failed')).toEqual([]);
});

test('each planted alert opens on its day, and nothing else does', () => {
  const planted = [
    story('stock-out'),
    story('runaway-campaign'),
    story('halved-customer'),
    story('undersold-programme'),
  ];
  const opened = events.filter(({ kind }) => kind === 'opened');
  expect(opened.map((event) => `${event.asOf} ${event.rule}`).sort()).toEqual(
    planted.map(({ firesOn, rule }) => `${firesOn} ${rule}`).sort(),
  );
});

test.each(['en', 'fr'] as const)(
  'each is told with its cause, and the silent tags are named (%s)',
  async (language) => {
    const text = await withContext(world, async ({ platform, company, catalogue }) => {
      const recipient = company.recipients.find(
        (person) => person.language === language && person.roles.includes('executive'),
      );
      if (!recipient) throw new Error(`No executive reads ${language}.`);
      return (await previewDigest(platform, { company, catalogue, asOf: END, recipient })).text;
    });
    expect(text).toContain('Fjellgrip');
    expect(text).toContain('LinkedIn Ads');
    expect(text).toMatch(/^ {2}- tags/m);
  },
);

test('sessions and page views are stale, each under the source that should have delivered them', async () => {
  const checks = await withContext(world, ({ platform }) =>
    readJson<CheckReport>(platform.bucket, checkReportKey(END)),
  );
  const stale = (checks?.findings ?? []).filter(({ severity }) => severity === 'error');
  expect(stale.map(({ source, table }) => `${source} ${table}`).sort()).toEqual([
    'tags sessions',
    'tags-export page_views',
  ]);
});
