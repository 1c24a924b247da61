import { defineSource, type ProbeResult } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import { WITHOUT_ROWS } from '../ad-spend/ad-settings.ts';
import { campaignsOf } from '../ad-spend/campaigns.ts';
import { readEnvelope } from '../ad-spend/envelope.ts';
import { pages } from './client.ts';
import { diagnose } from './diagnose.ts';
import { known, map, records } from './map.ts';
import { type MetaAdsSettings, SUNSETS, settings } from './settings.ts';

export const source = defineSource<MetaAdsSettings>({
  kind: 'meta-ads',
  title: 'Meta Ads',
  settings,
  settingsWithoutRows: [...WITHOUT_ROWS, 'reaches_back_months', 'version', 'poll_first_seconds'],
  api: ({ version, version_sunset, base_url }) => ({
    version,
    sunset: version_sunset ?? SUNSETS[version] ?? null,
    baseUrl: base_url,
    // Ten jobs of an account may run at once.
    limits: { concurrency: 3, perSecond: null },
  }),
  authorize: ({ secret }) => ({ kind: 'token', secret }),
  entities: ({ look_back_days, reaches_back_months }) => [
    campaignsOf(
      'meta',
      { lookBackDays: look_back_days, reachesBackMonths: reaches_back_months },
      { pages, records, map, known, key: ['date_start', 'campaign_id'] },
    ),
  ],
  diagnose,
  probe,
});

/** 1 is an account that may advertise; others keep their figures. */
const ACTIVE = 1;

/** Every account's name, currency, zone and state. */
async function probe(vendor: Vendor, { accounts, version }: MetaAdsSettings): Promise<ProbeResult> {
  const found: string[] = [];
  let idle = false;
  for (const account of accounts) {
    const query = { fields: 'name,currency,timezone_name,account_status' };
    const answer = await vendor.ask({ url: `/${version}/act_${account}`, query });
    const { line, status } = readEnvelope('Meta account', answer, (body) => ({
      line: `${body.textOrNull('name') ?? account}: ${body.text('currency')}, days of ${body.text('timezone_name')}`,
      status: body.integer('account_status'),
    }));
    idle ||= status !== ACTIVE;
    found.push(status === ACTIVE ? line : `${line}, not active (account_status ${status})`);
  }
  return { status: idle ? 'warning' : 'ok', finding: found.join('; ') };
}
