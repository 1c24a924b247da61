import { z } from 'zod';
import { apiUrl, areDistinct, lookBackDays } from '../../api/settings-fields.ts';

/** The keys of a source of kind `ecb-rates` in vigie.yaml. */
export const settings = z.strictObject({
  currencies: z
    .array(z.string().regex(/^[A-Z]{3}$/, 'is not an ISO 4217 code such as USD'))
    .min(1)
    .refine(areDistinct, 'names a currency twice')
    .optional()
    .describe('Currencies whose rates are kept. Default: all that the ECB quotes.'),
  look_back_days: lookBackDays(7, 92, 'Days read anew each time, for a day that was published late.'),
  base_url: apiUrl('https://data-api.ecb.europa.eu'),
});
export type Settings = z.output<typeof settings>;

/**
 * What the ECB quotes, in November 2026. Others have ended with the euro in their country (HRK in 2023, BGN in 2026) or
 * been suspended (RUB in 2022): they are asked for where `currencies` names them, and have no rates of today.
 * https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/html/index.en.html
 */
const QUOTED = [
  ...[
    'AUD',
    'BRL',
    'CAD',
    'CHF',
    'CNY',
    'CZK',
    'DKK',
    'GBP',
    'HKD',
    'HUF',
    'IDR',
    'ILS',
    'INR',
    'ISK',
    'JPY',
  ],
  ...['KRW', 'MXN', 'MYR', 'NOK', 'NZD', 'PHP', 'PLN', 'RON', 'SEK', 'SGD', 'THB', 'TRY', 'USD', 'ZAR'],
];

/** What is asked for: all, since the reporting currency is needed wherever it is not the euro. */
export const askedFor = ({ currencies = [] }: Settings): readonly string[] =>
  [...new Set([...QUOTED, ...currencies])].filter((currency) => currency !== 'EUR').sort();

export const isWanted = ({ currencies }: Settings, currency: string): boolean =>
  currencies?.includes(currency) ?? true;
