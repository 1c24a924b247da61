import { expect, test } from 'vitest';
import { feedSchema } from '../../functions/lake/company/feed.ts';
import { unpivotAdvice } from '../../functions/pull/files/unpivot-advice.ts';
import { openDesk } from './pulling.ts';

const feed = (more: object = {}) =>
  feedSchema.parse({
    table: 'targets',
    path: 'x.csv',
    columns: { member: 'Region', starts_on: 'Mois', value: 'Objectif' },
    ...more,
  });
const READ = ['Region', 'Mois', 'Objectif'];

test.each([
  [['Region', 'Jan 2026', 'Feb 2026', 'Mar 2026'], '`unpivot: { name: Mois, value: Objectif }`', 'MMM YYYY'],
  [['Region', 'janv-26', 'févr-26', 'mars-26'], '`unpivot: { name: Mois, value: Objectif }`', 'MMM-YY'],
  [
    ['Region', 'Owner', '01/2026', '02/2026', '03/2026', 'Total 2026'],
    '`unpivot: { name: Mois, value: Objectif, columns: { in: [Owner, "Total 2026"], not: true } }`',
    'MM/YYYY',
  ],
])('headings %j are told for months, with what to write', (names, lines, format) => {
  const advice = unpivotAdvice(names, READ, feed());
  expect(advice).toContain(lines);
  expect(advice).toContain(`\`{ from: Mois, format: ${format} }\``);
});

test('ISO days need no format; what the feed calls month and value is guessed where it says nothing', () => {
  const names = ['Region', '2026-01-01', '2026-02-01', '2026-03-01'];
  const own = feed({ columns: { member: 'Region', value: '2026-01-01' } });
  const advice = unpivotAdvice(['Region', ...names.slice(1), '2026-04-01'], ['Region', '2026-01-01'], own);
  expect(advice).toContain('each of 3 months or days, `2026-02-01` to `2026-04-01`');
  expect(advice).toContain('`unpivot: { name: month, value: amount }`');
  expect(advice).toContain('whose date is `month`');
});

test.each([
  [['Region', 'Jan 2026', 'Feb 2026'], {}],
  [['Region', 'Nord', 'Sud', 'Est', 'Ouest'], {}],
  [['Date', 'USD', 'JPY', 'GBP', '2026'], {}],
  [['Region', 'Jan 2026', 'Feb 2026', 'Mar 2026'], { unpivot: { name: 'Mois', value: 'Objectif' } }],
])('nothing is said of %j', (names, more) => {
  expect(unpivotAdvice(names, READ, feed(more))).toBeUndefined();
});

test('JSON is told for months, too, where a hundred records lack what is wanted', async () => {
  const desk = await openDesk();
  const record = JSON.stringify({ Region: 'Nord', '2026-01': 1, '2026-02': 2, '2026-03': 3 });
  await desk.drop('o.ndjson', `${record}\n`.repeat(100));
  const columns = {
    ...{ kpi: { constant: 'orders' }, dimension: { constant: 'region' }, member: 'Region' },
    ...{ starts_on: 'month', ends_on: 'month', value: 'wanted' },
  };
  const { problem } = await desk.pull([{ table: 'targets', path: 'o.ndjson', columns }]);
  expect(problem).toMatchObject({
    code: 'FILE_COLUMN_MISSING',
    hint: expect.stringContaining('`unpivot: { name: month, value: wanted }`'),
  });
});

test('what is offered for a file works as it stands', async () => {
  const desk = await openDesk();
  await desk.drop('o.csv', 'Region;Owner;Jan 2026;Feb 2026;Mar 2026;Total\nNord;Ann;1;2;;3\n');
  const columns = {
    ...{ kpi: { constant: 'orders' }, dimension: { constant: 'region' }, member: 'Region' },
    ...{ starts_on: 'month', ends_on: { from: 'month', of_month: 'last' }, value: 'wanted' },
  };
  const tall = { table: 'targets', path: 'o.csv', columns };
  const { problem } = await desk.pull([tall]);
  expect(problem).toMatchObject({ code: 'FILE_COLUMN_MISSING' });
  const [, words = ''] = /columns: { in: \[(.*?)\], not: true }/.exec(problem?.hint ?? '') ?? [];
  const [, format = ''] = /format: (.*?) }/.exec(problem?.hint ?? '') ?? [];
  const offered = {
    ...tall,
    unpivot: { name: 'month', value: 'wanted', columns: { in: words.split(', '), not: true } },
    columns: {
      ...columns,
      starts_on: { from: 'month', format },
      ends_on: { from: 'month', format, of_month: 'last' },
    },
  };
  const { batches } = await desk.pull([offered], { run: 'run-2' });
  expect((await desk.rows(batches[0])).map((row) => [row['starts_on'], row['value']])).toEqual([
    ['2026-01-01', '1.0000'],
    ['2026-02-01', '2.0000'],
  ]);
});
