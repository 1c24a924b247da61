import { defineSource, type Entity } from '../../api/source.ts';
import { WITHOUT_ROWS } from '../ad-spend/ad-settings.ts';
import { dayScopes } from '../ad-spend/ad-spend.ts';
import { pages, probe } from './client.ts';
import { diagnose } from './diagnose.ts';
import { known, map, records } from './map.ts';
import { type GoogleAdsSettings, SUNSETS, settings } from './settings.ts';

/** A month, the most a slice may be; a stream has no limit of rows. */
const DAYS_AT_ONCE = 31;

const campaigns = (lookBackDays: number): Entity<GoogleAdsSettings> => ({
  name: 'campaigns',
  tables: ['ad_spend'],
  reading: { by: 'day', lookBackDays, daysAtOnce: DAYS_AT_ONCE },
  partitions: ({ accounts }) => accounts,
  pages,
  records,
  map,
  known,
  scopes: (_, slice) => dayScopes('google', slice),
});

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
  entities: ({ look_back_days }) => [campaigns(look_back_days)],
  diagnose,
  probe,
});
