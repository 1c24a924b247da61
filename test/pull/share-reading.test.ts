import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Inbox } from '../../functions/platform/inbox.ts';
import { runs } from '../kit/runs.ts';
import { type Desk, openDesk } from './pulling.ts';

const NUMBER = { order_id: 'No', line_id: { row_number: true }, currency: { constant: 'EUR' } };
const lines = {
  table: 'order_lines',
  path: 'all.csv',
  columns: { ...NUMBER, ordered_on: 'Date', quantity: 'Qty', net_amount: 'Amount' },
};
const orders = {
  table: 'orders',
  path: 'all.csv',
  one_row_per_key: true,
  columns: {
    order_id: 'No',
    ordered_on: 'Date',
    kind: { constant: 'order' },
    status: { constant: 'completed' },
    customer_id: 'Customer',
  },
};
const customers = {
  table: 'customers',
  path: 'all.csv',
  one_row_per_key: true,
  where: [{ column: 'Customer', empty: true, not: true }],
  columns: { customer_id: 'Customer', country: { from: 'Country', optional: true } },
};
const returns = {
  ...lines,
  where: [{ column: 'Qty', matches: '^-' }],
  columns: { ...lines.columns, line_id: 'Line' },
};
const FEEDS = [lines, orders, customers, returns, { ...orders, table: 'orders', encoding: 'latin1' }];

/** A cell that now and then is not what a feed wants. */
const cell = (...values: string[]) => fc.constantFrom(...values);
const record = fc.record({
  No: cell('1', '2', '3', ''),
  Line: cell('1', '2', '3'),
  Date: cell('2026-11-20', '2026-11-21', 'soon'),
  Qty: cell('1', '-2', 'two'),
  Amount: cell('1.5', '10', '1,5'),
  Customer: cell('c1', 'c2', ''),
  Country: cell('FR', 'DE'),
});
type Record = { readonly [K in 'No' | 'Line' | 'Date' | 'Qty' | 'Amount' | 'Customer' | 'Country']: string };

function csv(records: readonly Record[], left: readonly string[], cut: boolean): string {
  const names = ['No', 'Line', 'Date', 'Qty', 'Amount', 'Customer', 'Country'].filter(
    (name) => !left.includes(name),
  ) as (keyof Record)[];
  const text = [names, ...records.map((each) => names.map((name) => each[name]))]
    .map((row) => row.join(','))
    .join('\n');
  return cut ? text.slice(0, -3) : `${text}\n`;
}

/** What a pull gave, table by table: batches, rejected rows, the problem. */
async function outcome(desk: Desk, feeds: readonly { table: string }[], run: string) {
  const report = await desk.pull(feeds, { share: 0.5, run });
  const tables: unknown[] = [];
  for (const batch of report.batches) {
    const { files: _, run: __, ...told } = batch;
    const rejected = batch.rejected > 0 ? await desk.rejected(batch.table, run) : [];
    tables.push({ ...told, landed: await desk.rows(batch), refused: rejected });
  }
  return { tables, problem: report.problem?.message.replaceAll(run, 'run') };
}

const tablesOf = (feeds: readonly { table: string }[]) => {
  const names = [...new Set(feeds.map(({ table }) => table))];
  return names.map((name) => feeds.filter(({ table }) => table === name));
};

describe('feeds that read the same file', () => {
  it(
    'get from one pass what each would get alone',
    async () => {
      const desk = await openDesk();
      let round = 0;
      const law = fc.asyncProperty(
        fc.subarray(FEEDS, { minLength: 2 }),
        fc.array(record, { minLength: 1, maxLength: 12 }),
        fc.subarray(['Line', 'Customer', 'Country', 'Amount'], { maxLength: 1 }),
        fc.boolean(),
        async (feeds, records, left, cut) => {
          await desk.drop('all.csv', csv(records, left, cut));
          round += 1;
          const together = await outcome(desk, feeds, `t${round}`);
          const apart = [];
          for (const [index, own] of tablesOf(feeds).entries())
            apart.push(await outcome(desk, own, `a${round}-${index}`));
          expect(together.tables).toEqual(apart.flatMap(({ tables }) => tables));
          const problems = apart.flatMap(({ problem }) => problem ?? []);
          expect(together.problem).toEqual(problems.length > 0 ? problems.join('\n') : undefined);
        },
      );
      await fc.assert(law, { numRuns: runs(20) });
    },
    runs(60_000),
  );

  it('share the pass: the bytes are read once', async () => {
    const desk = await openDesk();
    const row = {
      No: '1',
      Line: '1',
      Date: '2026-11-20',
      Qty: '1',
      Amount: '1',
      Customer: 'c1',
      Country: 'FR',
    };
    const text = csv(
      Array.from({ length: 40_000 }, () => row),
      [],
      false,
    );
    await desk.drop('all.csv', text);
    let read = 0;
    const { inbox } = desk.platform;
    const counting: Inbox = {
      list: (pattern) => inbox.list(pattern),
      async *stream(name, range) {
        for await (const chunk of inbox.stream(name, range)) {
          read += chunk.length;
          yield chunk;
        }
      },
    };
    Object.assign(desk.platform, { inbox: counting });
    const report = await desk.pull([lines, orders, customers]);
    expect(report.batches.map(({ table, rows }) => [table, rows])).toEqual([
      ['order_lines', 40_000],
      ['orders', 1],
      ['customers', 1],
    ]);
    expect(read).toBeLessThan(2.2 * text.length);
  });

  it('read newline JSON each for itself', async () => {
    const desk = await openDesk();
    const rows = Array.from({ length: 120 }, (_, index) => ({
      No: `${index}`,
      Date: '2026-11-20',
      Customer: 'c1',
    }));
    await desk.drop(
      'all.csv',
      rows
        .map((each) => JSON.stringify(each))
        .join('\n')
        .concat('\n'),
    );
    const report = await desk.pull([lines, orders]);
    expect(report.batches.map(({ table, rows: count }) => [table, count])).toEqual([['orders', 120]]);
    expect(report.problem?.message).toMatch(/none of its 120 records has the field `Qty`, `Amount`/);
  });

  it('refuse a record as often as the file repeats it, though it is mapped once', async () => {
    const desk = await openDesk();
    const good = '1,2026-11-20,c1';
    const bad = '2,soon,c2';
    await desk.drop('all.csv', `No,Date,Customer\n${[good, good, bad, bad, bad, good, bad].join('\n')}\n`);
    const report = await desk.pull([orders], { share: 1 });
    expect(report.batches[0]).toMatchObject({ rows: 1, rejected: 4 });
    expect((await desk.rejected('orders')).map(({ line, value, raw }) => [line, value, raw])).toEqual(
      [4, 5, 6, 8].map((line) => [line, 'soon', { No: '2', Date: 'soon', Customer: 'c2' }]),
    );
  });

  it('tell rows apart by their number, where the key is made of it', async () => {
    const desk = await openDesk();
    await desk.drop('all.csv', 'No,Date,Qty,Amount\n1,2026-11-20,1,5\n1,2026-11-20,1,5\n');
    const report = await desk.pull([{ ...lines, one_row_per_key: true }]);
    expect(report.batches[0]).toMatchObject({ rows: 2, totals: { net_amount: '10.0000' } });
  });
});
