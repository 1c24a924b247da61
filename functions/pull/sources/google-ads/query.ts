import type { DayWindow } from '../../api/kit/days.ts';
import type { Settings } from './settings.ts';

/** The metrics that count as conversions, by setting: field of the query and field of the answer. */
export const CONVERSIONS = {
  conversions: {
    query: ['metrics.conversions', 'metrics.conversions_value'],
    count: 'metrics.conversions',
    value: 'metrics.conversionsValue',
  },
  all_conversions: {
    query: ['metrics.all_conversions', 'metrics.all_conversions_value'],
    count: 'metrics.allConversions',
    value: 'metrics.allConversionsValue',
  },
} as const;

/** Fields of a campaign's day, as GAQL names them. */
export const fieldsOf = (settings: Pick<Settings, 'conversions'>): readonly string[] => [
  'customer.id',
  'customer.currency_code',
  'campaign.id',
  'campaign.name',
  'segments.date',
  'metrics.impressions',
  'metrics.clicks',
  'metrics.cost_micros',
  ...CONVERSIONS[settings.conversions].query,
];

/**
 * Daily by campaign. Without a condition on `campaign.status`, removed campaigns keep their past. Days without
 * impressions give no row (Google leaves out segmented rows whose metrics are all zero).
 */
export const campaignQuery = (settings: Settings, { from, to }: DayWindow): string =>
  `SELECT ${fieldsOf(settings).join(', ')} FROM campaign WHERE segments.date BETWEEN '${from}' AND '${to}' ORDER BY segments.date, campaign.id`;

/** Metrics-free, so that manager accounts answer too. */
export const ACCOUNT_QUERY =
  'SELECT customer.id, customer.descriptive_name, customer.currency_code, customer.time_zone, customer.manager FROM customer LIMIT 1';

/** `metrics.cost_micros` as JSON writes it: `metrics.costMicros`. */
export const asJson = (field: string): string =>
  field.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
