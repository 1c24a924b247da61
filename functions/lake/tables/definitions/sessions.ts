import { z } from 'zod';
import { boolean, date, integer, oneOf, text, timestamp } from '../column.ts';
import { defineTable } from '../table.ts';

export const sessions = defineTable({
  name: 'sessions',
  names: { en: 'sessions', fr: 'visites' },
  description:
    'Web sessions. A source that only gives aggregates (GA4 Data API) delivers one row a combination, with session_count above 1.',
  key: ['session_id'],
  scope: ['started_on', 'property'],
  businessDate: 'started_on',
  row: z.object({
    session_id: text('Session number, or a key made of the combination for aggregates.'),
    property: text('The web property or site.'),
    started_on: date('Business date.'),
    started_at: timestamp('Instant of the first event.').nullable(),
    session_count: integer('Sessions that this row stands for.', { unit: 'sessions' }),
    ordering_session_count: integer('Of these, with an order; null where the source cannot tell.', {
      unit: 'sessions',
    }).nullable(),
    bounced_session_count: integer(
      'Of these, single-page without interaction; null where the source cannot tell.',
      { unit: 'sessions' },
    ).nullable(),
    device: oneOf(['desktop', 'mobile', 'tablet', 'other'], 'Device class.').nullable(),
    channel: text('Traffic channel.').nullable(),
    landing_group: text('Group of the landing page.').nullable(),
    customer_id: text('The customer, where signed in.').nullable(),
    consented: boolean('Whether the visitor agreed to be measured and targeted.').nullable(),
  }),
});
