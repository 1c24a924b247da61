import { readEnvelope } from '../../api/kit/envelope.ts';
import { RecordReader } from '../../api/record-reader.ts';
import { defineSource, type Entity, type ProbeResult } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import { CAMPAIGNS, campaignsIn, pages, records, TITLE, WANTED } from './client.ts';
import { diagnose } from './diagnose.ts';
import { known, map } from './map.ts';
import { type Settings, settings } from './settings.ts';

const campaigns = (chosen: Settings): Entity<Settings> => ({
  name: 'campaigns',
  tables: ['email_sends'],
  // In lists there are figures of what happened within the last six months only.
  reading: { by: 'day', lookBackDays: chosen.look_back_days, daysAtOnce: 31, reachesBackMonths: 6 },
  ...{ pages, records, map, known },
});

/** How many campaigns were sent, and whether the newest has figures. */
async function probe(vendor: Vendor): Promise<ProbeResult> {
  const query = { ...WANTED, sort: 'desc', limit: 1, offset: 0 };
  const answer = await vendor.ask({ url: CAMPAIGNS, query });
  const count = readEnvelope(TITLE, answer, (body) => body.integer('count'));
  const [newest] = campaignsIn(answer);
  if (newest === undefined)
    return {
      status: 'warning',
      finding: 'no campaign was sent',
      remedy: 'See whether the API key is of the account that sends them.',
    };
  const name = new RecordReader(newest).textOrNull('name') ?? 'without a name';
  return { status: 'ok', finding: `${count} campaigns were sent, the newest is “${name}”` };
}

/** Brevo: what became of the campaigns that were sent. */
export const source = defineSource<Settings>({
  kind: 'brevo',
  title: TITLE,
  settings,
  settingsWithoutRows: ['look_back_days', 'page_size'],
  api: ({ base_url }) => ({
    version: 'v3',
    sunset: null,
    baseUrl: base_url,
    // “All other endpoints”, on the smallest plan: https://developers.brevo.com/docs/api-limits
    limits: { concurrency: 1, perSecond: 2, budgets: [{ requests: 100, seconds: 3600 }] },
  }),
  authorize: ({ secret }) => ({ kind: 'token', secret, header: 'api-key', prefix: '' }),
  entities: (chosen) => [campaigns(chosen)],
  diagnose,
  probe,
});
