import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LAST_ROW } from '../../functions/lake/landing/batch.ts';
import { openDesk } from './pulling.ts';

async function pulled(csv: string, feed: Record<string, unknown>, share = 1) {
  const desk = await openDesk();
  await desk.drop('f.csv', csv);
  const report = await desk.pull([{ path: 'f.csv', ...feed }], { share });
  return { desk, report, rows: report.batches[0] ? await desk.rows(report.batches[0]) : [] };
}

const spend = {
  table: 'ad_spend',
  sum_rows_per_key: true,
  columns: {
    ...{
      platform: { constant: 'microsoft' },
      account_id: 'account',
      spent_on: 'date',
      campaign_id: 'campaign',
    },
    ...{ campaign_name: 'name', impressions: 'impressions', clicks: 'clicks', cost: 'spend' },
    ...{ conversions: 'conversions', conversion_value: 'revenue', currency: 'currency' },
  },
};
const HEAD = 'date,account,campaign,name,status,currency,impressions,clicks,spend,conversions,revenue\n';

describe('sum_rows_per_key', () => {
  it('adds up counts and amounts of rows that share a key, exactly, and keeps the first name', async () => {
    const { rows, report } = await pulled(
      `${HEAD}2026-11-20,1,501,,Ended,EUR,900,90,80.10,4,400.00
2026-11-20,1,502,Seals,Current,EUR,500,50,30.00,2,
2026-11-20,1,501,Pumps,Current,EUR,100,10,20.2001,0.5,
`,
      spend,
    );
    expect(rows).toMatchObject([
      {
        ...{ campaign_id: '501', campaign_name: 'Pumps', impressions: 1000, clicks: 100, cost: '100.3001' },
        ...{ conversions: '4.5000', conversion_value: '400.0000', _row: 2 },
      },
      { campaign_id: '502', cost: '30.0000', _row: 3 },
    ]);
    expect(report.batches[0]).toMatchObject({ rows: 2, rejected: 0, totals: { cost: '130.3001' } });
  });

  it('refuses to add up two currencies, and what does not fit', async () => {
    const { rows, desk } = await pulled(
      `${HEAD}2026-11-20,1,501,A,,EUR,2000000000,1,80,4,1
2026-11-20,1,501,A,,USD,1,1,20,1,1
2026-11-20,1,501,A,,EUR,2000000000,1,20,1,1
2026-11-20,1,501,A,,EUR,1,1,0.5,1,1
`,
      spend,
    );
    expect(rows).toMatchObject([{ cost: '80.5000', impressions: 2_000_000_001 }]);
    expect((await desk.rejected('ad_spend')).map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'is another than on the first row of the same key'],
      [4, 'makes the sum of its key too large'],
    ]);
  });

  it('does not add up days', async () => {
    const { rows } = await pulled('id,n,days,amount\nA,1,30,5\nA,1,30,7\n', {
      table: 'order_lines',
      sum_rows_per_key: true,
      columns: {
        ...{ order_id: 'id', line_id: 'n', booking_lead_days: 'days', quantity: { constant: 1 } },
        ...{ net_amount: 'amount', currency: { constant: 'EUR' } },
      },
    });
    expect(rows).toMatchObject([{ booking_lead_days: 30, net_amount: '12.0000', quantity: '2.0000' }]);
  });

  it('loses nothing, whatever the rows and however long the file', async () => {
    const row = fc.record({
      key: fc.integer({ min: 1, max: 9 }),
      cents: fc.integer({ min: -99_999, max: 99_999 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 3000 }),
        async (some, times) => {
          const all = Array.from({ length: times }, () => some).flat();
          const lines = all.map(({ key, cents }) => `2026-11-20,1,${key},,,EUR,1,1,${cents / 100},0,0`);
          const { rows } = await pulled(`${HEAD}${lines.join('\n')}\n`, spend);
          const sums = new Map<string, number>();
          for (const { key, cents } of all) sums.set(String(key), (sums.get(String(key)) ?? 0) + cents);
          const found = rows.map(({ campaign_id, cost }) => [campaign_id, Math.round(Number(cost) * 100)]);
          expect(new Map(found as [string, number][])).toEqual(sums);
        },
      ),
      { numRuns: 12 },
    );
  });

  it.each([
    [{ one_row_per_key: true }, 'exclude each other'],
    [{ group_by: ['campaign'] }, 'exclude each other'],
    [{ table: 'products', columns: { product_id: 'campaign' } }, 'nothing to add up'],
  ])('is refused with %j', async (more, words) => {
    const { report } = await pulled(HEAD, { ...spend, ...more });
    expect(report.problem?.message).toContain(words);
  });
});

describe('one_row_per_key: last', () => {
  it('lands all rows in their order, and marks their repetition as known', async () => {
    const columns = { product_id: 'id', name: 'name' };
    const csv = 'id,name\nA,old\nB,b\nA,new\n';
    const { rows } = await pulled(csv, { table: 'products', one_row_per_key: 'last', columns });
    expect(rows.map((row) => [row['product_id'], row['name']])).toEqual([
      ['A', 'old'],
      ['B', 'b'],
      ['A', 'new'],
    ]);
    expect(rows.every((row) => Number(row['_row']) > LAST_ROW / 2)).toBe(true);
  });
});

