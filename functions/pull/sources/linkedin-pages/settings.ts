import { z } from 'zod';
import { linkedInKeys } from '../../api/kit/linkedin.ts';
import {
  apiUrl,
  areDistinct,
  lookBackDays,
  numberAsName,
  secretReference,
} from '../../api/settings-fields.ts';

/** `urn:li:organization:2414183` is `2414183`. */
const withoutUrn = (written: string): string => written.trim().replace(/^urn:li:organization:/, '');

/** The keys of a source of kind `linkedin-pages` in vigie.yaml. */
export const settings = z.strictObject({
  secret: secretReference()
    .default('${secret:linkedin-pages}')
    .describe('`{"client_id": …, "client_secret": …, "refresh_token": …}`.'),
  organizations: z
    .array(numberAsName('is the number of a page, such as 2414183', withoutUrn))
    .min(1)
    .refine(areDistinct, 'names a page twice')
    .describe('Numbers of the pages: they stand in the address of the page’s administration.'),
  ...linkedInKeys,
  look_back_days: lookBackDays(
    14,
    92,
    'Days of activity read anew each time: the last two are missing at first, and figures settle.',
  ),
  base_url: apiUrl('https://api.linkedin.com'),
});
export type Settings = z.output<typeof settings>;
