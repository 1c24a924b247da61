import { z } from 'zod';
import { baseUrl, lookBackDays, secretReference } from '../../api/settings-fields.ts';

/** The keys of a source of kind `mautic` in vigie.yaml. */
export const settings = z.strictObject({
  base_url: baseUrl().describe(
    'Address of Mautic, as people sign in there: `https://mautic.example.com`, without `/s` or `/api`.',
  ),
  auth: z
    .enum(['basic', 'client_credentials'])
    .default('basic')
    .describe('`basic`: a user and a password. `client_credentials`: an API credential of the kind OAuth 2.'),
  secret: secretReference()
    .default('${secret:mautic}')
    .describe(
      '`{"user": …, "password": …}`; for `client_credentials`: `{"client_id": …, "client_secret": …}`.',
    ),
  look_back_days: lookBackDays(
    30,
    180,
    'Mails sent within so many days are counted anew each time; opens and clicks after that many days count no more.',
  ),
  page_size: z.int().min(1).max(10_000).default(1000).describe('Rows of a table a request.'),
});
export type Settings = z.output<typeof settings>;
