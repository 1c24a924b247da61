import { z } from 'zod';
import { currency, date, money, text } from '../column.ts';
import { defineTable } from '../table.ts';

export const budgets = defineTable({
  name: 'budgets',
  names: { en: 'budgets', fr: 'budgets' },
  description: 'Planned marketing and sales cost of a span, by channel.',
  key: ['budget_id'],
  scope: ['budget_id'],
  row: z.object({
    budget_id: text('Number.'),
    starts_on: date('First day of the span.'),
    ends_on: date('Last day of the span.'),
    channel: text('Marketing channel.').nullable(),
    category: text('content, analytics, media …').nullable(),
    amount: money('Planned cost of the whole span.'),
    currency: currency(),
  }),
});
