import { windowOf } from '../../api/kit/days.ts';
import { jsonPage } from '../../api/kit/envelope.ts';
import { defineSource, type Entity, type ProbeResult, type RawPage, type Slice } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import { known, map, records } from './map.ts';
import { askedFor, type Settings, settings } from './settings.ts';

/** Daily (`D`), against the euro, spot (`SP00`), average of the day (`A`). https://data.ecb.europa.eu/help/api/data */
const series = (currencies: readonly string[]): string =>
  `/service/data/EXR/D.${currencies.join('+')}.EUR.SP00.A`;

const FORM = { detail: 'dataonly', format: 'jsondata' } as const;

/** The one page of a slice: all currencies of its days. */
async function* pages(vendor: Vendor, chosen: Settings, slice: Slice): AsyncGenerator<RawPage> {
  const { from, to } = windowOf(slice);
  const query = { startPeriod: from, endPeriod: to, ...FORM };
  yield jsonPage(await vendor.ask({ url: series(askedFor(chosen)), query }));
}

const rates = (chosen: Settings): Entity<Settings> => ({
  name: 'rates',
  tables: ['exchange_rates'],
  reading: { by: 'day', lookBackDays: chosen.look_back_days, daysAtOnce: 31 },
  ...{ pages, records, map, known },
});

/** The newest rate of the dollar. */
async function probe(vendor: Vendor): Promise<ProbeResult> {
  const answer = await vendor.ask({ url: series(['USD']), query: { lastNObservations: 1, ...FORM } });
  const newest = records(jsonPage(answer)).at(-1) as { readonly day: string } | undefined;
  if (newest) return { status: 'ok', finding: `rates up to ${newest.day}` };
  return {
    status: 'warning',
    finding: 'the ECB names no rate',
    remedy: 'See whether its data portal works.',
  };
}

/** The euro foreign exchange reference rates of the European Central Bank. */
export const source = defineSource<Settings>({
  kind: 'ecb-rates',
  title: 'European Central Bank',
  settings,
  settingsWithoutRows: ['look_back_days'],
  api: ({ base_url }) => ({
    version: null,
    sunset: null,
    baseUrl: base_url,
    // A public service: nobody is in a hurry.
    limits: { concurrency: 2, perSecond: 2 },
  }),
  authorize: () => ({ kind: 'none' }),
  entities: (chosen) => [rates(chosen)],
  probe,
});
