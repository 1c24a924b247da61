import { z } from 'zod';
import { date, oneOf, text, timestamp } from '../column.ts';
import { defineTable } from '../table.ts';

export const page_views = defineTable({
  name: 'page_views',
  names: { en: 'page views', fr: 'pages vues' },
  description: 'Pages and products seen, and searches made, in a session.',
  key: ['page_view_id'],
  scope: ['viewed_on', 'property'],
  businessDate: 'viewed_on',
  row: z.object({
    page_view_id: text('Event number.'),
    session_id: text('The session.'),
    property: text('The web property or site.'),
    viewed_on: date('Business date.'),
    viewed_at: timestamp('Instant.').nullable(),
    kind: oneOf(['page', 'product', 'search', 'cart_change'], 'What was done.'),
    product_id: text('The product, for a product view.').nullable(),
    page_group: text('Group of the page.').nullable(),
  }),
});
