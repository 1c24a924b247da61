import { z } from 'zod';
import { boolean, date, text } from '../column.ts';
import { defineTable } from '../table.ts';

export const customers = defineTable({
  name: 'customers',
  names: { en: 'customers', fr: 'clients' },
  description: 'The company’s customers (sold-to parties) as they are known today.',
  key: ['customer_id'],
  scope: ['customer_id'],
  row: z.object({
    customer_id: text('The customer’s number, as orders carry it.'),
    name: text('Company name.').nullable(),
    region: text('Sales region.').nullable(),
    country: text('ISO 3166-1 alpha-2 code, or the name the source has.').nullable(),
    industry: text('Industry or trade.').nullable(),
    segment: text('Segment, as the market is sized by it.').nullable(),
    sales_rep_id: text('The sales representative in charge.').nullable(),
    acquisition_channel: text('The channel that brought the customer, where known.').nullable(),
    account_opened_on: date('Day the account was opened.').nullable(),
    email_hash: text('SHA-256 of the normalised e-mail address.', { personal: 'hash' }).nullable(),
    marketing_consent: boolean('Whether the customer agreed to marketing.').nullable(),
  }),
});
