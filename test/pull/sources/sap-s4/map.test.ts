import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashAddress } from '../../../../functions/platform/address.ts';
import { source } from '../../../../functions/pull/sources/sap-s4/source.ts';
import { mutated } from '../../../kit/mutated.ts';
import { runs } from '../../../kit/runs.ts';
import { totalOf } from '../ad-spend/asking.ts';
import { given, hasRecordings, mapped, recording, refusals } from '../mapped.ts';
import { creditMemo, item, keys, order, partner, product, stock, v2 } from './documents.ts';

const orders = (body: unknown, more: object = {}) =>
  mapped(source, { ...keys, ...more }, 'sales-orders', body);

describe('a sales order', () => {
  test('with its items', () => {
    const page = orders(v2(order()));
    expect(given(page.of('orders'))).toEqual([
      {
        ...{ order_id: '4500123', kind: 'order', status: 'open', ordered_on: '2026-01-01' },
        ...{ customer_id: '100042', channel: 'Sales rep', sales_rep_id: 'R07', cart_id: 'c17' },
      },
    ]);
    // The margin: 52.65 less 40.15.
    expect(given(page.of('order_lines'))).toEqual([
      {
        ...{
          order_id: '4500123',
          line_id: '10',
          ordered_on: '2026-01-01',
          product_id: '10001',
          quantity: '3',
        },
        ...{ net_amount: '52.65', list_amount: '60.00', freight_amount: '4.200', margin_amount: '12.5' },
        currency: 'EUR',
      },
    ]);
  });

  test('of a booking programme: its days until the wanted delivery', () => {
    const [line] = orders(v2(order({ ZZ1_Programme_SDH: 'SUMMER-2026' }))).of('order_lines');
    // From 1 January to 1 March 2026: 31 + 28.
    expect(line).toMatchObject({ booking_programme: 'SUMMER-2026', booking_lead_days: 59 });
  });

  test('some items rejected: they are no longer ordered', () => {
    const items = [item(), item({ SalesOrderItem: '20', SalesDocumentRjcnReason: '52' })];
    const page = orders(v2(order({ OverallSDDocumentRejectionSts: 'B' }, items)));
    expect(page.of('orders')[0]).toMatchObject({ status: 'open' });
    expect(page.of('order_lines').map((line) => line['line_id'])).toEqual(['10']);
  });

  test.each([
    ['the header says so', { OverallSDDocumentRejectionSts: 'C' }, item()],
    ['every item is rejected', {}, item({ SalesDocumentRjcnReason: '52' })],
  ])('all rejected, %s: it is cancelled and keeps its lines', (_, head, line) => {
    const page = orders(v2(order(head, [line])));
    expect(page.of('orders')[0]).toMatchObject({ status: 'cancelled' });
    expect(totalOf(page.of('order_lines'), 'net_amount')).toBe('52.65');
  });

  test('without items: lines that an earlier reading found are taken away', () => {
    const page = orders(v2(order({}, [])));
    expect(page.of('orders')).toHaveLength(1);
    expect(page.empties).toEqual([{ table: 'order_lines', scope: { order_id: '4500123' } }]);
  });

  test.each([
    ['A', 'open'],
    ['B', 'open'],
    ['C', 'completed'],
    ['', 'open'],
  ])('overall status %j is %s', (OverallSDProcessStatus, status) => {
    expect(orders(v2(order({ OverallSDProcessStatus }))).of('orders')[0]).toMatchObject({ status });
  });

  test('what is given away has no price, and is no discount of a hundred per cent', () => {
    const free = item({ SalesOrderItemCategory: 'TANN', NetAmount: '52.65', CostAmount: '40.15' });
    expect(orders(v2(order({}, [free]))).of('order_lines')[0]).toMatchObject({
      ...{ quantity: '3', net_amount: '0', list_amount: null, margin_amount: '-40.15' },
    });
  });

  test('texts among the items are left out', () => {
    const page = orders(
      v2(order({}, [item(), item({ SalesOrderItem: '20', SalesOrderItemCategory: 'TATX' })])),
    );
    expect(page.of('order_lines')).toHaveLength(1);
  });

  test('the sales representative is a partner, where vigie.yaml names the function', () => {
    const to_Partner = {
      results: [
        { PartnerFunction: 'SP', Customer: '100042', Personnel: '0' },
        { PartnerFunction: 'ER', Customer: '', Personnel: '00000815' },
      ],
    };
    const page = orders(v2(order({ to_Partner })), { sales_rep_function: 'ER' });
    expect(page.of('orders')[0]).toMatchObject({ sales_rep_id: '815' });
  });

  test('freight is the sum of its conditions, less those that are inactive', () => {
    const condition = (ConditionType: string, ConditionAmount: string, ConditionInactiveReason = '') => ({
      ...{ ConditionType, ConditionAmount, ConditionInactiveReason, TransactionCurrency: 'EUR' },
    });
    const results = [
      condition('YF00', '3.10'),
      condition('YF01', '1.05'),
      condition('PPR0', '60'),
      condition('YF00', '9', 'X'),
    ];
    const body = v2(order({}, [item({ to_PricingElement: { results } })]));
    const page = orders(body, { conditions: { freight_amount: ['YF00', 'YF01'] } });
    expect(page.of('order_lines')[0]).toMatchObject({ freight_amount: '4.15' });
  });
});

