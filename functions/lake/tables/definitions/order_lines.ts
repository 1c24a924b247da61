import { z } from 'zod';
import { currency, date, decimal, integer, money, text } from '../column.ts';
import { defineTable } from '../table.ts';

export const order_lines = defineTable({
  name: 'order_lines',
  names: { en: 'order lines', fr: 'lignes de commande' },
  description: 'Lines of sales documents. Amounts are net of tax; returns are negative.',
  key: ['order_id', 'line_id'],
  scope: ['order_id'],
  businessDate: 'ordered_on',
  inherits: { column: 'ordered_on', from: 'orders', by: 'order_id' },
  row: z.object({
    order_id: text('Document number.'),
    line_id: text('Line number, or the row’s place in the document where the source has none.'),
    ordered_on: date('Business date of the document: not of a delivery, nor of the line’s own creation.'),
    product_id: text('Article; null for a line that is not one (a fee).').nullable(),
    quantity: decimal('Units; negative on returns.', { unit: 'units' }),
    net_amount: money('Net of tax and discount.'),
    list_amount: money('At list price, before discount.').nullable(),
    discount_amount: money('List amount less net amount.').nullable(),
    freight_amount: money('Freight cost borne for the line.').nullable(),
    margin_amount: money('Gross margin of the line.').nullable(),
    currency: currency(),
    booking_programme: text('Early-order programme; null for an ordinary line.').nullable(),
    booking_lead_days: integer('Days between a booking and the wanted delivery.', {
      unit: 'days',
    }).nullable(),
  }),
});
