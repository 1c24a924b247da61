import { z } from 'zod';
import { googleKeys } from '../../api/kit/google.ts';
import { apiUrl, areDistinct, lookBackDays, secretReference } from '../../api/settings-fields.ts';

/** `sc-domain:example.com`, with every host and scheme of it, or `https://www.example.com/shop/`, what begins with it. */
const PROPERTY = /^(?:sc-domain:[a-z0-9-]+(?:\.[a-z0-9-]+)+|https?:\/\/[^\s/?#]+\/(?:[^\s?#]*\/)?)$/;

const site = z
  .string()
  .trim()
  .regex(
    PROPERTY,
    'not a property as Search Console names it: sc-domain:example.com, or https://www.example.com/ with the slash at its end',
  );

/** The keys of a source of kind `search-console` in vigie.yaml. */
export const settings = z.strictObject({
  sites: z
    .array(site)
    .min(1)
    .refine(areDistinct, 'names a property twice')
    .refine(
      (sites) => sites.every((one) => !sites.some((other) => one !== other && isWithin(one, other))),
      'has a property that lies within another: its clicks would count twice. Keep the larger one',
    )
    .describe('The properties to read, as the list at the top left of Search Console names them.'),
  secret: secretReference()
    .default('${secret:search-console}')
    .describe(
      'Google’s key file as it was downloaded; for `refresh_token`: `{"client_id": …, "client_secret": …, "refresh_token": …}`.',
    ),
  ...googleKeys('service_account'),
  look_back_days: lookBackDays(
    7,
    31,
    'Days read anew each time: the last two or three are not final at first, and are missing until they are.',
  ),
  page_rows: z.int().min(1).max(25_000).default(25_000).describe('Rows a page (`rowLimit`).'),
  base_url: apiUrl('https://www.googleapis.com'),
});
export type Settings = z.infer<typeof settings>;

/** Whether all that a property counts is counted in another one, too. */
function isWithin(one: string, other: string): boolean {
  if (!other.startsWith('sc-domain:')) return one.startsWith(other);
  const [host, domain] = [hostOf(one), hostOf(other)];
  return host === domain || host.endsWith(`.${domain}`);
}

const hostOf = (property: string): string =>
  property.startsWith('sc-domain:') ? property.slice('sc-domain:'.length) : new URL(property).hostname;