describe('document types', () => {
  const typed = (SalesOrderType: string, kind: string) =>
    orders(v2(order({ SalesOrderType })), { document_types: { [SalesOrderType]: kind } });

  test('a return turns every sign', () => {
    const page = typed('RE', 'return');
    expect(page.of('orders')[0]).toMatchObject({ kind: 'return' });
    expect(page.of('order_lines')[0]).toMatchObject({
      ...{
        quantity: '-3',
        net_amount: '-52.65',
        list_amount: '-60',
        freight_amount: '-4.2',
        margin_amount: '-12.5',
      },
    });
  });

  test('one that is free of charge has no revenue', () => {
    expect(typed('FD', 'free_of_charge').of('order_lines')[0]).toMatchObject({
      net_amount: '0',
      list_amount: null,
    });
  });

  test('one to be left out is counted as such', () => {
    expect(typed('QT', 'skip')).toMatchObject({ rows: [], empties: [], skipped: ['document type QT'] });
  });

  test.each(['QT', 'constructor', ''])('one that nobody listed (%j) is rejected', (SalesOrderType) => {
    const page = orders(v2(order({ SalesOrderType })));
    expect(page.rows).toEqual([]);
    expect(page.rejected).toMatchObject([{ field: 'SalesOrderType' }]);
  });
});

describe('currencies', () => {
  test.each([
    ['JPY', '15000', '15000'],
    ['EUR', '52.65', '52.65'],
    ['KWD', '12.345', '12.345'],
    ['EUR', '99999999999999.9999', '99999999999999.9999'],
  ])('%s %s', (TransactionCurrency, NetAmount, net_amount) => {
    const page = orders(v2(order({}, [item({ TransactionCurrency, NetAmount })])));
    expect(page.of('order_lines')[0]).toMatchObject({ net_amount, currency: TransactionCurrency });
  });

  test.each([
    ['JPY', '150.00', '15000'],
    ['EUR', '52.65', '52.65'],
    ['KWD', '123.45', '12.345'],
  ])('%s as stored inside: %s is %s', (TransactionCurrency, NetAmount, net_amount) => {
    const page = orders(v2(order({}, [item({ TransactionCurrency, NetAmount })])), {
      amounts: 'two_decimals',
    });
    expect(page.of('order_lines')[0]).toMatchObject({ net_amount });
  });

  test('SAP’s own keys are none that anybody has a rate for', () => {
    const page = orders(v2(order({}, [item({ TransactionCurrency: 'USDN' })])));
    expect(page.rejected).toMatchObject([{ field: 'to_Item.results[0].TransactionCurrency', value: 'USDN' }]);
  });
});

describe('OData V4', () => {
  const v4 = (...value: object[]): object => ({ '@odata.context': '$metadata#SalesOrder', value });
  const line = {
    ...{ SalesOrderItem: '10', SalesOrderItemCategory: 'TAN', Product: '10001', RequestedQuantity: '2' },
    ...{ TransactionCurrency: 'CHF', NetAmount: '19.90', SalesDocumentRjcnReason: '' },
  };
  const head = {
    ...{ SalesOrder: '17', SalesOrderType: 'OR', SalesOrderDate: '2026-03-29', SoldToParty: '100042' },
    ...{ DistributionChannel: '30', SalesGroup: '', TransactionCurrency: 'CHF', OverallSDProcessStatus: 'C' },
    ...{ OverallSDDocumentRejectionSts: 'A', LastChangeDateTime: '2026-03-29T06:15:47Z', _Item: [line] },
  };
  const read = (body: unknown) => mapped(source, { protocol: 'v4' }, 'sales-orders', body);

  test('an order', () => {
    const page = read(v4(head));
    expect(given(page.of('orders'))).toEqual([
      {
        order_id: '17',
        kind: 'order',
        status: 'completed',
        ordered_on: '2026-03-29',
        customer_id: '100042',
        channel: '30',
      },
    ]);
    expect(page.of('order_lines')[0]).toMatchObject({
      product_id: '10001',
      quantity: '2',
      net_amount: '19.90',
    });
  });

  test.each([
    [
      '4.0',
      { '@odata.context': '$metadata#SalesOrder/$deletedEntity', id: "SalesOrder('17')", reason: 'deleted' },
    ],
    ['4.01', { '@removed': { reason: 'deleted' }, '@id': "https://sap.example/SalesOrder(SalesOrder='17')" }],
    ['4.01, by its key', { '@removed': { reason: 'changed' }, SalesOrder: '17' }],
  ])('a tombstone of %s takes document and lines away', (_, tombstone) => {
    const scope = { order_id: '17' };
    expect(read(v4(head, tombstone)).empties).toEqual([
      { table: 'orders', scope },
      { table: 'order_lines', scope },
    ]);
  });

  test('a tombstone that names nothing is rejected', () => {
    expect(read(v4({ '@removed': {} })).rejected).toMatchObject([{ field: '@id' }]);
  });
});

