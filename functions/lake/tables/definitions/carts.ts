import { z } from 'zod';
import { date, integer, oneOf, text, timestamp } from '../column.ts';
import { defineTable } from '../table.ts';

export const carts = defineTable({
  name: 'carts',
  names: { en: 'carts', fr: 'paniers' },
  description:
    'Web-shop carts. A cart is judged on the day on which the 24 hours after its last change end: from then on its verdict stands.',
  key: ['cart_id'],
  scope: ['cart_id'],
  businessDate: 'settles_on',
  row: z.object({
    cart_id: text('Cart number.'),
    session_id: text('Web session of the last change.').nullable(),
    customer_id: text('The customer, where signed in.').nullable(),
    created_at: timestamp('Instant of creation.').nullable(),
    last_changed_at: timestamp('Instant of the last change of its items.'),
    settles_at: timestamp(
      '24 hours after the last change (filled by the pull step where the source has none).',
    ),
    settles_on: date('Business date of settles_at.'),
    ordered_at: timestamp('Instant at which it became an order; null while it has not.').nullable(),
    order_id: text('The order it became.').nullable(),
    item_count: integer('Distinct items in it.', { unit: 'items' }),
    device: oneOf(['desktop', 'mobile', 'tablet', 'other'], 'Device of the last change.').nullable(),
    channel: text('Traffic channel of the session.').nullable(),
    region: text('Sales region of the visitor.').nullable(),
  }),
});
