import { SITE } from '../../../vendors/search-console/vendor.ts';
import type { Origins } from './origins.ts';

/** Clicks from Google, from Search Console. */
export const searchApi = (
  origins: Origins,
  startsOn: string,
): string => `  # Google Search Console: clicks from Google as it counted them, two to three days late. Beside the service's estimates, never in them.
  - kind: search-console
    name: google-search
    title: { en: Google search, fr: Recherche Google }
    starts_on: ${startsOn}
    sites: ['${SITE}']
    secret: \${secret:search-console}
    base_url: ${origins('search-console')}
    token_url: ${origins('search-console')}/token
`;
