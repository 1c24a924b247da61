import { z } from 'zod';
import { baseUrl, lookBackDays, secretReference } from '../../api/settings-fields.ts';

/** The keys of a source of kind `mailchimp` in vigie.yaml. */
export const settings = z.strictObject({
  data_center: z
    .string()
    .regex(/^[a-z]{2}\d{1,3}$/, 'is what follows the dash in the API key, such as us6')
    .describe('The data centre of the account: what follows the dash in the API key.'),
  secret: secretReference()
    .default('${secret:mailchimp}')
    .describe('`{"user": "any", "password": …}`: an API key as the password, whatever as the user.'),
  opens: z
    .enum(['without_proxies', 'all'])
    .default('without_proxies')
    .describe(
      'Which opens count: those without Apple’s proxy, or all where Mailchimp does not tell them apart.',
    ),
  look_back_days: lookBackDays(
    30,
    365,
    'Campaigns sent within so many days are read anew each time: opens and clicks go on.',
  ),
  page_size: z.int().min(1).max(1000).default(100).describe('Campaigns a request.'),
  base_url: baseUrl()
    .optional()
    .describe('Address of the API, in place of the data centre’s. Only for tests and proxies.'),
});
export type Settings = z.output<typeof settings>;
