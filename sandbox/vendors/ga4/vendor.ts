import { keyFile, tokenOffice } from '../../vendor-kit/google-access.ts';
import { json } from '../../vendor-kit/replies.ts';
import type { DailyVendor, MakeVendor, VendorCall, VendorReply } from '../vendor.ts';
import { googleError, permissionDenied, unauthenticated } from './google.ts';
import { quotaOf } from './quota.ts';
import { fieldNames, type ReportRequest, runReport } from './report.ts';
import { type Tally, talliesOf } from './tallies.ts';

/** The property of the company's shop. */
export const PROPERTY_ID = '338104927';

/** Google Analytics: the Data API of one property, and Google's token address. */
export const makeVendor: MakeVendor = (world) => {
  const days = new Map<string, readonly Tally[]>();
  const office = tokenOffice(world.now, 'ga4', 'analytics.readonly');
  const quota = quotaOf(world.now);
  return {
    kind: 'ga4',
    secret: keyFile(world.seed),
    day({ day, sessions }) {
      // While the tags are silent, nothing reaches Google.
      if (world.effects.tagsDelivered(day.index)) days.set(day.date, talliesOf(day, sessions));
    },
    answer(call) {
      if (call.url.pathname === '/token') return office.answer(call);
      if (office.state(call) !== 'good') return unauthenticated();
      return answer(call, days, quota);
    },
  } satisfies DailyVendor;
};

function answer(
  call: VendorCall,
  days: ReadonlyMap<string, readonly Tally[]>,
  quota: ReturnType<typeof quotaOf>,
): VendorReply {
  const [, property, what] =
    /^\/v1beta\/properties\/([^/:]+)(:runReport|\/metadata)$/.exec(call.url.pathname) ?? [];
  if (property === undefined) return googleError(404, 'NOT_FOUND', 'Requested entity was not found.');
  if (property !== PROPERTY_ID) return permissionDenied();
  if (what === '/metadata') return metadata();
  if (call.method !== 'POST') return googleError(404, 'NOT_FOUND', 'Requested entity was not found.');
  const exhausted = quota.exhausted();
  if (exhausted !== undefined) return googleError(429, 'RESOURCE_EXHAUSTED', exhausted);
  const request = JSON.parse(call.body || '{}') as ReportRequest;
  return runReport(request, (from, to) => within(days, from, to), quota.take());
}

function* within(days: ReadonlyMap<string, readonly Tally[]>, from: string, to: string): Generator<Tally> {
  for (const [date, tallies] of days) if (date >= from && date <= to) yield* tallies;
}

/** @see https://developers.google.com/analytics/devguides/reporting/data/v1/rest/v1beta/properties/getMetadata */
const metadata = (): VendorReply =>
  json(200, {
    name: `properties/${PROPERTY_ID}/metadata`,
    dimensions: fieldNames.dimensions.map((apiName) => ({ apiName, uiName: apiName, category: 'Session' })),
    metrics: fieldNames.metrics.map((apiName) => ({ apiName, uiName: apiName, category: 'Session' })),
  });