describe('a key with an instant in it', () => {
  const stages = {
    table: 'stage_history',
    columns: {
      ...{ kind: { constant: 'deal' }, record_id: 'deal', stage_id: 'stage', entered_at: 'at' },
      basis: { constant: 'history' },
    },
  };
  const csv = 'deal,stage,at\nD,offer,2026-11-01T08:00:00Z\nD,offer,2026-11-09T08:00:00Z\n';

  it('tells rows apart by the instant: who comes back to a stage was there twice', async () => {
    const { rows } = await pulled(csv, { ...stages, one_row_per_key: true });
    expect(rows.map((row) => row['entered_at']).sort()).toEqual([
      '2026-11-01T08:00:00Z',
      '2026-11-09T08:00:00Z',
    ]);
  });

  it('adds up nothing of two instants', async () => {
    const { rows } = await pulled('deal,at,amount\nD,2026-11-01T08:00:00Z,5\nD,2026-11-09T08:00:00Z,7\n', {
      table: 'deal_amounts',
      sum_rows_per_key: true,
      columns: {
        ...{ deal_id: 'deal', changed_at: 'at', amount: 'amount', currency: { constant: 'EUR' } },
        basis: { constant: 'history' },
      },
    });
    expect(rows.map((row) => row['amount'])).toEqual(['5.0000', '7.0000']);
  });
});

const events = `cart,event,at,amount,stage
A,add_to_cart,20.11.2026 09:00,"1,50",
A,purchase,20.11.2026 11:30,"10,00",x
A,purchase,20.11.2026 10:15,"20,25",y
B,add_to_cart,20.11.2026 12:00,"4,00",z
B,view,19.11.2026 12:00,,
`;
const purchase = { column: 'event', equals: 'purchase' };
const carts = (columns: Record<string, unknown>) => ({
  table: 'carts',
  decimal: ',',
  timestamps: 'DD.MM.YYYY HH:mm',
  time_zone: 'UTC',
  group_by: ['cart'],
  columns: {
    cart_id: 'cart',
    last_changed_at: { from: 'at', take: 'max' },
    item_count: { constant: 1 },
    ...columns,
  },
});

describe('the records of a group', () => {
  it('tell when a cart was ordered: the time of the first purchase, whatever their order', async () => {
    const { rows } = await pulled(
      events,
      carts({
        ordered_at: { from: 'at', take: 'min', when: purchase },
        created_at: { from: 'at', take: 'min' },
        item_count: { count: 'records' },
        order_id: { from: 'stage', take: 'last', when: [purchase, { column: 'stage', empty: false }] },
        region: { from: 'stage' },
      }),
    );
    expect(rows).toMatchObject([
      {
        ...{ cart_id: 'A', ordered_at: '2026-11-20T10:15:00Z', created_at: '2026-11-20T09:00:00Z' },
        ...{ last_changed_at: '2026-11-20T11:30:00Z', item_count: 3, order_id: 'y', region: 'x' },
      },
      { cart_id: 'B', item_count: 2, region: 'z' },
    ]);
    expect(rows[1]).not.toHaveProperty('ordered_at');
    expect(rows[1]).not.toHaveProperty('order_id');
  });

  it.each<[string, unknown, (number | null)[]]>([
    ['count', { count: purchase }, [2, 0]],
    ['any', { any: purchase }, [1, 0]],
    ['none', { none: purchase }, [0, 1]],
  ])('%s', async (_, item_count, wanted) => {
    expect((await pulled(events, carts({ item_count }))).rows.map((row) => row['item_count'])).toEqual(
      wanted,
    );
  });

  it.each<[Record<string, unknown>, (string | null)[]]>([
    [{ take: 'sum' }, ['31.7500', '4.0000']],
    [{ take: 'sum', when: purchase }, ['30.2500', null]],
    [{ take: 'sum', when: purchase, default: 0 }, ['30.2500', '0.0000']],
    [{ take: 'max' }, ['20.2500', '4.0000']],
    [{ take: 'min' }, ['1.5000', '4.0000']],
    [{ take: 'first', when: purchase }, ['10.0000', null]],
    [{ take: 'last' }, ['20.2500', '4.0000']],
    [{ take: 'sum', times: '-1' }, ['-31.7500', '-4.0000']],
  ])('%j of an amount', async (how, wanted) => {
    const columns = {
      ...{
        order_id: 'cart',
        line_id: { constant: '1' },
        quantity: { constant: 1 },
        net_amount: { constant: 0 },
      },
      ...{ currency: { constant: 'EUR' }, list_amount: { from: 'amount', ...how } },
    };
    const feed = { table: 'order_lines', decimal: ',', group_by: ['cart'], columns };
    expect((await pulled(events, feed)).rows.map((row) => row['list_amount'] ?? null)).toEqual(wanted);
  });

  it('refuse a group whose value cannot be read, by that value', async () => {
    const broken = events.replace('20.11.2026 10:15', 'soon');
    const { desk } = await pulled(broken, carts({ ordered_at: { from: 'at', take: 'min', when: purchase } }));
    expect(await desk.rejected('carts')).toMatchObject([{ value: 'soon', column: 'last_changed_at (at)' }]);
  });

  it.each([
    [
      {
        group_by: undefined,
        columns: { cart_id: 'cart', item_count: { count: purchase }, last_changed_at: 'at' },
      },
      'no `group_by`',
    ],
    [{ ...carts({ region: { from: 'stage', take: 'sum' } }) }, 'only numbers are added up'],
    [{ ...carts({ region: { count: 'records' } }) }, 'a count is a number'],
  ])('are not asked where it makes no sense: %#', async (more, words) => {
    const { report } = await pulled(events, { ...carts({}), ...more });
    expect(report.problem?.message).toContain(words);
  });
});
