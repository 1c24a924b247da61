import { LINKEDIN_VERSIONS, linkedInErrors } from '../../api/kit/linkedin.ts';
import { signedIn } from '../../api/kit/oauth.ts';
import { apiVersion } from '../../api/kit/versions.ts';
import { defineSource } from '../../api/source.ts';
import { campaignsOf } from '../ad-spend/campaigns.ts';
import { WITHOUT_ROWS } from '../ad-spend/settings.ts';
import { pages, whyEmpty } from './client.ts';
import { known, map, records } from './map.ts';
import { probe } from './probe.ts';
import { type Settings, settings } from './settings.ts';

export const source = defineSource<Settings>({
  kind: 'linkedin-ads',
  title: 'LinkedIn Ads',
  settings,
  settingsWithoutRows: [...WITHOUT_ROWS, 'version', 'authorized_on'],
  api: (chosen) => ({
    ...apiVersion(LINKEDIN_VERSIONS, chosen),
    baseUrl: chosen.base_url,
    // LinkedIn limits calls a day, and the metrics read within five minutes; few at once stay far below.
    limits: { concurrency: 2, perSecond: null },
  }),
  authorize: (chosen) => signedIn(chosen),
  entities: (chosen) => [campaignsOf('linkedin', chosen, { pages, records, map, known, whyEmpty })],
  diagnose: linkedInErrors(
    'The app needs the product Advertising API and the scope r_ads_reporting, the user a role in the account.',
  ),
  probe,
});
