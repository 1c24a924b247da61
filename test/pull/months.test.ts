import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayText, firstOfMonth, lastOfMonth } from '../../functions/lake/values/day.ts';
import { runs } from '../kit/runs.ts';
import { openDesk } from './pulling.ts';

const VISITS = {
  table: 'search_visibility',
  path: 'days.csv',
  sum_rows_per_key: true,
  columns: {
    domain: { constant: 'own.example' },
    country: { constant: 'all' },
    month_on: 'Date',
    own: { constant: true },
    organic_traffic: 'Clicks',
  },
};

const BUDGET = {
  table: 'budgets',
  path: 'budget.csv',
  columns: {
    budget_id: 'Month',
    starts_on: { from: 'Month', format: 'YYYY-MM' },
    ends_on: { from: 'Month', format: 'YYYY-MM', of_month: 'last' },
    amount: 'Planned',
    currency: { constant: 'EUR' },
  },
};

async function pulled(file: string, lines: readonly string[], feed: object) {
  const desk = await openDesk();
  await desk.drop(file, `${lines.join('\n')}\n`);
  const report = await desk.pull([feed]);
  const [batch] = report.batches;
  return { problem: report.problem, rows: batch ? await desk.rows(batch) : [] };
}

test('a month that a file tells by its days is that month: its days are added up to one row', async () => {
  const lines = ['Date,Clicks', '2024-02-29,5', '2024-02-01,7', '2024-03-31,11'];
  const { problem, rows } = await pulled('days.csv', lines, VISITS);
  expect(problem).toBeUndefined();
  expect(rows).toMatchObject([
    { month_on: '2024-02-01', organic_traffic: 12 },
    { month_on: '2024-03-01', organic_traffic: 11 },
  ]);
});

test('a span of which a file tells the month ends on its last day', async () => {
  const { problem, rows } = await pulled(
    'budget.csv',
    ['Month,Planned', '2024-02,1000', '2025-12,7'],
    BUDGET,
  );
  expect(problem).toBeUndefined();
  expect(rows).toMatchObject([
    { starts_on: '2024-02-01', ends_on: '2024-02-29' },
    { starts_on: '2025-12-01', ends_on: '2025-12-31' },
  ]);
});

test('any day lies in its month, whose first and last day are taken', async () => {
  const columns = {
    ...BUDGET.columns,
    budget_id: { row_number: true },
    starts_on: { from: 'Month', of_month: 'first' },
    ends_on: { from: 'Month', of_month: 'last' },
  };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: -30_000, max: 60_000 }), { minLength: 1 }),
      async (numbers) => {
        const days = numbers.map(dayText);
        const lines = ['Month,Planned', ...days.map((day) => `${day},1`)];
        const { rows } = await pulled('budget.csv', lines, { ...BUDGET, columns });
        expect(rows.map((row) => [row['starts_on'], row['ends_on']])).toEqual(
          days.map((day) => [firstOfMonth(day), lastOfMonth(day)]),
        );
      },
    ),
    { numRuns: runs(20) },
  );
});

test('what is no day has no month', async () => {
  const columns = { ...BUDGET.columns, amount: { from: 'Planned', of_month: 'last' } };
  expect(
    (await pulled('budget.csv', ['Month,Planned', '2024-02,1000'], { ...BUDGET, columns })).problem,
  ).toMatchObject({
    code: 'FEED_INVALID',
    message: expect.stringContaining('`amount` is decimal: only a date lies in a month'),
  });
});
