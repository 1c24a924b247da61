import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type LoadedState, loadedStateKey } from '../../functions/lake/landing/batch.ts';
import { writeJson } from '../../functions/platform/bucket.ts';
import { type Desk, LINES, LINES_HEADER, openDesk } from './pulling.ts';

const daily = { ...LINES, path: 'exports/lines_{date}.csv' };
const day = (order: string, amount: string) => `${LINES_HEADER}\n${order};1;21/11/2026;2;${amount}\n`;

/** What the load step would note. */
async function noteLoaded(desk: Desk, report: Awaited<ReturnType<Desk['pull']>>): Promise<void> {
  for (const { table, source, run, inputs, mappingHash, firstDate, lastDate } of report.batches) {
    const state: LoadedState = {
      table,
      source,
      run,
      loadedAt: '2026-11-22T06:00:00Z',
      inputs,
      mappingHash,
      firstDate,
      lastDate,
    };
    await writeJson(desk.platform.bucket, loadedStateKey(source, table), state);
  }
}

describe('what a pull reads', () => {
  it('lands rows with exact amounts, totals, dates and places', async () => {
    const desk = await openDesk();
    await desk.drop('lines.csv', `${LINES_HEADER}\nA1;1;21/11/2026;2;1234,5678\nA1;2;20/11/2026;-1;-0,1\n`);
    const report = await desk.pull([LINES]);
    expect(report).toMatchObject({ source: 'shop', status: 'ok' });
    const [batch] = report.batches;
    expect(batch).toMatchObject({ rows: 2, rejected: 0, firstDate: '2026-11-20', lastDate: '2026-11-21' });
    expect(batch?.totals).toMatchObject({ net_amount: '1234.4678', quantity: '1.0000' });
    expect(await desk.rows(batch)).toEqual([
      {
        order_id: 'A1',
        line_id: '1',
        ordered_on: '2026-11-21',
        quantity: '2.0000',
        net_amount: '1234.5678',
        currency: 'EUR',
        _input: 0,
        _row: 2,
        _empty: false,
      },
      {
        order_id: 'A1',
        line_id: '2',
        ordered_on: '2026-11-20',
        quantity: '-1.0000',
        net_amount: '-0.1000',
        currency: 'EUR',
        _input: 0,
        _row: 3,
        _empty: false,
      },
    ]);
  });

  it('catches up missed days from the oldest to the newest and leaves later ones alone', async () => {
    const desk = await openDesk();
    for (const name of ['20261122', '20261121', '2026-11-19'])
      await desk.drop(`exports/lines_${name}.csv`, day(name, '1'));
    const { batches } = await desk.pull([daily]);
    expect(batches[0]?.inputs.map(({ name, date }) => [name, date])).toEqual([
      ['exports/lines_2026-11-19.csv', '2026-11-19'],
      ['exports/lines_20261121.csv', '2026-11-21'],
    ]);
  });

  it('says unchanged when nothing is new, reads a restated file again, and everything when the mapping changed', async () => {
    const desk = await openDesk();
    await desk.drop('exports/lines_20261120.csv', day('A', '1'));
    await desk.drop('exports/lines_20261121.csv', day('B', '1'));
    await noteLoaded(desk, await desk.pull([daily]));
    expect(await desk.pull([daily], { run: 'run-2' })).toEqual({
      source: 'shop',
      status: 'unchanged',
      batches: [],
    });
    await utimes(join(desk.folder, 'exports/lines_20261120.csv'), 1, 1);
    const restated = await desk.pull([daily], { run: 'run-3' });
    expect(restated.batches[0]?.inputs.map(({ name }) => name)).toEqual(['exports/lines_20261120.csv']);
    const changed = await desk.pull([{ ...daily, columns: { ...daily.columns, product_id: 'Ligne' } }], {
      run: 'run-4',
    });
    expect(changed.batches[0]?.inputs).toHaveLength(2);
  });

  it('makes one batch of several feeds that fill one table, and one input of a file that two feeds share', async () => {
    const desk = await openDesk();
    await desk.drop('lines.csv', `${LINES_HEADER}\nA;1;21/11/2026;2;1\nB;1;21/11/2026;2;5\n`);
    await desk.drop('more.csv', `${LINES_HEADER}\nC;1;21/11/2026;2;7\n`);
    const where = (order: string) => [{ column: 'Commande', equals: order }];
    const report = await desk.pull([
      { ...LINES, where: where('A') },
      { ...LINES, where: where('B') },
      { ...LINES, path: 'more.csv' },
    ]);
    expect(report.batches).toHaveLength(1);
    expect(report.batches[0]?.inputs.map(({ name, rows }) => [name, rows])).toEqual([
      ['lines.csv', 2],
      ['more.csv', 1],
    ]);
    expect(
      (await desk.rows(report.batches[0])).map((row) => [row['order_id'], row['_input'], row['_row']]),
    ).toEqual([
      ['A', 0, 2],
      ['B', 0, 3],
      ['C', 1, 2],
    ]);
  });

  it('writes _batch.json last, equal to what it returns', async () => {
    const desk = await openDesk();
    await desk.drop('lines.csv', day('A', '1'));
    const { batches } = await desk.pull([LINES]);
    const kept = JSON.parse(
      Buffer.from(
        await desk.platform.bucket.read('landing/order_lines/source=shop/run=run-1/_batch.json'),
      ).toString(),
    );
    expect(kept).toEqual(batches[0]);
  });
});