describe('other documents', () => {
  test('a customer return has names of its own', () => {
    const returned = Object.fromEntries(
      Object.entries(order({ SalesOrderType: 'RE' })).map(([name, value]) => [
        name.replace('SalesOrder', 'CustomerReturn'),
        value,
      ]),
    );
    const line = Object.fromEntries(
      Object.entries(item()).map(([name, value]) => [name.replace('SalesOrder', 'CustomerReturn'), value]),
    );
    const page = mapped(source, keys, 'customer-returns', v2({ ...returned, to_Item: { results: [line] } }));
    expect(page.of('orders')[0]).toMatchObject({
      order_id: '4500123',
      kind: 'return',
      ordered_on: '2026-01-01',
    });
    expect(page.of('order_lines')[0]).toMatchObject({ line_id: '10', net_amount: '-52.65' });
  });

  test('a credit memo of billing is a return under a number of its own', () => {
    const page = mapped(source, {}, 'billing-credit-memos', v2(creditMemo()));
    expect(page.of('orders')[0]).toMatchObject({
      order_id: 'B90000017',
      kind: 'return',
      status: 'completed',
    });
    expect(totalOf(page.of('order_lines'), 'net_amount')).toBe('-20');
  });

  test.each([
    [{ BillingDocumentType: 'F2' }, 'billing type F2'],
    [{ CancelledBillingDocument: '90000016' }, 'cancellation of a billing document'],
  ])('%j is left out', (changes, reason) => {
    expect(mapped(source, {}, 'billing-credit-memos', v2(creditMemo(changes)))).toMatchObject({
      rows: [],
      skipped: [reason],
    });
  });

  test('a credit memo that was cancelled says so', () => {
    const page = mapped(
      source,
      {},
      'billing-credit-memos',
      v2(creditMemo({ BillingDocumentIsCancelled: true })),
    );
    expect(page.of('orders')[0]).toMatchObject({ status: 'cancelled' });
  });

  test('a document that the company’s own service calls deleted is taken away', () => {
    const own = { paths: { 'deleted-documents': '/sap/opu/odata/sap/ZDELETED_SRV/Deleted' } };
    const page = mapped(source, own, 'deleted-documents', v2({ SalesDocument: '0004500123' }));
    expect(page.empties.map(({ table, scope }) => [table, scope['order_id']])).toEqual([
      ['orders', '4500123'],
      ['order_lines', '4500123'],
    ]);
  });
});

describe('master data', () => {
  const words = {
    regions: { '1005': 'Grand Est' },
    industries: { Z001: 'Independent garage' },
    segments: { '01': 'C' },
  };

  test('a customer, of the sales area that counts', () => {
    const area = { sales_area: { channel: '10' } };
    const page = mapped(source, { ...words, ...area }, 'customers', v2(partner()));
    expect(given(page.of('customers'))).toEqual([
      {
        ...{
          customer_id: '100042',
          name: 'Garage Lefèvre',
          country: 'FR',
          region: 'Grand Est',
          segment: 'C',
        },
        ...{ industry: 'Independent garage', sales_rep_id: 'R07', account_opened_on: '2020-02-01' },
        email_hash: hashAddress('office@lefevre.example'),
      },
    ]);
  });

  test('a partner that is no customer is left out', () => {
    expect(mapped(source, {}, 'customers', v2(partner({ Customer: '' })))).toMatchObject({ rows: [] });
  });

  test('a product, named in the logon language', () => {
    const german = {
      language: 'DE',
      brand: 'ZZ1_Brand_PRD',
      product_groups: { L001: 'Reifen' },
      inactive_statuses: ['Z9'],
    };
    const page = mapped(
      source,
      german,
      'products',
      v2(product(), product({ Product: '10008', SalesStatus: 'Z9' })),
    );
    expect(page.of('products')).toEqual([
      { product_id: '10001', name: 'Ganzjahresreifen', category: 'Reifen', brand: 'Fjellgrip', active: true },
      {
        product_id: '10008',
        name: 'Ganzjahresreifen',
        category: 'Reifen',
        brand: 'Fjellgrip',
        active: false,
      },
    ]);
  });

  test('stock: what can be promised, plant by plant', () => {
    const page = mapped(source, {}, 'stock', v2(stock()), {
      facts: { date: 'Sun, 22 Nov 2026 05:00:00 GMT' },
    });
    expect(page.of('stock_levels')).toEqual([
      { product_id: '10001', warehouse_id: '1000', stock_on: '2026-11-21', available_quantity: '42.75' },
      { product_id: '10001', warehouse_id: '1100', stock_on: '2026-11-21', available_quantity: '-1' },
    ]);
  });

  test('no record of stock is a stock of 0 in the plants that vigie.yaml lists', () => {
    const page = mapped(source, { plants: ['1000', '1200'] }, 'stock', v2(stock()));
    expect(page.of('stock_levels').map((row) => [row['warehouse_id'], row['available_quantity']])).toEqual([
      ['1000', '42.75'],
      ['1200', '0'],
      ['1100', '-1'],
    ]);
  });

  test('stock of today is not that of a day long past', () => {
    const page = mapped(source, {}, 'stock', v2(stock()), {
      facts: { date: 'Mon, 30 Nov 2026 05:00:00 GMT' },
    });
    expect(page.rows).toEqual([]);
  });
});

