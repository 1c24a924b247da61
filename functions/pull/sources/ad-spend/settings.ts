import { z } from 'zod';
import {
  apiUrl,
  areDistinct,
  lookBackDays,
  numberAsName,
  secretReference,
} from '../../api/settings-fields.ts';

/** Defaults of a platform's settings that all platforms have. */
export interface AdDefaults {
  /** Name of the secret, without `${secret:…}`. */
  readonly secret: string;
  readonly channel: string;
  readonly baseUrl: string;
  readonly lookBackDays: number;
}

/** The keys that every ad platform has in vigie.yaml. Spread into the platform's own. */
export const adKeys = (defaults: AdDefaults) => ({
  secret: secretReference().default(`\${secret:${defaults.secret}}`).describe('Where the credentials are.'),
  channel: z
    .string()
    .min(1)
    .default(defaults.channel)
    .describe('Marketing channel the spend counts for; ties cost to the customers it brought.'),
  look_back_days: lookBackDays(
    defaults.lookBackDays,
    92,
    'How many days are read anew each time, since the platform restates them.',
  ),
  base_url: apiUrl(defaults.baseUrl),
});

/** The key of platforms that keep daily figures for so many months and refuse questions for older ones. */
export const reachKey = (months: number) => ({
  reaches_back_months: z
    .int()
    .min(1)
    .max(240)
    .default(months)
    .describe('Months for which the platform has daily figures. Days before that are not asked for.'),
});

/** Accounts: ids of digits, at least one, none twice. `normalise` takes away what people write around them. */
export const accountsKey = (normalise: (written: string) => string, example: string) =>
  z
    .array(numberAsName(`is not an account’s number such as ${example}`, normalise))
    .min(1)
    .refine(areDistinct, 'names an account twice')
    .describe(`Advertising accounts to read, such as ${example}.`);

/** What counts as a conversion, where a platform tells its main ones apart from all. */
export const conversionsKey = (description: string) =>
  z.enum(['conversions', 'all_conversions']).default('conversions').describe(description);

/** Settings that change no row once it is there. */
export const WITHOUT_ROWS = ['accounts', 'look_back_days', 'version_sunset'] as const;
