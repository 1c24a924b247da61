import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FieldError, RecordReader } from '../../../../functions/pull/api/record-reader.ts';
import { sessionPages } from '../../../../functions/pull/sources/ga4/client.ts';
import { mapSessions } from '../../../../functions/pull/sources/ga4/map.ts';
import type { Settings } from '../../../../functions/pull/sources/ga4/settings.ts';
import { runs } from '../../../kit/runs.ts';
import { rowSchema, tableOf } from '../../../kit/tables.ts';
import { answering, chosen, mapped, pagesOf, report, slice } from './asking.ts';

const row = rowSchema(tableOf('sessions'));

const read = async (body: object, keys: Partial<Settings> = {}) => {
  const [page] = await pagesOf(sessionPages(answering([body]).vendor, chosen(keys), slice('2026-11-20')));
  if (!page) throw new Error('no page');
  return mapped(page, keys);
};

describe('a row of the report', () => {
  test('becomes a row of sessions, worked out by hand', async () => {
    // 28 sessions, 17 engaged: 11 bounced. A share of 1/28 of them ordered: one.
    const { rows } = await read(
      report([['20261120', 'mobile', 'Paid Search', '/p/winter', '28', '17', '0.03571428571428571']]),
    );
    expect(rows).toEqual([
      {
        session_id: 'shop.example|2026-11-20|mobile|Paid Search|/p/winter',
        property: 'shop.example',
        started_on: '2026-11-20',
        started_at: null,
        session_count: 28,
        ordering_session_count: 1,
        bounced_session_count: 11,
        device: 'mobile',
        channel: 'Paid Search',
        landing_group: 'product',
        customer_id: null,
        consented: null,
      },
    ]);
    expect(row.safeParse(rows[0]).error).toBeUndefined();
  });

  test('totals of a day are those worked out by hand', async () => {
    // Sessions 120 + 45 + 7 = 172; ordering 6 + 1 + 0 = 7; bounced 50 + 25 + 7 = 82.
    const { rows } = await read(
      report([
        ['20261120', 'desktop', 'Direct', '/', '120', '70', '0.05'],
        ['20261120', 'mobile', 'Direct', '/', '45', '20', '0.022222222222222223'],
        ['20261120', 'tablet', 'Email', '/offers', '7', '0', '0'],
      ]),
    );
    const sum = (column: string) => rows.reduce((total, row) => total + Number(row[column]), 0);
    expect([sum('session_count'), sum('ordering_session_count'), sum('bounced_session_count')]).toEqual([
      172, 7, 82,
    ]);
    expect(rows.map((row) => row['landing_group'])).toEqual(['home', 'home', null]);
  });

  test('takes the company’s words for channels, and no words where Google knows none', async () => {
    const { rows } = await read(
      report([
        ['20261120', 'smart tv', 'Paid Search', '(not set)', '1', '1', '0'],
        ['20261120', '(not set)', '(not set)', '', '2', '1', '0'],
        ['20261120', 'desktop', '(other)', '(other)', '3', '1', '0'],
      ]),
      { channels: { 'Paid Search': 'Google Ads' } },
    );
    expect(rows.map(({ device, channel, landing_group }) => [device, channel, landing_group])).toEqual([
      ['other', 'Google Ads', null],
      [null, null, null],
      ['desktop', '(other)', '(other)'],
    ]);
    expect(new Set(rows.map((row) => row['session_id'])).size).toBe(3);
  });

  test('of engagement only counts nowhere; more engaged than all is no bounce', async () => {
    const { rows, skipped } = await read(
      report([
        ['20261120', 'mobile', 'Direct', '/', '0', '3', '0'],
        ['20261120', 'desktop', 'Direct', '/', '100', '101', '0.01'],
      ]),
    );
    expect(skipped).toEqual(['no session began']);
    expect(rows.map((row) => [row['session_count'], row['bounced_session_count']])).toEqual([[100, 0]]);
  });
});

test.each([
  ['sessions', '12.5', 'sessions'],
  ['sessions', 'many', 'sessions'],
  ['sessions', '-3', 'sessions'],
  ['engagedSessions', '', 'engagedSessions'],
  ['sessionKeyEventRate:purchase', '3.5', 'sessionKeyEventRate:purchase'],
  ['sessionKeyEventRate:purchase', 'NaN', 'sessionKeyEventRate:purchase'],
  ['date', '2026-11-20', 'date'],
  ['date', '20261131', 'date'],
  ['date', '(other)', 'date'],
])('%s of %j is refused by its name', (field, value, named) => {
  expect(() => map({ ...GOOD, [field]: value })).toThrow(expect.objectContaining({ field: named }));
});

test('words that every object has are words like others', () => {
  expect(
    map({ ...GOOD, deviceCategory: 'constructor', sessionDefaultChannelGroup: 'toString' }),
  ).toMatchObject([{ device: 'other', channel: 'toString' }]);
});

test('any mutation of a record is mapped onto a valid row, skipped, or rejected by the name of a field', () => {
  const mutation = fc.record({
    field: fc.constantFrom(...Object.keys(GOOD)),
    value: fc.oneof(
      fc.string(),
      fc.integer(),
      fc.double(),
      fc.constant(null),
      fc.constant(undefined),
      fc.object(),
    ),
  });
  fc.assert(
    fc.property(fc.array(mutation, { maxLength: 3 }), (mutations) => {
      const record: Record<string, unknown> = { ...GOOD };
      for (const { field, value } of mutations) record[field] = value;
      try {
        for (const each of map(record)) expect(row.safeParse(each).error).toBeUndefined();
      } catch (error) {
        if (!(error instanceof FieldError)) throw error;
        expect(Object.keys(GOOD)).toContain(error.field);
        expect(error.reason).not.toBe('');
      }
    }),
    { numRuns: runs(2000) },
  );
});

const GOOD: Readonly<Record<string, string>> = {
  date: '20261120',
  deviceCategory: 'mobile',
  sessionDefaultChannelGroup: 'Direct',
  landingPage: '/',
  sessions: '28',
  engagedSessions: '17',
  'sessionKeyEventRate:purchase': '0.03571428571428571',
};

function map(record: Readonly<Record<string, unknown>>): unknown[] {
  const rows: unknown[] = [];
  mapSessions(
    new RecordReader(record),
    { row: (_, row) => void rows.push(row), empty: () => undefined, skip: () => undefined },
    {
      settings: chosen(),
      slice: slice('2026-11-20'),
      page: { request: '', format: 'json', text: '', json: () => null, facts: {} },
      source: 'ga4',
      timeZone: 'Europe/Paris',
      currency: 'EUR',
    },
  );
  return rows;
}