describe('what fails a source', () => {
  it('fails when no file matches, and shows the nearest names', async () => {
    const desk = await openDesk();
    await desk.drop('exports/line_20261121.csv', day('A', '1'));
    const { status, problem } = await desk.pull([daily]);
    expect(status).toBe('failed');
    expect(problem?.code).toBe('FILES_MISSING');
    expect(problem?.message).toContain('no file matches `exports/lines_{date}.csv`');
    expect(problem?.message).toContain('Looked in exports');
    expect(problem?.message).toContain('exports/line_20261121.csv');
  });

  it('names the first file when all are later than the as-of date', async () => {
    const desk = await openDesk();
    await desk.drop('exports/lines_20261122.csv', day('A', '1'));
    expect((await desk.pull([daily])).problem?.message).toContain(
      'later than 2026-11-21; the first is exports/lines_20261122.csv',
    );
  });

  it('still hands over the tables that could be pulled', async () => {
    const desk = await openDesk();
    await desk.drop('lines.csv', day('A', '1'));
    const products = { table: 'products', path: 'products.csv', columns: { product_id: 'Article' } };
    const report = await desk.pull([products, LINES]);
    expect(report.status).toBe('failed');
    expect(report.batches.map(({ table }) => table)).toEqual(['order_lines']);
  });

  it('fails above the share of refused rows, with reasons and samples, and hands over nothing of the table', async () => {
    const desk = await openDesk();
    await desk.drop(
      'lines.csv',
      `${LINES_HEADER}\nA;1;21/11/2026;2;1\nB;1;2026-11-21;2;1\nC;1;2026-11-21;2;1\n`,
    );
    const { batches, problem } = await desk.pull([LINES]);
    expect(batches).toEqual([]);
    expect(problem?.code).toBe('TOO_MANY_REJECTED');
    expect(problem?.message).toContain('2 of 3 rows of order_lines were refused (66.7 %; 1 % are allowed)');
    expect(problem?.message).toContain(
      '2 × ordered_on (Date) is not a date or time written as `DD/MM/YYYY`, first `2026-11-21` at lines.csv:3',
    );
    expect(problem?.hint).toMatch(/^Set `dates: auto` on the feed, or .* `vigie try shop` shows what comes/);
    expect(await desk.platform.bucket.exists('landing/order_lines/source=shop/run=run-1/_batch.json')).toBe(
      false,
    );
    expect(await desk.rejected('order_lines')).toHaveLength(2);
  });

  it('refuses a feed that leaves a required column out, before anything is read', async () => {
    const desk = await openDesk();
    const { currency: _, ...columns } = LINES.columns;
    expect((await desk.pull([{ ...LINES, columns }])).problem).toMatchObject({
      code: 'FEED_INVALID',
      message: expect.stringContaining('`currency` is required and not mapped'),
    });
    const misspelt = { ...LINES, columns: { ...LINES.columns, prodct_id: 'Article' } };
    expect((await desk.pull([misspelt])).problem?.hint).toContain('did you mean `product_id`?');
  });
});
