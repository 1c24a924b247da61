import type { AlertLink } from '../../functions/lake/alerts/link.ts';
import { writeAlertReport } from '../../functions/lake/alerts/store.ts';
import type { AlertReport, AlertState } from '../../functions/lake/catalogue/alert.ts';
import type { Bucket } from '../../functions/platform/bucket.ts';
import type { UrlRequest } from '../../functions/platform/function-url.ts';

export const KEY = 'dGhpcyBpcyB0aGUga2V5IG9mIGEgdGVzdCBvbmx5ISE';

export const link: AlertLink = {
  kind: 'acknowledge',
  rule: 'abandonment-high',
  member: null,
  firedOn: '2026-11-20',
  name: 'Cart abandonment rate',
  unit: 'percent',
  currency: 'EUR',
  language: 'en',
  by: 'Anna Keller',
  until: '2026-12-22',
};

export const firing: AlertState = {
  rule: link.rule,
  member: null,
  state: 'firing',
  since: link.firedOn,
  count: 0,
  before: null,
  firedOn: link.firedOn,
  lastNotifiedOn: link.firedOn,
  value: 0.812,
  level: 0.75,
  muted: false,
};
export const over: AlertState = {
  ...firing,
  state: 'normal',
  since: '2026-11-23',
  firedOn: null,
  value: 0.7,
};

/** Leaves what a run would of a day. */
export const judged = (bucket: Bucket, asOf: string, ...states: AlertState[]): Promise<void> =>
  writeAlertReport(bucket, { asOf, run: `${asOf}.x`, states, events: [] } satisfies AlertReport);

export const asked = (path: string, method = 'GET', form?: Record<string, string>): UrlRequest => ({
  rawPath: `/${path}`,
  rawQueryString: '',
  headers: form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' },
  ...(form === undefined
    ? {}
    : { body: Buffer.from(String(new URLSearchParams(form))).toString('base64'), isBase64Encoded: true }),
  requestContext: { http: { method } },
});
