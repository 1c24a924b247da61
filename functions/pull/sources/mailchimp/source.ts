import { defineSource, type Entity, type ProbeResult } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import { countIn, FIELDS, known, pages, REPORTS, records, TITLE } from './client.ts';
import { diagnose } from './diagnose.ts';
import { map } from './map.ts';
import { type Settings, settings } from './settings.ts';

const campaigns = (chosen: Settings): Entity<Settings> => ({
  name: 'campaigns',
  tables: ['email_sends'],
  reading: { by: 'day', lookBackDays: chosen.look_back_days, daysAtOnce: 31 },
  ...{ pages, records, map, known },
});

/** How many campaigns have a report. */
async function probe(vendor: Vendor): Promise<ProbeResult> {
  const answer = await vendor.ask({ url: REPORTS, query: { fields: FIELDS, count: 1, offset: 0 } });
  const count = countIn(answer);
  if (count > 0) return { status: 'ok', finding: `${count} campaigns have a report` };
  return {
    status: 'warning',
    finding: 'no campaign has a report',
    remedy: 'See whether the API key is of the account that sends them, and its user may see reports.',
  };
}

/** Mailchimp: what became of the campaigns that were sent. */
export const source = defineSource<Settings>({
  kind: 'mailchimp',
  title: TITLE,
  settings,
  settingsWithoutRows: ['look_back_days', 'page_size'],
  api: ({ base_url, data_center }) => ({
    version: '3.0',
    sunset: null,
    baseUrl: base_url ?? `https://${data_center}.api.mailchimp.com`,
    // Ten connections at once, no rate: https://mailchimp.com/developer/marketing/docs/fundamentals/
    limits: { concurrency: 2, perSecond: null },
  }),
  authorize: ({ secret }) => ({ kind: 'basic', secret }),
  entities: (chosen) => [campaigns(chosen)],
  diagnose,
  probe,
});
