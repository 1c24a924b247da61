import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { byAge, type Input } from '../../functions/pull/files/inputs.ts';
import { latestStages, rivalsAmong } from '../../functions/pull/files/stages.ts';
import { openDesk } from './pulling.ts';

const file = (name: string, date: string | null = '2026-11-21'): Input => ({
  name,
  date,
  fingerprint: '',
  size: 1,
});
const left = (...names: string[]) => latestStages(names.map((name) => file(name))).map(({ name }) => name);

describe('several files of one day', () => {
  it.each<[string[], string[]]>([
    [
      ['events_20261121.gz', 'events_intraday_20261121.gz', 'events_fresh_20261121.gz'],
      ['events_20261121.gz'],
    ],
    [['events_intraday_20261121.gz', 'events_fresh_20261121.gz'], ['events_fresh_20261121.gz']],
    [['events_intraday_20261121.gz'], ['events_intraday_20261121.gz']],
    [['orders_20261121_PARTIAL.csv', 'orders_20261121.csv'], ['orders_20261121.csv']],
    [['orders_20261121.csv', 'orders_20261121-final.csv'], ['orders_20261121-final.csv']],
    [['partial/o_20261121.csv', 'final/o_20261121.csv'], ['final/o_20261121.csv']],
    [
      ['intraday_orders.csv', 'carts.csv'],
      ['intraday_orders.csv', 'carts.csv'],
    ],
    [
      ['particles_1.csv', 'finalists_1.csv'],
      ['particles_1.csv', 'finalists_1.csv'],
    ],
  ])('%j: %j', (names, wanted) => {
    expect(left(...names)).toEqual(wanted);
    expect(left(...names.toReversed())).toEqual(wanted.toReversed());
  });

  it('keeps the partial file of a day whose final one has not come', () => {
    const inputs = [file('e_20261120', '2026-11-20'), file('e_intraday_20261121')];
    expect(latestStages(inputs)).toEqual(inputs);
  });

  it('are read in the order of their numbers', () => {
    const names = ['o_10.csv', 'o_9.csv', 'o (2).csv', 'o.csv'];
    const sorted = names.map((name) => file(name)).sort(byAge);
    expect(sorted.map(({ name }) => name).filter((name) => name.startsWith('o_'))).toEqual([
      'o_9.csv',
      'o_10.csv',
    ]);
  });

  it('are rivals: of one family where they differ in numbers only', () => {
    const names = ['o_0600.csv', 'o_1200.csv', 'o_v2_1200.csv', 'shop.csv'];
    expect(rivalsAmong(names.map((name) => file(name)))).toEqual([{ families: [[0, 1, 2], [3]] }]);
    expect(rivalsAmong([file('o.csv', '2026-11-20'), file('o.csv')])).toEqual([]);
  });
});

const feed = {
  table: 'orders',
  path: 'events*_{date}.csv',
  columns: {
    order_id: 'id',
    kind: { constant: 'order' },
    status: { constant: 'completed' },
    ordered_on: 'on',
  },
};

describe('a pull', () => {
  it('reads the final file of a day only', async () => {
    const desk = await openDesk();
    await desk.drop('events_20261121.csv', 'id,on\nA,2026-11-21\nB,2026-11-21\n');
    await desk.drop('events_intraday_20261121.csv', 'id,on\nA,2026-11-21\n');
    await desk.drop('events_intraday_20261120.csv', 'id,on\nZ,2026-11-20\n');
    const { batches } = await desk.pull([feed]);
    expect(batches[0]?.inputs.map(({ name, partial }) => [name, partial])).toEqual([
      ['events_intraday_20261120.csv', true],
      ['events_20261121.csv', undefined],
    ]);
  });

  it.each<[string, string | Uint8Array, true | undefined]>([
    ['no byte', '', true],
    ['blank lines', '\r\n\n', true],
    ['a byte order mark', Uint8Array.of(0xef, 0xbb, 0xbf), true],
    ['a byte order mark of 16 bits and a line end', Uint8Array.of(0xff, 0xfe, 0x0a, 0), true],
    ['compressed nothing', gzipSync(''), true],
    ['a header', 'id,on\n', undefined],
    ['an empty list', '[]', undefined],
  ])('tells a file that holds %s', async (_, content, blank) => {
    const desk = await openDesk();
    await desk.drop('events_20261121.csv', content);
    const report = await desk.pull([feed]);
    expect(report).toMatchObject({ status: 'ok', batches: [{ rows: 0, rejected: 0, files: [] }] });
    expect(report.batches[0]?.inputs[0]?.blank).toBe(blank);
  });

  it('tells load which files are of one day', async () => {
    const desk = await openDesk();
    await desk.drop('events_20261121.csv', 'id,on\nA,2026-11-21\n');
    await desk.drop('events_corrected_20261121.csv', 'id,on\nA,2026-11-20\n');
    const { batches } = await desk.pull([feed]);
    expect(batches[0]?.rivals).toEqual([{ families: [[0], [1]] }]);
  });
});
