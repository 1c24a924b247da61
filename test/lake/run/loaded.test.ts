import { expect, test } from 'vitest';
import type { Batch, BatchInput, LoadedState } from '../../../functions/lake/landing/batch.ts';
import { forgettable, loadedAfter } from '../../../functions/lake/run/loaded.ts';
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

test('of files every one stays listed that still lies there: it would be read again', () => {
  const state = lived(900, false);
  expect(state.inputs).toHaveLength(900);
  expect(forgettable(state, new Set(state.inputs.map(({ name }) => name)), '2026-06-18')).toEqual([]);
});

test('of files that are gone those of 400 days stay listed, for what a check asks of past days', () => {
  const state = lived(900, false);
  const gone = forgettable(state, new Set(['slice 2024-01-02']), '2026-06-18');
  expect(gone).toHaveLength(900 - 401 - 1);
  expect(gone).not.toContain('slice 2024-01-02');
  expect([gone[0], gone.at(-1)]).toEqual(['slice 2024-01-01', 'slice 2025-05-13']);
});

test('of files that are gone and of no day a thousand stay listed, one that came empty, and the last that told anything', () => {
  const undated = (name: string, rows: number, blank = false): BatchInput => ({
    ...{ name, fingerprint: name, date: null, rows, rejected: 0 },
    ...(blank && { blank: true as const }),
  });
  const later = Array.from({ length: 1000 }, (_, index) => undated(`later ${index}`, 0));
  const inputs = [undated('1', 4), undated('2', 0, true), undated('3', 2), undated('4', 0), ...later];
  expect(forgettable({ ...lived(1, false), inputs }, new Set(['1']), '2026-06-18')).toEqual(['4']);
  expect(forgettable({ ...lived(1, false), inputs }, new Set(), '2026-06-18')).toEqual(['1', '4']);
});

test('what a batch says is gone is forgotten, and what it brings is not', () => {
  const state = lived(3, false);
  const [first, second] = state.inputs as [BatchInput, BatchInput];
  const batch: Batch = {
    ...{
      table: 'orders',
      source: 'crm',
      run: 'r',
      asOf: '2024-01-04',
      files: [],
      columns: [],
      mappingHash: 'm',
    },
    ...{ inputs: [input('2024-01-04')], rows: 1, rejected: 0, totals: {}, firstDate: null, lastDate: null },
    gone: [first.name, second.name],
  };
  expect(loadedAfter(state, batch, 'now').inputs.map(({ date }) => date)).toEqual([
    '2024-01-03',
    '2024-01-04',
  ]);
});
