import { z } from 'zod';
import { boolean, text } from '../column.ts';
import { defineTable } from '../table.ts';

export const products = defineTable({
  name: 'products',
  names: { en: 'products', fr: 'produits' },
  description: 'Articles as they are known today.',
  key: ['product_id'],
  scope: ['product_id'],
  row: z.object({
    product_id: text('Article number, as order lines and cart lines carry it.'),
    name: text('Name.').nullable(),
    category: text('Product category (one level, the one the company steers by).').nullable(),
    brand: text('Brand.').nullable(),
    active: boolean('Whether it can be sold.').nullable(),
  }),
});
