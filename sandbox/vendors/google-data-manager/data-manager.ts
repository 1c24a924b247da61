import { keyFile, tokenOffice } from '../../vendor-kit/google-access.ts';
import { json } from '../../vendor-kit/replies.ts';
import { googleError, unauthenticated } from '../ga4/google.ts';
import type { SimulatedVendor, VendorCall, VendorReply } from '../vendor.ts';
import { fault } from './errors.ts';
import { isFault, type ListRequest, readRequest } from './request.ts';

/** Google's Data Manager API with one customer list, and what its operators see of it. */
export interface DataManager extends SimulatedVendor {
  /** Who is on the list, ascending. */
  members(): string[];
  /** Requests that were taken, in their order. */
  readonly taken: readonly ListRequest[];
  /** Works off what was taken, in this order of their places among what waits; the rest as it came. */
  work(order?: readonly number[]): void;
  /** Whether it works off each request at once: the real one takes its time. Default true. */
  atOnce: boolean;
}

interface Taken {
  readonly id: string;
  readonly request: ListRequest;
  status: 'PROCESSING' | 'SUCCESS' | 'FAILED';
}

export interface DataManagerOptions {
  readonly account: string;
  /** Through which the account is reached, where it is not directly. */
  readonly manager?: string;
  readonly list: string;
  now(): Date;
}

/** Written from the reference, the guides and the published protocol, which the files beside name; never from our client. */
export function dataManager({ account, manager, list, now }: DataManagerOptions): DataManager {
  const office = tokenOffice(now, 'data-manager', 'datamanager');
  const members = new Set<string>();
  const all: Taken[] = [];
  const vendor: DataManager = {
    kind: 'google-data-manager',
    secret: keyFile(1),
    atOnce: true,
    members: () => [...members].sort(),
    get taken() {
      return all.map(({ request }) => request);
    },
    work(order = []) {
      const waiting = all.filter(({ status }) => status === 'PROCESSING');
      const first = order.flatMap((place) => waiting[place] ?? []);
      for (const each of new Set([...first, ...waiting])) workOff(each, members);
    },
    answer(call) {
      if (call.url.pathname === '/token') return office.answer(call);
      if (office.state(call) !== 'good') return unauthenticated();
      try {
        return answer(call, all, vendor, (request) => checkPlace(request, { account, manager, list }));
      } catch (error) {
        if (isFault(error)) return error.reply;
        throw error;
      }
    },
  };
  return vendor;
}

/** Without both consents nobody of the EEA is put on: the guide on diagnostics, `PROCESSING_ERROR_REASON_UNKNOWN_CONSENT`. */
function workOff(taken: Taken, members: Set<string>): void {
  const { does, hashes, consented } = taken.request;
  taken.status = consented ? 'SUCCESS' : 'FAILED';
  if (!consented) return;
  for (const hash of hashes) {
    if (does === 'ingest') members.add(hash);
    else members.delete(hash);
  }
}

function checkPlace(
  request: ListRequest,
  place: { account: string; manager: string | undefined; list: string },
): void {
  const { account, loginAccount, list } = request;
  if (account !== place.account || (place.manager !== undefined && loginAccount !== place.manager))
    throw fault(
      'PERMISSION_DENIED',
      '',
      'The user does not have permission or the resource is not found.',
      'PERMISSION_DENIED',
    );
  if (list !== place.list)
    throw fault('INVALID_USER_LIST_ID', 'destinations[0].product_destination_id', 'User list is not valid.');
}

function answer(
  call: VendorCall,
  all: Taken[],
  vendor: DataManager,
  check: (request: ListRequest) => void,
): VendorReply {
  const [, does] = /^\/v1\/audienceMembers:(ingest|remove)$/.exec(call.url.pathname) ?? [];
  if (call.method === 'POST' && does !== undefined) {
    const request = readRequest(does as 'ingest' | 'remove', call.body);
    check(request);
    if (request.validateOnly) return json(200, {});
    const taken: Taken = { id: `req-${all.length + 1}`, request, status: 'PROCESSING' };
    all.push(taken);
    if (vendor.atOnce) vendor.work();
    return json(200, { requestId: taken.id });
  }
  if (call.method === 'GET' && call.url.pathname === '/v1/requestStatus:retrieve')
    return statusOf(all.find(({ id }) => id === call.url.searchParams.get('requestId')));
  return googleError(404, 'NOT_FOUND', 'Requested entity was not found.');
}

/** @see google/ads/datamanager/v1/request_status_per_destination.proto: counts are int64, texts in JSON. */
function statusOf(taken: Taken | undefined): VendorReply {
  if (taken === undefined)
    throw fault(
      'INVALID_REQUEST_ID',
      'request_id',
      'The request ID used to retrieve the status of a request is not valid.',
    );
  const { request, status } = taken;
  const recordCount = String(request.hashes.length);
  const counts = { recordCount, userIdentifierCount: recordCount };
  const own =
    request.does === 'ingest'
      ? { audienceMembersIngestionStatus: { userDataIngestionStatus: counts } }
      : { audienceMembersRemovalStatus: { userDataRemovalStatus: counts } };
  const reason = 'PROCESSING_ERROR_REASON_UNKNOWN_CONSENT';
  const errorInfo = status === 'FAILED' ? { errorInfo: { errorCounts: [{ recordCount, reason }] } } : {};
  return json(200, { requestStatusPerDestination: [{ requestStatus: status, ...errorInfo, ...own }] });
}
