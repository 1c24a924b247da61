import { expect, test } from 'vitest';
import { printTrial } from '../../../cli/sources/print-trial.ts';
import type { Trial } from '../../../functions/pull/api/try-source.ts';

const trial: Trial = {
  title: 'Made up',
  version: 'v1',
  sunset: '2027-02-01',
  notes: ['a limit is near'],
  entities: [
    {
      entity: 'orders',
      partition: 'shop-1',
      request: 'GET /orders?since=2026-11-15T00%3A00%3A00Z',
      records: [
        {
          raw: { id: 'o1', empty: null, lines: [{ no: 1 }, { no: 2 }, { no: 3 }] },
          rows: [
            { table: 'orders', row: { order_id: 'o1', channel: null } },
            ...[1, 2, 3].map((no) => ({ table: 'order_lines' as const, row: { line_id: String(no) } })),
          ],
          empties: [],
          skipped: [],
          refusal: { field: 'lines[1].net', value: 'ten', reason: 'is not a decimal number' },
          unmapped: ['lines[].no'],
        },
      ],
    },
    {
      entity: 'carts',
      partition: '',
      request: null,
      records: [],
      problem: { code: 'VENDOR_NO_PERMISSION', message: 'it may not be read', hint: 'Ask for the role.' },
    },
    { entity: 'stock', partition: '', request: 'GET /stock', records: [] },
  ],
};

test('raw stands beside canonical; what is refused, unmapped or failing is said', () => {
  expect(printTrial(trial, 80)).toBe(`Made up, version v1, which ends on 2027-02-01
! a limit is near

orders of shop-1
  GET /orders?since=2026-11-15T00:00:00Z
  record 1 ✗ rejected: lines[1].net is not a decimal number, found \`ten\`
    id  o1                                 orders
    lines[0].no  1                           order_id  o1
    lines[1].no  2                         order_lines
    lines: 1 more                            line_id  1
                                           order_lines
                                             line_id  2
                                           order_lines: 1 more
  not mapped: lines[].no

carts
  ✗ it may not be read
    Ask for the role.

stock
  GET /stock
  nothing came of the last days
`);
});
