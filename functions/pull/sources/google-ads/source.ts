import { defineSource } from '../../api/source.ts';
import { WITHOUT_ROWS } from '../ad-spend/ad-settings.ts';
import { campaignsOf } from '../ad-spend/campaigns.ts';
import { pages, probe } from './client.ts';
import { diagnose } from './diagnose.ts';
import { known, map, records } from './map.ts';
import { type GoogleAdsSettings, SUNSETS, settings } from './settings.ts';

/** There is no narrower one. */
const SCOPE = 'https://www.googleapis.com/auth/adwords';

export const source = defineSource<GoogleAdsSettings>({
  kind: 'google-ads',
  title: 'Google Ads',
  settings,
  settingsWithoutRows: [...WITHOUT_ROWS, 'reaches_back_months', 'auth', 'method', 'manager', 'version'],
  api: ({ version, version_sunset, base_url }) => ({
    version,
    sunset: version_sunset ?? SUNSETS[version] ?? null,
    baseUrl: base_url,
    // Google names no number; it asks clients to keep requests under way few and to back off.
    limits: { concurrency: 4, perSecond: null },
  }),
  authorize: ({ auth, secret, token_url: tokenUrl }) => {
    const common = { kind: 'oauth2', secret, tokenUrl, clientAuth: 'body' } as const;
    const headersFromSecret = { 'developer-token': 'developer_token' };
    return auth === 'service_account'
      ? { ...common, grant: 'jwt_bearer', scope: SCOPE, headersFromSecret }
      : { ...common, grant: 'refresh_token', headersFromSecret };
  },
  entities: ({ look_back_days, reaches_back_months }) => [
    campaignsOf(
      'google',
      { lookBackDays: look_back_days, reachesBackMonths: reaches_back_months },
      {
        pages,
        records,
        map,
        known,
        key: ['segments.date', 'campaign.id'],
      },
    ),
  ],
  diagnose,
  probe,
});
