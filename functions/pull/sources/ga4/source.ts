import { datesBetween } from '../../../lake/company/calendar.ts';
import { defineSource, type Entity, type ProbeResult } from '../../api/source.ts';
import type { Authorization, Vendor } from '../../api/vendor.ts';
import { sessionPages, VERSION } from './client.ts';
import { diagnose } from './diagnose.ts';
import { mapSessions } from './map.ts';
import { columnsOf, orderingMetric, readReport, recordsOf } from './report.ts';
import { type Settings, settings, siteOf } from './settings.ts';

const SCOPE = 'https://www.googleapis.com/auth/analytics.readonly';
/** Google Analytics allows ten requests of a property at once; some are left to others. */
const CONCURRENCY = 4;

const sessions = (chosen: Settings): Entity<Settings> => ({
  name: 'sessions',
  tables: ['sessions'],
  reading: { by: 'day', lookBackDays: chosen.look_back_days, daysAtOnce: chosen.days_at_once },
  pages: sessionPages,
  records: (page) => recordsOf(readReport(page.json())),
  map: mapSessions,
  scopes: (given, { from, to }) =>
    from === null || to === null
      ? []
      : datesBetween(from, to).map((day) => ({
          table: 'sessions',
          scope: { started_on: day, property: siteOf(given) },
        })),
  known: [...columnsOf(chosen).dimensions, ...columnsOf(chosen).metrics],
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
    limits: { concurrency: CONCURRENCY, perSecond: null },
  }),
  authorize,
  entities: (chosen) => [sessions(chosen)],
  diagnose,
  probe,
});

function authorize({ auth, secret, token_url: tokenUrl }: Settings): Authorization {
  const common = { kind: 'oauth2', secret, tokenUrl, scope: SCOPE, clientAuth: 'body' } as const;
  return auth === 'service_account'
    ? { ...common, grant: 'jwt_bearer' }
    : { ...common, grant: 'refresh_token' };
}

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
