import { push } from '../../functions/lake/company/push.ts';
import type { AudienceList } from '../../functions/platform/audience-list.ts';
import { sha256 } from '../../functions/platform/hash.ts';
import type { LogDetails } from '../../functions/platform/log.ts';
import { dataManagerList } from '../../functions/push/google-data-manager.ts';
import { type DataManager, dataManager } from '../../sandbox/vendors/google-data-manager/data-manager.ts';
import type { VendorReply } from '../../sandbox/vendors/vendor.ts';
import { fakeWeb, type Reply } from '../pull/api/web.ts';

const ORIGIN = 'http://127.0.0.1:18999';
/** As vigie.yaml would have it. */
export const PUSH = {
  ...{ to: 'google-data-manager', account: '482-193-7605', manager: '102-334-5567', list: 8123456789 },
  ...{ ad_user_data: 'data', ad_personalization: 'ads', terms_accepted: true },
  ...{ base_url: ORIGIN, token_url: `${ORIGIN}/token` },
};

/** What becomes of one attempt at a change: `good`, or the trouble of an answer that hides whether it was taken. */
export type Trouble =
  | 'good'
  | 'taken, then 500'
  | 'taken, then silence'
  | '500'
  | 'silence'
  | '429'
  | '403'
  | '400 with a hash';

/** A simulated Data Manager behind a network in memory: hashes of `who` are `hashOf(who)`. */
export function servedList(start = '2026-11-22T06:00:00Z') {
  let now = new Date(start);
  const vendor: DataManager = dataManager({
    ...{ account: '4821937605', manager: '1023345567', list: '8123456789', now: () => now },
  });
  const troubles: Trouble[] = [];
  const logged: string[] = [];
  const note = (event: string, details?: LogDetails): void => {
    logged.push(JSON.stringify({ event, ...details }));
  };
  const bodies: { readonly path: string; readonly body: string }[] = [];
  const heard: ((path: string, body: string) => void)[] = [];
  const web = fakeWeb(async ({ method, headers, body = '' }, url) => {
    for (const listen of heard) listen(url.pathname, body);
    const ask = async (): Promise<VendorReply> =>
      vendor.answer({ method, url, headers: new Headers(headers), body });
    if (!url.pathname.startsWith('/v1/audienceMembers:')) return (await ask()) as Reply;
    bodies.push({ path: url.pathname, body });
    return troubled(troubles.shift() ?? 'good', ask);
  });
  const needs = {
    http: web.http,
    secrets: { get: async () => JSON.stringify(vendor.secret), put: async () => undefined },
    clock: { now: () => now },
    log: { debug: note, info: note, warn: note, error: note },
  };
  return {
    vendor,
    /** Of the next attempts at changes, in their order; after them all is well. */
    troubles,
    logged,
    /** Changes that were asked for, each attempt. */
    bodies,
    /** Told of each request before it is answered. */
    heard,
    web,
    needs,
    open: (settings: object = {}): AudienceList =>
      dataManagerList(needs, push.parse({ ...PUSH, ...settings })),
    setNow(at: string) {
      now = new Date(at);
    },
  };
}

async function troubled(trouble: Trouble, ask: () => Promise<VendorReply>): Promise<Reply> {
  const error = (code: number, status: string, message: string): Reply => ({
    status: code,
    body: { error: { code, status, message } },
  });
  if (trouble.startsWith('taken')) await ask();
  if (trouble.endsWith('silence')) return { dropped: true };
  if (trouble.endsWith('500')) return error(500, 'INTERNAL', 'An internal error has occurred.');
  if (trouble === '429')
    return { ...error(429, 'RESOURCE_EXHAUSTED', 'Too many requests.'), headers: { 'retry-after': '7' } };
  if (trouble === '403') return error(403, 'PERMISSION_DENIED', 'The caller does not have permission');
  if (trouble === '400 with a hash') return error(400, 'INVALID_ARGUMENT', `Not a member: ${hashOf('ada')}`);
  return (await ask()) as Reply;
}

export const hashOf = (who: string): string => sha256(`g-${who}`);
