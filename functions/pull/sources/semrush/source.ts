import { defineSource, type Entity, type ProbeResult } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import { balanceOf, pages, partitions, records, TITLE } from './client.ts';
import { diagnose } from './diagnose.ts';
import { known, map } from './map.ts';
import { type Settings, settings } from './settings.ts';

const estimates: Entity<Settings> = {
  name: 'estimates',
  tables: ['search_visibility'],
  // What was read is not asked again: it would be paid for again.
  reading: { by: 'day', lookBackDays: 0, daysAtOnce: 31 },
  ...{ partitions, pages, records, map, known },
};

/** The balance, which is free to ask, against what the company allows. */
async function probe(vendor: Vendor, chosen: Settings): Promise<ProbeResult> {
  const balance = await balanceOf(vendor, chosen);
  const lines = partitions(chosen).length;
  const finding = `${balance} API units are left; ${lines} estimates on five days of a month take ${50 * lines} of the ${chosen.units_a_month} allowed`;
  if (50 * lines > chosen.units_a_month)
    return {
      status: 'warning',
      finding,
      remedy:
        'Raise `units_a_month`, or name fewer domains or databases: what is left out is read late or never.',
    };
  if (balance >= 10 * lines) return { status: 'ok', finding };
  return {
    status: 'warning',
    finding,
    remedy: 'Buy API units under Subscription info › API units, or wait until they are renewed.',
  };
}

/** SEMrush: estimates of the visits that search engines bring, to the company and its competitors. */
export const source = defineSource<Settings>({
  kind: 'semrush',
  title: TITLE,
  settings,
  settingsWithoutRows: ['own', 'competitors', 'databases', 'units_a_month'],
  api: ({ base_url, balance_url, units_a_month: aMonth }) => ({
    version: null,
    sunset: null,
    baseUrl: base_url,
    alsoAt: [balance_url],
    // Ten a second: https://developer.semrush.com/api/v3/get-started/. One after the other, so that each is counted.
    limits: { concurrency: 1, perSecond: 5, units: { aMonth } },
  }),
  authorize: ({ secret }) => ({ kind: 'query', secret, name: 'key' }),
  entities: () => [estimates],
  diagnose,
  probe,
});
