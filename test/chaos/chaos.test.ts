import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PullReport } from '../../functions/lake/batch.ts';
import { type Chaos, chaosOf, type Deed } from '../../sandbox/chaos/chaos.ts';
import { leakIn, leaksIn, type Stranger, secretsOf, stranger } from './canaries.ts';
import { type SmallCompany, smallCompany } from './company.ts';
import { openLake, SILENCE } from './lake.ts';

/**
 * Vendors that misbehave, seed by seed: `npm run test:chaos` tries 100 of them, `npm test` a few. For every seed the
 * lake with chaos is the lake without, or the source is reported as failed with its reason and what is there of it is
 * right; when the chaos is over, one more pull makes it whole. Nothing crashes, and nothing secret gets anywhere.
 */
const SEEDS = Number(process.env['VIGIE_CHAOS_SEEDS'] ?? 5);
const FIRST = Number(process.env['VIGIE_CHAOS_FIRST'] ?? 1);
const seeds = Array.from({ length: SEEDS }, (_, index) => FIRST + index);

let company: SmallCompany;
let other: Stranger;
let wanted: Map<string, string[]>;
const deeds: Deed[] = [];
const outcomes: PullReport[] = [];

beforeAll(async () => {
  company = await smallCompany();
  other = await stranger();
  const served = await company.serve();
  const lake = await openLake();
  const reports = await lake.pull(served, 'calm');
  expect(reports.filter(({ status }) => status !== 'ok')).toEqual([]);
  wanted = await lake.rows(served);
  await lake.close();
  await served.servers.close();
});
afterAll(() => other?.close());

/** One seed: what was pulled while the vendors misbehaved, and what after. */
async function live(seed: number) {
  const chaos: Chaos = chaosOf(seed, { foreignOrigin: other.origin, stall: async () => SILENCE });
  let calm = false;
  const served = await company.serve((exchange) =>
    calm ? Promise.resolve(undefined) : chaos.misbehave(exchange),
  );
  const lake = await openLake();
  try {
    const reports = await lake.pull(served, 'chaos');
    const found = await lake.rows(served);
    calm = true;
    const after = await lake.pull(served, 'calm');
    const healed = await lake.rows(served);
    const secrets = secretsOf(served.servers);
    const leaks = [
      ...leaksIn(lake.state, secrets),
      ...[...lake.log, JSON.stringify([reports, after]), ...other.received].flatMap(
        (text) => leakIn(text, secrets) ?? [],
      ),
    ];
    return { reports, found, after, healed, leaks, deeds: chaos.deeds };
  } finally {
    await lake.close();
    await served.servers.close();
  }
}

test.each(seeds)('seed %i: the lake is right, or the source has failed and says why', async (seed) => {
  const seen = await live(seed);
  deeds.push(...seen.deeds);
  outcomes.push(...seen.reports);
  const done = [...new Set(seen.deeds.map(({ kind, mischief }) => `${kind}: ${mischief}`))];
  const context = `what the vendors did: ${done.join('; ')}`;
  for (const report of seen.reports) {
    for (const [name, rows] of seen.found) {
      if (!name.startsWith(`${report.source}/`)) continue;
      const right = new Set(wanted.get(name));
      expect(
        rows.filter((row) => !right.has(row)).slice(0, 3),
        `${name} holds wrong rows; ${context}`,
      ).toEqual([]);
      if (report.status !== 'failed')
        expect(rows.length, `${name} has lost rows and nobody said so; ${context}`).toBe(right.size);
    }
    if (report.status === 'failed') {
      expect(report.problem?.message.length, context).toBeGreaterThan(20);
      expect(report.problem?.code, context).toMatch(/^[A-Z_]+$/);
    }
  }
  expect(seen.leaks, context).toEqual([]);
  expect(
    seen.after.filter(({ status }) => status === 'failed'),
    `after ${context}`,
  ).toEqual([]);
  for (const [name, rows] of wanted)
    expect(differences(seen.healed.get(name) ?? [], rows), `${name} after the chaos; ${context}`).toEqual([]);
});

/** The first few rows that only one of two sorted lists has. */
function differences(found: readonly string[], right: readonly string[]): string[] {
  const [there, here] = [new Set(found), new Set(right)];
  return [...right.filter((row) => !there.has(row)), ...found.filter((row) => !here.has(row))].slice(0, 4);
}

describe('the seeds together', () => {
  test('did something, and most sources came through', () => {
    const failed = outcomes.filter(({ status }) => status === 'failed').length;
    console.info(
      `${seeds.length} seeds: ${deeds.length} answers spoilt in ${new Set(deeds.map(({ mischief }) => mischief)).size} ways, ${failed} of ${outcomes.length} sources failed and said why`,
    );
    expect(deeds.length).toBeGreaterThan(10 * seeds.length);
    expect(failed).toBeLessThan(outcomes.length / 2);
  });

  test.runIf(SEEDS >= 100)('tried everything there is', () => {
    const tried = new Set(deeds.map(({ mischief }) => mischief));
    expect([...tried].toSorted()).toEqual([...ALL].toSorted());
  });
});

const ALL = [
  '429 with Retry-After',
  '500',
  '503',
  'time-out',
  'cut body',
  'body cut as if it were whole',
  'the page before once more',
  'token expired',
  'known field renamed',
  'known field of another kind',
  'no permission',
  'next link to another host',
  'redirect to another host',
  'zip bomb',
  '100 MB in one page',
];
