import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { openDesk } from './pulling.ts';

const page = readFileSync(new URL('../../docs/sources/files.md', import.meta.url), 'utf8');

/** The first feeds of a page below a title, and the file shown there. */
function shownBelow(title: string): { feeds: { path: string }[]; file: string } {
  const section = page.slice(page.indexOf(title));
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(section) ?? [];
  const [, file = ''] = /```\n([\s\S]*?)```/.exec(section) ?? [];
  return { ...(parse(yaml) as { feeds: { path: string }[] }), file };
}

test('the yearly objectives of the page are the four rows it says', async () => {
  const { feeds, file } = shownBelow('### A column a month');
  const desk = await openDesk();
  await desk.drop('exports/plan/objectives_2026.csv', file);
  const { batches, problem } = await desk.pull(feeds, { share: 0 });
  expect(problem).toBeUndefined();
  const rows = await desk.rows(batches[0]);
  expect(rows.map(({ member, starts_on, ends_on, value }) => [member, starts_on, ends_on, value])).toEqual([
    ['Nord', '2026-01-01', '2026-01-31', '120000.0000'],
    ['Nord', '2026-03-01', '2026-03-31', '118000.0000'],
    ['Sud', '2026-01-01', '2026-01-31', '90000.0000'],
    ['Sud', '2026-02-01', '2026-02-28', '95000.0000'],
  ]);
});

test('the history of the ECB, with a column a currency, is one feed', async () => {
  const feed = shownBelow('## Exchange rates').feeds.find(({ path }) => path.endsWith('hist.csv'));
  const desk = await openDesk();
  const lines = ['Date,USD,JPY,HRK,', '2026-11-20,1.25,160,N/A,', '2026-11-19,1.6,200,N/A,'];
  await desk.drop('exports/ecb/eurofxref-hist.csv', `${lines.join('\n')}\n`);
  const { batches, problem } = await desk.pull([feed], { share: 0 });
  expect(problem).toBeUndefined();
  const rows = await desk.rows(batches[0]);
  expect(rows.map(({ currency, rated_on, rate }) => [currency, rated_on, rate])).toEqual([
    ['USD', '2026-11-20', '0.800000000000'],
    ['JPY', '2026-11-20', '0.006250000000'],
    ['USD', '2026-11-19', '0.625000000000'],
    ['JPY', '2026-11-19', '0.005000000000'],
  ]);
});
