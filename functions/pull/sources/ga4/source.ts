import { dayScopes } from '../../api/kit/days.ts';
import { googleTokens } from '../../api/kit/google.ts';
import { defineSource, type Entity, type ProbeResult } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import { sessionPages, VERSION } from './client.ts';
import { diagnose } from './diagnose.ts';
import { mapSessions } from './map.ts';
import { columnsOf, orderingMetric, readReport, recordsOf } from './report.ts';
import { type Settings, settings, siteOf } from './settings.ts';

const SCOPE = 'https://www.googleapis.com/auth/analytics.readonly';

const sessions = (chosen: Settings): Entity<Settings> => ({
  name: 'sessions',
  tables: ['sessions'],
  reading: { by: 'day', lookBackDays: chosen.look_back_days, daysAtOnce: chosen.days_at_once },
  pages: sessionPages,
  records: (page) => recordsOf(readReport(page.json())),
  map: mapSessions,
  scopes: (given, slice) =>
    dayScopes('sessions', slice, (day) => ({ started_on: day, property: siteOf(given) })),
  known: Object.values(columnsOf(chosen)).flat(),
});

/** GA4: sessions by day, device, channel and landing page, from the Data API. Events come as files, see README.md. */
export const source = defineSource<Settings>({
  kind: 'ga4',
  title: 'Google Analytics 4',
  settings,
  settingsWithoutRows: ['look_back_days', 'days_at_once', 'page_rows', 'auth'],
  api: (chosen) => ({
    version: VERSION,
    sunset: null,
    baseUrl: chosen.base_url,
    // Google Analytics allows ten requests of a property at once; some are left to others.
    limits: { concurrency: 4, perSecond: null },
  }),
  authorize: (chosen) => googleTokens(chosen, SCOPE),
  entities: (chosen) => [sessions(chosen)],
  diagnose,
  probe,
});

/** The property’s list of fields: shows that it may be read, and that the fields this source needs are there. */
async function probe(vendor: Vendor, chosen: Settings): Promise<ProbeResult> {
  const answer = await vendor.ask({ url: `/${VERSION}/properties/${chosen.property}/metadata` });
  const { dimensions = [], metrics = [] } = answer.json() as {
    dimensions?: { apiName?: string }[];
    metrics?: { apiName?: string }[];
  };
  const names = new Set([...dimensions, ...metrics].map(({ apiName }) => apiName));
  const wanted = columnsOf(chosen);
  const missing = [...wanted.dimensions, ...wanted.metrics].filter((name) => !names.has(name));
  if (missing.length === 0)
    return { status: 'ok', finding: `property ${chosen.property} can be read (${names.size} fields)` };
  return {
    status: 'failed',
    finding: `property ${chosen.property} has no ${missing.join(', ')}`,
    remedy: missing.includes(orderingMetric(chosen))
      ? `In GA4: Admin › Events, mark ${chosen.ordering_event} as key event.`
      : 'Correct channel_dimension; GA4 lists the numbers of channel groups under Admin › Channel groups.',
  };
}
