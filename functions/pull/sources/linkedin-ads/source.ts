import { defineSource } from '../../api/source.ts';
import { WITHOUT_ROWS } from '../ad-spend/ad-settings.ts';
import { campaignsOf } from '../ad-spend/campaigns.ts';
import { pages, whyEmpty } from './client.ts';
import { diagnose } from './diagnose.ts';
import { known, map, records } from './map.ts';
import { probe } from './probe.ts';
import { type LinkedInAdsSettings, settings, sunsetOf } from './settings.ts';

export const source = defineSource<LinkedInAdsSettings>({
  kind: 'linkedin-ads',
  title: 'LinkedIn Ads',
  settings,
  settingsWithoutRows: [...WITHOUT_ROWS, 'version', 'authorized_on'],
  api: ({ version, version_sunset, base_url }) => ({
    version,
    sunset: version_sunset ?? sunsetOf(version),
    baseUrl: base_url,
    // LinkedIn limits calls a day, and the metrics read within five minutes; few at once stay far below.
    limits: { concurrency: 2, perSecond: null },
  }),
  authorize: ({ secret, token_url }) => ({
    kind: 'oauth2',
    grant: 'refresh_token',
    secret,
    tokenUrl: token_url,
    clientAuth: 'body',
  }),
  entities: ({ look_back_days }) => [
    campaignsOf('linkedin', { lookBackDays: look_back_days }, { pages, records, map, known, whyEmpty }),
  ],
  diagnose,
  probe,
});
