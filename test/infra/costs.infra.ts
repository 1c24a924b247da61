import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { awsSection } from '../../functions/lake/company/aws.ts';
import { alarmMetrics } from '../../infra/costs/alarm-metrics.ts';
import {
  bytesBilled,
  costsOf,
  dearestStatement,
  grownAYear,
  statementsOf,
  totalOf,
} from '../../infra/costs/compute.ts';
import { readMeasured } from '../../infra/costs/measured.ts';
import { costsPage } from '../../infra/costs/page.ts';
import { SIZES, type Size } from '../../infra/costs/sizes.ts';
import { synthesised } from './synthesise.ts';

const facts = async () => ({ alarmMetrics: alarmMetrics((await synthesised('minimal')).template.toJSON()) });
const small = SIZES[0] as Size;

test('docs/operations/costs.md is what `npm run docs:costs` writes', async () => {
  expect(readFileSync('docs/operations/costs.md', 'utf8')).toBe(await costsPage(await facts()));
});

test('a tiny company’s Athena, by hand: no statement bills less than 10 MB', async () => {
  // 100 rows a day: all 25 KPIs, four batches and the checks bill the least.
  const { Athena } = await costsOf({ ...small, rowsADay: 100 }, await facts());
  const { checks, load } = readMeasured();
  const ofChecks = Object.values(checks).reduce((sum, { statements }) => sum + statements, 0);
  const bytes = (25 + 4 * load.statements.length + ofChecks) * 10e6;
  expect(Athena).toBeCloseTo((bytes / 1e12) * 5 * 30.4, 6);
});

// Rows count alike whatever they are of: the page scales what was measured by how many a day brings.
test('ten times the rows are ten times the bytes of what is beyond the least; a year more is what a year adds', () => {
  const large = SIZES.at(-1) as Size;
  const dearest = dearestStatement(large);
  expect(dearestStatement({ ...large, rowsADay: large.rowsADay * 10 })).toBeCloseTo(dearest * 10, -2);
  expect(grownAYear(large)).toBeGreaterThan(0);
});

test.each(SIZES)('no limit refuses $name as vigie.yaml has it without a word, nor warns of it', (size) => {
  const { max_scan_gb, max_load_gb, daily_scan_gb } = awsSection.parse({});
  expect(dearestStatement(size) / 1e9).toBeLessThan(max_scan_gb / 2);
  expect(Math.max(...statementsOf(size).batch) / 1e9).toBeLessThan(max_load_gb / 2);
  expect(bytesBilled(size) / 1e9).toBeLessThan(daily_scan_gb / 2);
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
