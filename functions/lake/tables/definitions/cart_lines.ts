import { z } from 'zod';
import { boolean, currency, date, decimal, money, text } from '../column.ts';
import { defineTable } from '../table.ts';

export const cart_lines = defineTable({
  name: 'cart_lines',
  names: { en: 'cart lines', fr: 'lignes de panier' },
  description: 'Items of carts.',
  key: ['cart_id', 'line_id'],
  scope: ['cart_id'],
  businessDate: 'settles_on',
  inherits: { column: 'settles_on', from: 'carts', by: 'cart_id' },
  row: z.object({
    cart_id: text('The cart.'),
    line_id: text('Entry number.'),
    settles_on: date('As on the cart: business date at which its 24 hours end.'),
    added_on: date('Business date at which the item was added.'),
    product_id: text('The product.'),
    quantity: decimal('Units.', { unit: 'units' }),
    amount: money('Net amount of the item.'),
    currency: currency(),
    out_of_stock: boolean('Whether the product could not be promised while the cart was open.').nullable(),
  }),
});
