import { readEnvelope } from '../../api/kit/envelope.ts';
import { probeEach } from '../../api/kit/probes.ts';
import { apiVersion } from '../../api/kit/versions.ts';
import { defineSource, type ProbeResult } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import { campaignsOf } from '../ad-spend/campaigns.ts';
import { WITHOUT_ROWS } from '../ad-spend/settings.ts';
import { pages } from './client.ts';
import { diagnose } from './diagnose.ts';
import { known, map, records } from './map.ts';
import { type Settings, settings, VERSIONS } from './settings.ts';

export const source = defineSource<Settings>({
  kind: 'meta-ads',
  title: 'Meta Ads',
  settings,
  settingsWithoutRows: [...WITHOUT_ROWS, 'reaches_back_months', 'version', 'poll_first_seconds'],
  api: (chosen) => ({
    ...apiVersion(VERSIONS, chosen),
    baseUrl: chosen.base_url,
    // Ten jobs of an account may run at once.
    limits: { concurrency: 3, perSecond: null },
  }),
  authorize: ({ secret }) => ({ kind: 'token', secret }),
  entities: (chosen) => [
    campaignsOf('meta', chosen, { pages, records, map, known, key: ['date_start', 'campaign_id'] }),
  ],
  diagnose,
  probe,
});

/** 1 is an account that may advertise; others keep their figures. */
const ACTIVE = 1;

/** Every account's name, currency, zone and state. */
function probe(vendor: Vendor, { accounts, version }: Settings): Promise<ProbeResult> {
  return probeEach(accounts, async (account) => {
    const query = { fields: 'name,currency,timezone_name,account_status' };
    const answer = await vendor.ask({ url: `/${version}/act_${account}`, query });
    return readEnvelope('Meta account', answer, (body) => {
      const line = `${body.textOrNull('name') ?? account}: ${body.text('currency')}, days of ${body.text('timezone_name')}`;
      const status = body.integer('account_status');
      if (status === ACTIVE) return line;
      return { status: 'warning', finding: `${line}, not active (account_status ${status})` };
    });
  });
}
