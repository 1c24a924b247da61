import { defineSource, type Entity } from '../../api/source.ts';
import { WITHOUT_ROWS } from '../ad-spend/ad-settings.ts';
import { dayScopes } from '../ad-spend/ad-spend.ts';
import { pages, probe } from './client.ts';
import { diagnose } from './diagnose.ts';
import { known, map, records } from './map.ts';
import { type MicrosoftAdsSettings, settings, VERSION } from './settings.ts';

/** A month, the most a slice may be; a report may span all days that are kept. */
const DAYS_AT_ONCE = 31;

const campaigns = (lookBackDays: number): Entity<MicrosoftAdsSettings> => ({
  name: 'campaigns',
  tables: ['ad_spend'],
  reading: { by: 'day', lookBackDays, daysAtOnce: DAYS_AT_ONCE },
  partitions: ({ accounts }) => accounts,
  pages,
  records,
  map,
  known,
  scopes: (_, slice) => dayScopes('microsoft', slice),
});

export const source = defineSource<MicrosoftAdsSettings>({
  kind: 'microsoft-ads',
  title: 'Microsoft Advertising',
  settings,
  settingsWithoutRows: [...WITHOUT_ROWS, 'customer', 'report_time_zone', 'poll_first_seconds'],
  api: ({ base_url, version_sunset }) => ({
    version: VERSION,
    sunset: version_sunset ?? null,
    baseUrl: base_url,
    // Reports are queued by customer; more at once only wait in Microsoft's queue.
    limits: { concurrency: 2, perSecond: null },
  }),
  authorize: ({ secret, token_url }) => ({
    kind: 'oauth2',
    grant: 'refresh_token',
    secret,
    tokenUrl: token_url,
    scope: 'https://ads.microsoft.com/msads.manage offline_access',
    clientAuth: 'body',
    headersFromSecret: { DeveloperToken: 'developer_token' },
  }),
  entities: ({ look_back_days }) => [campaigns(look_back_days)],
  diagnose,
  probe,
});
