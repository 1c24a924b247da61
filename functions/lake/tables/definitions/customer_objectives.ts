import { z } from 'zod';
import { currency, date, money, text } from '../column.ts';
import { defineTable } from '../table.ts';

export const customer_objectives = defineTable({
  name: 'customer_objectives',
  names: { en: 'customer objectives', fr: 'objectifs par client' },
  description: 'The revenue agreed with a customer for a span of days.',
  key: ['customer_id', 'starts_on'],
  scope: ['customer_id', 'starts_on'],
  row: z.object({
    customer_id: text('The customer.'),
    starts_on: date('First day of the span.'),
    ends_on: date('Last day of the span.'),
    target_amount: money('Revenue wanted over the whole span.'),
    currency: currency(),
  }),
});
