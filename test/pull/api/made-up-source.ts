import { z } from 'zod';
import { datesBetween } from '../../../functions/lake/values/day.ts';
import { fromMicros, roundDecimal } from '../../../functions/pull/api/decimals.ts';
import { shapeError } from '../../../functions/pull/api/record-reader.ts';
import { baseUrl, secretReference } from '../../../functions/pull/api/settings-fields.ts';
import { defineSource, type Entity, type RawPage, type Slice } from '../../../functions/pull/api/source.ts';
import { isoInstant } from '../../../functions/pull/api/values.ts';
import type { Vendor, VendorAnswer } from '../../../functions/pull/api/vendor.ts';

/** A source that no company has: one entity of each way of reading. */
const settings = z.strictObject({
  base_url: baseUrl().default('https://api.made-up.example').describe('Address.'),
  secret: secretReference().default('${secret:made-up}').describe('Credentials.'),
  accounts: z.array(z.string()).default(['a1']).describe('Accounts.'),
  days_at_once: z.int().default(31).describe('Days.'),
  look_back_days: z.int().default(3).describe('Days read anew.'),
  sign: z.enum(['1', '-1']).default('1').describe('Changes rows.'),
});
type Settings = z.infer<typeof settings>;

const pageOf = (answer: VendorAnswer): RawPage => ({
  request: answer.request,
  format: 'json',
  text: answer.text,
  json: answer.json,
  facts: {},
});

const listOf = (page: RawPage): readonly unknown[] => {
  const { value } = page.json() as { value?: unknown };
  if (!Array.isArray(value)) throw shapeError('made-up', 'value', page.json());
  return value;
};

async function* follow(vendor: Vendor, url: string): AsyncGenerator<RawPage> {
  for (let next: string | undefined = url; next !== undefined; ) {
    const answer: VendorAnswer = await vendor.ask({ url: next });
    yield pageOf(answer);
    next = (answer.json() as { next?: string }).next;
  }
}

const orders: Entity<Settings> = {
  name: 'orders',
  tables: ['orders', 'order_lines'],
  reading: { by: 'change', overlapMinutes: 10 },
  pages: (vendor, _settings, { since }: Slice) =>
    follow(vendor, `/orders?since=${since === null ? '' : encodeURIComponent(since)}`),
  records: listOf,
  personal: ['buyer.phone'],
  map(record, out) {
    const id = record.text('id');
    if (record.booleanOrNull('deleted')) {
      out.empty('orders', { order_id: id });
      out.empty('order_lines', { order_id: id });
      return;
    }
    const day = record.text('day');
    out.row('orders', {
      order_id: id,
      kind: 'order',
      status: 'open',
      ordered_on: day,
      ordered_at: record.asOrNull('at', isoInstant),
      customer_id: record.textOrNull('buyer.email'),
    });
    for (const line of record.records('lines'))
      out.row('order_lines', {
        order_id: id,
        line_id: line.text('no'),
        ordered_on: day,
        quantity: line.as('units', roundDecimal),
        net_amount: line.as('net', roundDecimal),
        currency: record.text('currency'),
      });
  },
};

const spend = (chosen: Settings): Entity<Settings> => ({
  name: 'spend',
  tables: ['ad_spend'],
  reading: { by: 'day', lookBackDays: chosen.look_back_days, daysAtOnce: chosen.days_at_once },
  partitions: ({ accounts }) => accounts,
  pages: (vendor, _settings, { partition, from, to }) =>
    follow(vendor, `/spend?account=${partition}&from=${from}&to=${to}`),
  records: listOf,
  map(record, out, { slice, settings: { sign } }) {
    out.row('ad_spend', {
      platform: 'made-up',
      account_id: slice.partition,
      spent_on: record.text('day'),
      campaign_id: record.text('campaign'),
      impressions: 1,
      clicks: 1,
      cost: record.as('micros', (text) => fromMicros(sign === '1' ? text : `-${text}`)),
      conversions: '0',
      currency: 'EUR',
    });
  },
  scopes: (_settings, { partition, from, to }) =>
    datesBetween(from ?? '', to ?? '').map((day) => ({
      table: 'ad_spend',
      scope: { platform: 'made-up', account_id: partition, spent_on: day },
    })),
});

const customers: Entity<Settings> = {
  name: 'customers',
  tables: ['customers'],
  reading: { by: 'whole' },
  pages: (vendor) => follow(vendor, '/customers'),
  records: listOf,
  map(record, out) {
    out.row('customers', { customer_id: record.text('id'), name: record.textOrNull('name') });
  },
};

export const madeUp = defineSource<Settings>({
  kind: 'made-up',
  title: 'Made up',
  settings,
  settingsWithoutRows: ['accounts', 'days_at_once', 'look_back_days'],
  api: (chosen) => ({
    version: 'v1',
    sunset: null,
    baseUrl: chosen.base_url,
    limits: { concurrency: 4, perSecond: null, maxAnswerBytes: 1 << 20 },
  }),
  authorize: (chosen) => ({ kind: 'token', secret: chosen.secret }),
  entities: (chosen) => [orders, spend(chosen), customers],
  probe: async () => ({ status: 'ok', finding: 'made up' }),
});
