import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PullReport } from '../../functions/lake/landing/batch.ts';
import { chaosOf, type Deed } from '../../sandbox/chaos/chaos.ts';
import { allMischiefs } from '../../sandbox/chaos/mischiefs.ts';
import { CRM_KINDS, type CrmKind } from '../../sandbox/companies/saas/crm-kinds.ts';
import { leakIn, leaksIn, type Stranger, secretsOf, stranger } from './canaries.ts';
import { type SmallCompany, smallCompany } from './company.ts';
import { openLake, SILENCE } from './lake.ts';

/** Seeds of one half of the suite: `npm run test:chaos` tries 100 in all, `npm test` a few. */
export const seedsOf = (half: 0 | 1): number[] => {
  const all = Number(process.env['VIGIE_CHAOS_SEEDS'] ?? 4);
  const first = Number(process.env['VIGIE_CHAOS_FIRST'] ?? 1);
  return Array.from({ length: all }, (_, index) => first + index).filter((seed) => seed % 2 === half);
};

/** A busy machine is slow; nothing here waits for a clock. */
const PATIENCE_MS = 600_000;

/** Of seeds that spoilt nothing for good, one in so many is pulled again when the chaos is over. */
const AGAIN = 4;

/**
 * Vendors that misbehave, seed by seed. For every seed the lake with chaos is the lake without, or the source is
 * reported as failed with its reason and what is there of it is right; when the chaos is over, one more pull makes it
 * whole. Nothing crashes, and nothing secret gets anywhere.
 */
export function chaosSuite(seeds: readonly number[]): void {
  let other: Stranger;
  const worlds = new Map<string, Promise<World>>();
  const lives: Life[] = [];
  beforeAll(async () => {
    other = await stranger();
  }, PATIENCE_MS);
  afterAll(() => other?.close());

  test.each(seeds)(
    'seed %i: the lake is right, or the source has failed and says why',
    async (seed) => {
      const crms = crmsOf(seed);
      const world = worlds.get(crms.join()) ?? worldOf(crms);
      worlds.set(crms.join(), world);
      const { company, wanted } = await world;
      const life = await live(company, other, seed);
      lives.push(life);
      judge(life, wanted);
    },
    PATIENCE_MS,
  );

  test('together they did something, and most sources came through', () => {
    const deeds = lives.flatMap((life) => life.deeds);
    const outcomes = lives.flatMap((life) => life.reports);
    const failed = outcomes.filter(({ status }) => status === 'failed').length;
    const tried = new Set(deeds.map(({ mischief }) => mischief));
    console.info(
      `${seeds.length} seeds: ${deeds.length} answers spoilt in ${tried.size} ways, ${failed} of ${outcomes.length} sources failed and said why`,
    );
    expect(deeds.length).toBeGreaterThan(5 * seeds.length);
    expect(failed).toBeLessThan(outcomes.length / 2);
    if (seeds.length >= 50) expect([...tried].toSorted()).toEqual(allMischiefs.toSorted());
  });
}

/** One seed in so many has all CRMs in one lake: with several in each, a seed takes three times as long. */
const ALL_CRMS = 10;

/** Each CRM in turn, in either half; now and then all. */
const crmsOf = (seed: number): readonly CrmKind[] =>
  seed % ALL_CRMS === 3 ? CRM_KINDS : [CRM_KINDS[Math.floor(seed / 2) % CRM_KINDS.length] as CrmKind];

interface World {
  readonly company: SmallCompany;
  readonly wanted: Lines;
}

async function worldOf(crms: readonly CrmKind[]): Promise<World> {
  const company = await smallCompany(crms);
  return { company, wanted: await calmLake(company) };
}

type Lines = ReadonlyMap<string, readonly string[]>;

/** The lake as it is when nobody misbehaves. */
async function calmLake(company: SmallCompany): Promise<Lines> {
  const served = await company.serve();
  const lake = await openLake(served);
  const reports = await lake.pull(served, 'calm');
  expect(reports.filter(({ status }) => status !== 'ok')).toEqual([]);
  const rows = await lake.rows(served);
  await lake.close();
  await served.servers.close();
  return rows;
}

/** What became of a seed. */
interface Life {
  readonly reports: readonly PullReport[];
  readonly found: Lines;
  /** The pull after the chaos, and the lake then; null where it was left out. */
  readonly after: { readonly reports: readonly PullReport[]; readonly found: Lines } | null;
  readonly leaks: readonly string[];
  readonly deeds: readonly Deed[];
}

async function live(company: SmallCompany, other: Stranger, seed: number): Promise<Life> {
  const chaos = chaosOf(seed, { foreignOrigin: other.origin, stall: async () => SILENCE });
  let calm = false;
  const served = await company.serve((exchange) =>
    calm ? Promise.resolve(undefined) : chaos.misbehave(exchange),
  );
  const lake = await openLake(served);
  try {
    const reports = await lake.pull(served, 'chaos');
    const found = await lake.rows(served);
    calm = true;
    const again = seed % AGAIN === 0 || reports.some(({ status }) => status === 'failed');
    const after = again ? { reports: await lake.pull(served, 'calm'), found: await lake.rows(served) } : null;
    const secrets = secretsOf(served.servers);
    const texts = [...lake.log, JSON.stringify([reports, after?.reports]), ...other.received];
    const leaks = [...leaksIn(lake.state, secrets), ...texts.flatMap((text) => leakIn(text, secrets) ?? [])];
    return { reports, found, after, leaks, deeds: chaos.deeds };
  } finally {
    await lake.close();
    await served.servers.close();
  }
}

function judge({ reports, found, after, leaks, deeds }: Life, wanted: Lines): void {
  const done = [...new Set(deeds.map(({ kind, mischief }) => `${kind}: ${mischief}`))];
  const context = `what the vendors did: ${done.join('; ')}`;
  for (const { source, status, problem } of reports) {
    for (const [name, rows] of found) {
      if (!name.startsWith(`${source}/`)) continue;
      const right = new Set(wanted.get(name));
      const wrong = rows.filter((row) => !right.has(row));
      expect(wrong.slice(0, 3), `${name} holds wrong rows; ${context}`).toEqual([]);
      if (status !== 'failed')
        expect(rows.length, `${name} has lost rows and nobody said so; ${context}`).toBe(right.size);
    }
    if (status !== 'failed') continue;
    expect(problem?.message.length, context).toBeGreaterThan(20);
    expect(problem?.code, context).toMatch(/^[A-Z_]+$/);
  }
  expect(leaks, context).toEqual([]);
  if (!after) return;
  expect(
    after.reports.filter(({ status }) => status === 'failed'),
    `after ${context}`,
  ).toEqual([]);
  for (const [name, rows] of wanted)
    expect(differences(after.found.get(name) ?? [], rows), `${name} after ${context}`).toEqual([]);
}

/** The first few rows that only one of two lists has. */
function differences(found: readonly string[], right: readonly string[]): string[] {
  const [there, here] = [new Set(found), new Set(right)];
  return [...right.filter((row) => !there.has(row)), ...found.filter((row) => !here.has(row))].slice(0, 4);
}
