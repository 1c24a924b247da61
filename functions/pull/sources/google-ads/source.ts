import { defineSource } from '../../api/source.ts';
import { WITHOUT_ROWS } from '../ad-spend/ad-settings.ts';
import { campaignsOf } from '../ad-spend/campaigns.ts';
import { pages, probe } from './client.ts';
import { diagnose } from './diagnose.ts';
import { known, map, records } from './map.ts';
import { type GoogleAdsSettings, SUNSETS, settings } from './settings.ts';

export const source = defineSource<GoogleAdsSettings>({
  kind: 'google-ads',
  title: 'Google Ads',
  settings,
  settingsWithoutRows: [...WITHOUT_ROWS, 'method', 'manager', 'version'],
  api: ({ version, version_sunset, base_url }) => ({
    version,
    sunset: version_sunset ?? SUNSETS[version] ?? null,
    baseUrl: base_url,
    // Google names no number; it asks clients to keep requests under way few and to back off.
    limits: { concurrency: 4, perSecond: null },
  }),
  authorize: ({ secret, token_url }) => ({
    kind: 'oauth2',
    grant: 'refresh_token',
    secret,
    tokenUrl: token_url,
    clientAuth: 'body',
    headersFromSecret: { 'developer-token': 'developer_token' },
  }),
  entities: ({ look_back_days }) => [
    campaignsOf('google', look_back_days, {
      pages,
      records,
      map,
      known,
      key: ['segments.date', 'campaign.id'],
    }),
  ],
  diagnose,
  probe,
});
