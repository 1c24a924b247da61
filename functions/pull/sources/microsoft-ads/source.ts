import { signedIn } from '../../api/kit/oauth.ts';
import { defineSource } from '../../api/source.ts';
import { campaignsOf } from '../ad-spend/campaigns.ts';
import { WITHOUT_ROWS } from '../ad-spend/settings.ts';
import { pages, probe } from './client.ts';
import { diagnose } from './diagnose.ts';
import { known, map, records } from './map.ts';
import { type Settings, settings, VERSION } from './settings.ts';

export const source = defineSource<Settings>({
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
  authorize: (chosen) =>
    signedIn(chosen, {
      scope: 'https://ads.microsoft.com/msads.manage offline_access',
      headersFromSecret: { DeveloperToken: 'developer_token' },
    }),
  entities: (chosen) => [campaignsOf('microsoft', chosen, { pages, records, map, known })],
  diagnose,
  probe,
});
