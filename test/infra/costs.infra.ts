import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { alarmMetrics } from '../../infra/costs/alarm-metrics.ts';
import { costsOf, totalOf } from '../../infra/costs/compute.ts';
import { costsPage } from '../../infra/costs/page.ts';
import { SIZES, type Size } from '../../infra/costs/sizes.ts';
import { synthesised } from './synthesise.ts';

const facts = async () => ({ alarmMetrics: alarmMetrics((await synthesised('minimal')).template.toJSON()) });
const small = SIZES[0] as Size;

test('docs/operations/costs.md is what `npm run docs:costs` writes', async () => {
  expect(readFileSync('docs/operations/costs.md', 'utf8')).toBe(await costsPage(await facts()));
});

test('a small company’s Athena, by hand: no statement bills less than 10 MB', async () => {
  // 25 KPIs read 2,000 rows of 400 days, 40 / 3 bytes each; 4 batches of 5 statements and 30 checks bill the least.
  const { Athena } = await costsOf(small, await facts());
  const bytes = 25 * ((2_000 * 400 * 40) / 3) + 50 * 10e6;
  expect(Athena).toBeCloseTo((bytes / 1e12) * 5 * 30.4, 6);
});

test('a small company’s Step Functions, by hand', async () => {
  // Begin, Begun, End; two states a stage; three an item of 1 source, 4 batches, 25 KPIs, 3 stages as a whole.
  const { 'Step Functions': machine } = await costsOf(small, await facts());
  expect(machine).toBeCloseTo((3 + 6 * 2 + 33 * 3) * (0.025 / 1000) * 30.4, 6);
});

test('more of anything never costs less', async () => {
  const stack = await facts();
  const before = totalOf(await costsOf(small, stack));
  for (const field of ['sources', 'batches', 'kpis', 'readers', 'rowsADay', 'years', 'pages'] as const)
    expect(
      totalOf(await costsOf({ ...small, [field]: (small[field] + 1) * 3 }, stack)),
      field,
    ).toBeGreaterThanOrEqual(before);
});
