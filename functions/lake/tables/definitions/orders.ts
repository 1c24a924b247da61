import { z } from 'zod';
import { date, oneOf, text, timestamp } from '../column.ts';
import { defineTable } from '../table.ts';

export const orders = defineTable({
  name: 'orders',
  names: { en: 'orders', fr: 'commandes' },
  description:
    'Sales documents: orders, and returns (credit memos, cancelling documents). Amounts are on order_lines.',
  key: ['order_id'],
  scope: ['order_id'],
  businessDate: 'ordered_on',
  row: z.object({
    order_id: text('Document number.'),
    kind: oneOf(['order', 'return'], 'Returns carry negative lines and are never counted as orders.'),
    status: oneOf(['open', 'completed', 'cancelled'], 'A cancelled document counts nowhere.'),
    ordered_on: date('Business date.'),
    ordered_at: timestamp('Instant, where the source tells it.').nullable(),
    customer_id: text('Sold-to party; null for a sale to nobody known.').nullable(),
    channel: text('Sales channel: web, sales rep, EDI, phone …').nullable(),
    sales_rep_id: text('Sales representative credited.').nullable(),
    booking_programme: text('Early-order programme of the document; null for an ordinary order.').nullable(),
    cart_id: text('The web-shop cart it came from.').nullable(),
    session_id: text('The web session it was placed in.').nullable(),
  }),
});
