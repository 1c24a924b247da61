import { expect, test } from 'vitest';
import type { Batch, BatchInput, LoadedState } from '../../../functions/lake/landing/batch.ts';
import { loadedAfter } from '../../../functions/lake/run/loaded.ts';
import { addDays } from '../../../functions/lake/values/day.ts';

const input = (date: string, rows = 1): BatchInput => ({
  name: `slice ${date}`,
  fingerprint: date,
  date,
  rows,
  rejected: 0,
});

function lived(days: number, api: boolean, rowsOf: (day: number) => number = () => 1): LoadedState {
  let state: LoadedState | undefined;
  for (let day = 0; day < days; day += 1) {
    const asOf = addDays('2024-01-01', day);
    const batch: Batch = {
      ...{
        table: 'orders',
        source: 'crm',
        run: `${asOf}.20260101T000000Z`,
        asOf,
        files: [],
        columns: [],
        mappingHash: 'm',
      },
      ...{
        inputs: [input(asOf, rowsOf(day))],
        rows: 1,
        rejected: 0,
        totals: {},
        firstDate: asOf,
        lastDate: asOf,
      },
      ...(api && { watermarks: { orders: asOf } }),
    };
    state = loadedAfter(state, batch, `${asOf}T06:00:00Z`);
  }
  return state as LoadedState;
}

test('of an API no more is listed than was read in 400 days: how far it was read is known by its watermark', () => {
  const early = lived(401, true).inputs.length;
  expect(lived(900, true).inputs).toHaveLength(early);
  expect(lived(900, true)).toMatchObject({ firstDate: '2024-01-01', watermarks: { orders: '2026-06-18' } });
});

test('the last part that told anything stays listed, however long ago', () => {
  const quiet = lived(900, true, (day) => (day === 3 ? 5 : 0));
  expect(quiet.inputs.filter(({ rows }) => rows > 0).map(({ date }) => date)).toEqual(['2024-01-04']);
});

test('of files every one stays listed: it may still lie there, and would be read again', () => {
  expect(lived(900, false).inputs).toHaveLength(900);
});
