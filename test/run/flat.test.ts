import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compactAlerts } from '../../functions/lake/alerts/months.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import { type Counts, countingPlatform } from '../kit/counting-platform.ts';
import { localRun } from '../kit/local-run.ts';
import { type TinyCompany, tinyCompany, writeDay } from '../kit/tiny-company.ts';

const KPIS = ['net_revenue', 'orders'];
/** Longer than whatever goes is kept: from then on as much goes as comes. */
const LONG = 460;

const off = loadCatalogue().kpis.flatMap(({ id }) => (KPIS.includes(id) ? [] : [id]));

/** Files of the state that bear a day in their keys, one day's of them, with what is in them. */
function filesOf(state: string, day: string): Map<string, string> {
  const kept = ['checks', 'runs', 'outbox', 'alerts/state', 'mail', 'reports'];
  const files = kept.flatMap((folder) =>
    readdirSync(join(state, folder), { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(state.length + 1)),
  );
  return new Map(
    files.filter((key) => key.includes(day)).map((key) => [key, readFileSync(join(state, key), 'utf8')]),
  );
}

const folders = new Set<string>();

/** A folder is made once: there are a thousand days, of dozens of files each. */
function inFolder(path: string): string {
  const folder = dirname(path);
  if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
  folders.add(folder);
  return path;
}

/** Pages are listed and go with time; nothing reads them again, so those of every day are the same. */
const ARE_PAGES = /^(mail|reports)\//;

/** Makes a company as old as if it had lived so many days before `day`: each left what that day left. */
async function lived(state: string, day: string, days: number): Promise<void> {
  const files = filesOf(state, day);
  const started = addDays(day, 1);
  const shifted = (text: string, back: number): string =>
    text
      .replaceAll(day, addDays(day, -back))
      .replaceAll(started, addDays(started, -back))
      .replaceAll(started.replaceAll('-', ''), addDays(started, -back).replaceAll('-', ''));
  const months = new Set<string>();
  for (let back = 1; back <= days; back += 1) {
    for (const [key, body] of files) {
      const path = inFolder(join(state, shifted(key, back)));
      // Its first day has pages of its own.
      if (!ARE_PAGES.test(key)) writeFileSync(path, shifted(body, back));
      else if (!existsSync(path)) linkSync(join(state, key), path);
    }
    months.add(addDays(day, -back).slice(0, 7));
  }
  // As months are once they are settled: a file of totals and one of members.
  const bucket = fileBucket(state);
  for (const month of [...months].sort().slice(0, -2)) {
    await compactAlerts(bucket, month);
    for (const kpi of KPIS) {
      const here = join(state, `snapshot/kpi=${kpi}/month=${day.slice(0, 7)}`);
      const names = ['totals', 'members'].flatMap(
        (kind) => readdirSync(here).find((name) => name.endsWith(`.${kind}.parquet`)) ?? [],
      );
      for (const name of names) {
        const compacted = `compacted.${name.split('.').slice(-3).join('.')}`;
        const older = join(state, `snapshot/kpi=${kpi}/month=${month}`, compacted);
        writeFileSync(inFolder(older), readFileSync(join(here, name)));
      }
    }
  }
}

async function run(company: TinyCompany, index: number): Promise<Counts> {
  const asOf = addDays(company.firstDay, index);
  writeDay(company.folder, company.firstDay, index);
  let counts: Counts | undefined;
  await localRun({
    ...{ config: company.config, state: stateOf(company), asOf, at: `${addDays(asOf, 1)}T06:00:00Z` },
    wrap: (platform) => {
      const counting = countingPlatform(platform);
      counts = counting.counts;
      return counting.platform;
    },
  });
  if (counts === undefined) throw new Error('nothing was counted');
  return counts;
}

const stateOf = ({ folder }: TinyCompany): string => join(folder, 'state');

/** A company after its first two days: the older ones begin as copies of it. */
let young: TinyCompany;
beforeAll(async () => {
  young = await tinyCompany(off);
  for (let index = 0; index < 2; index += 1) await run(young, index);
});
afterAll(() => rmSync(young.folder, { recursive: true, force: true }));

/** What the second run after so long a life asks of the state folder. */
async function dayAfter(days: number): Promise<Counts> {
  const folder = `${young.folder}-${days}`;
  const company = { ...young, folder, config: join(folder, 'vigie.yaml') };
  try {
    cpSync(young.folder, folder, { recursive: true });
    await lived(stateOf(company), addDays(company.firstDay, 1), days);
    await run(company, 2);
    return await run(company, 3);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const asked = ({ folders, writes, removes }: Counts) => ({
  folders: Object.fromEntries([...folders].toSorted()),
  writes,
  removes,
});

test('a run after years reads and lists what a run after one year does, folder by folder', async () => {
  const year = await dayAfter(LONG);
  expect(asked(await dayAfter(2 * LONG))).toEqual(asked(year));

  // Of a younger company it is the same too, but for the year that trends show, and a day that goes for each that comes.
  const weeks = await dayAfter(60);
  const trend = (folder: string): number =>
    folder === 'snapshot' ? 12 * KPIS.length * 4 : folder === 'alerts/months' ? 40 : 0;
  for (const [folder, { reads, listed }] of year.folders) {
    const young = weeks.folders.get(folder) ?? { reads: 0, listed: 0 };
    expect(reads - young.reads, `${folder}: read`).toBeLessThanOrEqual(trend(folder));
    // The day that goes has a page for each KPI that is on.
    const gone = folder === 'reports' ? 40 : 10;
    expect(listed - young.listed, `${folder}: listed`).toBeLessThanOrEqual(trend(folder) + gone);
  }
}, 300_000);