describe('what is not as known', () => {
  test.each([
    ['an item without an amount', order({}, [item({ NetAmount: '' })]), 'to_Item.results[0].NetAmount'],
    ['an amount with a comma', order({}, [item({ NetAmount: '52,65' })]), 'to_Item.results[0].NetAmount'],
    ['a date that is none', order({ SalesOrderDate: '/Date(x)/' }), 'SalesOrderDate'],
    ['items that were not expanded', order({ to_Item: { __deferred: {} } }), 'to_Item'],
    ['no items at all', order({ to_Item: undefined }), 'to_Item'],
    ['a status nobody knows', order({ OverallSDProcessStatus: 'Z' }), 'OverallSDProcessStatus'],
    [
      'no reason for rejection',
      order({}, [item({ SalesDocumentRjcnReason: undefined })]),
      'to_Item.results[0].SalesDocumentRjcnReason',
    ],
    [
      'an amount that has another name',
      order({}, [item({ Subtotal1Amount: undefined })]),
      'to_Item.results[0].Subtotal1Amount',
    ],
    ['a custom field that has another name', order({ ZZ1_Cart_SDH: undefined }), 'ZZ1_Cart_SDH'],
  ])('%s is rejected by its name', (_, body, field) => {
    const page = orders(v2(body));
    expect(page.rows).toEqual([]);
    expect(page.rejected).toMatchObject([{ field }]);
  });

  test.each([[{ d: null }], [{ value: {} }], [[]], [null]])('the envelope %j fails the source', (body) => {
    expect(() => orders(body)).toThrow(expect.objectContaining({ code: 'VENDOR_SHAPE' }));
  });

  test.each([
    [
      'sales-orders',
      order({ ZZ1_Programme_SDH: 'SUMMER-2026' }, [item(), item({ SalesOrderItem: '20' })]),
      keys,
    ],
    ['customers', partner(), { customer_fields: { marketing_consent: 'customer.Industry' } }],
    ['products', product(), { brand: 'ZZ1_Brand_PRD' }],
    ['stock', stock(), {}],
    ['billing-credit-memos', creditMemo(), {}],
  ])('%s changed at random are mapped, or rejected by a field’s name', (name, record, more) => {
    fc.assert(
      fc.property(mutated(record), (changed) => {
        const page = mapped(source, more, name, { d: { results: [changed] } });
        for (const { field, reason } of page.rejected) expect([field, reason]).not.toContain('');
        expect(page.rows.flatMap(({ table, row }) => refusals(table, row))).toEqual([]);
      }),
      { numRuns: runs(150) },
    );
  });
});

describe.skipIf(!hasRecordings)('recorded answers', () => {
  test('an order of SAP’s sandbox: one item of 52.65 dollars', () => {
    const page = mapped(
      source,
      {},
      'sales-orders',
      recording('sap/sap_sandbox_A_SalesOrder_1_expand_to_Item.json'),
    );
    expect(given(page.of('orders'))).toEqual([
      {
        ...{ order_id: '1', kind: 'order', status: 'completed', ordered_on: '2016-08-17' },
        ...{ customer_id: '17100001', channel: '10' },
      },
    ]);
    expect(given(page.of('order_lines'))).toEqual([
      {
        ...{ order_id: '1', line_id: '10', ordered_on: '2016-08-17', product_id: 'TG11' },
        ...{ quantity: '3', net_amount: '52.65', currency: 'USD' },
      },
    ]);
  });
});
