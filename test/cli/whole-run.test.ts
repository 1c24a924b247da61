import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readFigures } from '../../functions/lake/snapshot/store.ts';
import { figuresOf, localRun, mailsIn, withContext } from '../kit/local-run.ts';
import { revenueOfDay, tinyCompany, writeDay } from '../kit/tiny-company.ts';

const AT = '2026-03-11T06:00:00Z';
const LATER = '2026-03-11T09:30:00Z';

async function company() {
  const tiny = await tinyCompany();
  return {
    ...tiny,
    run: {
      config: tiny.config,
      state: join(tiny.folder, 'state'),
      asOf: tiny.lastDay,
      from: tiny.firstDay,
      at: AT,
    },
  };
}

const revenue = (run: Parameters<typeof withContext>[0], asOf: string, knownAt?: string) =>
  withContext(run, async ({ platform }) => {
    const rows = await readFigures(platform.bucket, {
      kpis: ['net_revenue'],
      from: asOf,
      to: asOf,
      periods: ['day'],
      comparisons: ['current'],
      dimension: null,
      ...(knownAt ? { knownAt } : {}),
    });
    return rows.map((row) => Number(row.numerator));
  });

test('a back-fill gives every day its figure, and each reader one digest, of the last day', async () => {
  const { run } = await company();
  const manifest = await localRun(run);
  expect(manifest.finishedAt).not.toBeNull();
  expect(manifest.kpis.filter((kpi) => kpi.status === 'failed')).toEqual([]);
  for (const [day, index] of [
    ['2026-03-01', 0],
    ['2026-03-04', 3],
    ['2026-03-10', 9],
  ] as const) {
    expect(await revenue(run, day)).toEqual([revenueOfDay(index)]);
  }
  const digests = [...mailsIn(run.state).keys()].filter((name) => name.includes('digest'));
  expect(digests).toHaveLength(2);
});

test('the alert opens on the day the figure crosses its limit', async () => {
  const { run } = await company();
  const manifest = await localRun(run);
  // Day 10: 100 + 50 × 10 = 600, above 560; day 9 has 550.
  expect(manifest.alerts).toEqual({ firing: 1, opened: 1, resolved: 0 });
});

test('a second run changes no figure and tells nobody twice', async () => {
  const { run, firstDay, lastDay } = await company();
  await localRun(run);
  const [figures, mails] = [await figuresOf(run, firstDay, lastDay), mailsIn(run.state)];
  const again = await localRun({ ...run, at: LATER });
  expect(await figuresOf(run, firstDay, lastDay)).toEqual(figures);
  expect(mailsIn(run.state)).toEqual(mails);
  expect(again.pulls.map((pull) => pull.status)).toEqual(['unchanged']);
  expect(again.kpis.filter((kpi) => kpi.rows > 0)).toEqual([]);
});

test('a restated export changes the figure; the day can still be shown as it was known', async () => {
  const { run, folder, firstDay } = await company();
  await localRun(run);
  writeDay(folder, firstDay, 7, 2);
  await localRun({ ...run, from: run.asOf, at: LATER });
  expect(await revenue(run, '2026-03-08')).toEqual([2 * revenueOfDay(7)]);
  expect(await revenue(run, '2026-03-08', AT)).toEqual([revenueOfDay(7)]);
});

test('a day run by itself equals the same day of a back-fill', async () => {
  const [one, many] = [await company(), await company()];
  await localRun({ ...one.run, from: one.run.asOf });
  await localRun(many.run);
  const day = one.lastDay;
  expect(await figuresOf(one.run, day, day)).toEqual(await figuresOf(many.run, day, day));
});
