import { expect, test } from 'vitest';
import { en } from '../../../functions/languages/en.ts';
import { problemsOf } from '../../../functions/report/letters/ops-letter.ts';
import { mailData } from '../fixtures.ts';

const problem = {
  code: 'STATE_DAMAGED',
  message: 'snapshot/kpi=orders/month=2026-03/x.totals.parquet is damaged: it is empty',
  hint: 'Its figures are computed again by `vigie run --from 2026-03-01 --to 2026-03-31`.',
};
const broken = [{ step: 'report', item: 'figures of orders', problem }] as const;
const messages = (change: Parameters<typeof mailData>[0]) =>
  problemsOf(mailData({ findings: [], ...change }), en).map(({ message, detail }) => `${message} ${detail}`);

test('an older month that only the report could not read is told, with the command that mends it', () => {
  expect(messages({ broken })).toEqual([`report, figures of orders: ${problem.message} ${problem.hint}`]);
});

test('a KPI whose figures of the day cannot be read is told once', () => {
  const nothing = { rows: 0, seconds: 0, bytesScanned: null, kpiVersion: '1' };
  const runs = [{ kpi: 'orders', status: 'failed', ...nothing, problem }] as const;
  expect(messages({ broken, runs })).toEqual([`KPI orders: ${problem.message} ${problem.hint}`]);
});
