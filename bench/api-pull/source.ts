import { z } from 'zod';
import { roundDecimal } from '../../functions/pull/api/decimals.ts';
import { defineSource, type Entity, type RawPage } from '../../functions/pull/api/source.ts';
import { isoInstant } from '../../functions/pull/api/values.ts';
import type { VendorAnswer } from '../../functions/pull/api/vendor.ts';

const settings = z.strictObject({ base_url: z.string(), secret: z.string() });
type Settings = z.infer<typeof settings>;

const orders: Entity<Settings> = {
  name: 'orders',
  tables: ['orders', 'order_lines'],
  reading: { by: 'change', overlapMinutes: 5 },
  async *pages(vendor): AsyncGenerator<RawPage> {
    for (let next: string | undefined = '/orders'; next !== undefined; ) {
      const { request, text, json }: VendorAnswer = await vendor.ask({ url: next });
      yield { request, format: 'json', text, json, facts: {} };
      next = (json() as { next?: string }).next;
    }
  },
  records: (page) => (page.json() as { value: unknown[] }).value,
  map(record, out) {
    const id = record.text('id');
    const at = record.as('createdAt', isoInstant);
    const day = at.slice(0, 10);
    const currency = record.text('currency');
    out.row('orders', {
      order_id: id,
      kind: 'order',
      status: record.oneOf('status', { completed: 'completed', cancelled: 'cancelled' }),
      ordered_on: day,
      ordered_at: at,
      customer_id: record.text('soldTo.id'),
      channel: record.text('channel'),
    });
    for (const line of record.records('items'))
      out.row('order_lines', {
        order_id: id,
        line_id: line.text('item'),
        ordered_on: day,
        product_id: line.text('material'),
        quantity: line.as('quantity', roundDecimal),
        net_amount: line.as('netAmount', roundDecimal),
        list_amount: line.as('listAmount', roundDecimal),
        currency,
      });
  },
};

/** The made-up vendor of the benchmark. */
export const benchSource = defineSource<Settings>({
  kind: 'bench',
  title: 'Bench',
  settings,
  api: ({ base_url: baseUrl }) => ({
    version: null,
    sunset: null,
    baseUrl,
    limits: { concurrency: 4, perSecond: null },
  }),
  authorize: ({ secret }) => ({ kind: 'token', secret }),
  entities: () => [orders],
  probe: async () => ({ status: 'ok', finding: 'bench' }),
});
