import { googleTokens } from '../../api/kit/google.ts';
import { apiVersion } from '../../api/kit/versions.ts';
import { defineSource } from '../../api/source.ts';
import { campaignsOf } from '../ad-spend/campaigns.ts';
import { WITHOUT_ROWS } from '../ad-spend/settings.ts';
import { pages, probe } from './client.ts';
import { diagnose } from './diagnose.ts';
import { known, map, records } from './map.ts';
import { type Settings, settings, VERSIONS } from './settings.ts';

/** There is no narrower one. */
const SCOPE = 'https://www.googleapis.com/auth/adwords';

export const source = defineSource<Settings>({
  kind: 'google-ads',
  title: 'Google Ads',
  settings,
  settingsWithoutRows: [...WITHOUT_ROWS, 'reaches_back_months', 'auth', 'method', 'manager', 'version'],
  api: (chosen) => ({
    ...apiVersion(VERSIONS, chosen),
    baseUrl: chosen.base_url,
    // Google names no number; it asks clients to keep requests under way few and to back off.
    limits: { concurrency: 4, perSecond: null },
  }),
  authorize: (chosen) => googleTokens(chosen, SCOPE, { 'developer-token': 'developer_token' }),
  entities: (chosen) => [
    campaignsOf('google', chosen, { pages, records, map, known, key: ['segments.date', 'campaign.id'] }),
  ],
  diagnose,
  probe,
});
