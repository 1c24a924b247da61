import { z } from 'zod';
import { date, decimal, text } from '../column.ts';
import { defineTable } from '../table.ts';

export const stock_levels = defineTable({
  name: 'stock_levels',
  names: { en: 'stock levels', fr: 'niveaux de stock' },
  description: 'Units available of a product in a warehouse at the end of a day.',
  key: ['product_id', 'warehouse_id', 'stock_on'],
  scope: ['warehouse_id', 'stock_on'],
  businessDate: 'stock_on',
  row: z.object({
    product_id: text('The product.'),
    warehouse_id: text('Warehouse or plant.'),
    stock_on: date('The day.'),
    available_quantity: decimal('Units that could be promised.', { unit: 'units' }),
  }),
});
