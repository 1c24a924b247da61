import { z } from 'zod';
import { currency, date, money, oneOf, text } from '../column.ts';
import { defineTable } from '../table.ts';

export const marketing_costs = defineTable({
  name: 'marketing_costs',
  names: { en: 'marketing costs', fr: 'coûts marketing' },
  description:
    'Cost of marketing and sales beyond the ad platforms’ media cost: people, agencies, content, tools. Never repeats what ad_spend holds.',
  key: ['cost_id'],
  scope: ['cost_id'],
  businessDate: 'cost_on',
  row: z.object({
    cost_id: text('Posting number.'),
    cost_on: date('Day it counts for.'),
    kind: oneOf(['marketing', 'sales'], 'Who spends it.'),
    category: text('content, analytics, agency, events, people, tools …').nullable(),
    channel: text('Marketing channel it counts for.').nullable(),
    campaign_id: text('Campaign, where it belongs to one.').nullable(),
    amount: money('Cost.'),
    currency: currency(),
  }),
});
