import { z } from 'zod';
import { apiUrl, lookBackDays, secretReference } from '../../api/settings-fields.ts';

/** The keys of a source of kind `brevo` in vigie.yaml. */
export const settings = z.strictObject({
  secret: secretReference().default('${secret:brevo}').describe('`{"token": …}`: an API key.'),
  look_back_days: lookBackDays(
    30,
    92,
    'Campaigns sent within so many days are read anew each time: opens and clicks go on.',
  ),
  page_size: z.int().min(1).max(100).default(50).describe('Campaigns a request.'),
  base_url: apiUrl('https://api.brevo.com'),
});
export type Settings = z.output<typeof settings>;
