import { z } from 'zod';
import { currency, date, rate } from '../column.ts';
import { defineTable } from '../table.ts';

export const exchange_rates = defineTable({
  name: 'exchange_rates',
  names: { en: 'exchange rates', fr: 'taux de change' },
  description:
    'Rates of a day: one unit of `currency` is worth `rate` units of the reporting currency. A day without a rate (weekend) takes the latest one of the 7 days before; older than that is a missing rate.',
  key: ['currency', 'rated_on'],
  scope: ['currency', 'rated_on'],
  businessDate: 'rated_on',
  row: z.object({
    currency: currency('Foreign currency.'),
    rated_on: date('Day of the rate.'),
    rate: rate('Reporting currency for one unit.'),
  }),
});
