import { z } from 'zod';
import { currency, date, decimal, integer, money, text } from '../column.ts';
import { defineTable } from '../table.ts';

export const ad_spend = defineTable({
  name: 'ad_spend',
  names: { en: 'ad spend', fr: 'dépenses publicitaires' },
  description:
    'What an ad platform reports of a campaign on a day. Platforms restate: a day of an account is replaced as a whole.',
  key: ['platform', 'account_id', 'spent_on', 'campaign_id'],
  scope: ['platform', 'account_id', 'spent_on'],
  restatedSums: ['cost', 'conversions'],
  businessDate: 'spent_on',
  row: z.object({
    platform: text('google, microsoft, linkedin, meta …'),
    account_id: text('Advertising account.'),
    spent_on: date('Day, in the account’s time zone.'),
    campaign_id: text('Campaign (LinkedIn: campaign group).'),
    campaign_name: text('Campaign name.').nullable(),
    channel: text('Marketing channel the spend counts for.').nullable(),
    impressions: integer('Impressions; null where the source cannot tell.', {
      unit: 'impressions',
    }).nullable(),
    clicks: integer('Clicks; null where the source cannot tell.', { unit: 'clicks' }).nullable(),
    cost: money('Media cost.'),
    conversions: decimal('Conversions, as the platform attributes them; null where the source cannot tell.', {
      unit: 'conversions',
    }).nullable(),
    conversion_value: money('Value of the conversions, as the platform attributes it.').nullable(),
    currency: currency('ISO 4217 code of the account’s currency.'),
  }),
});
