import type { Push } from '../lake/company/push.ts';
import type { AudienceList, ListOutcome } from '../platform/audience-list.ts';
import { VigieError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import { objectOf, objectsOf, textOf } from '../pull/api/kit/errors.ts';
import { googleTokens } from '../pull/api/kit/google.ts';
import { openVendor, type VendorNeeds } from '../pull/api/vendor-client.ts';
import { diagnose, reasonOf, withoutHashes } from './diagnose.ts';

const SCOPE = 'https://www.googleapis.com/auth/datamanager';
const INGEST = '/v1/audienceMembers:ingest';
const REMOVE = '/v1/audienceMembers:remove';
const STATUS = '/v1/requestStatus:retrieve';
/** @see https://developers.google.com/data-manager/api/limits */
const MOST_MEMBERS = 10_000;
const LIMITS = {
  concurrency: 1,
  perSecond: 5,
  budgets: [
    { requests: 300, seconds: 60 },
    { requests: 100_000, seconds: 86_400 },
  ],
};

/**
 * A customer list of Google Ads, kept over the Data Manager API. The forms are those of its reference and of its published protocol
 * (googleapis/googleapis, google/ads/datamanager/v1), read in November 2026.
 * @see https://developers.google.com/data-manager/api/reference/rest/v1/audienceMembers/ingest
 */
export function dataManagerList(needs: VendorNeeds, push: Push): AudienceList {
  const wire = watched(needs.http);
  const vendor = openVendor(
    { ...needs, http: wire.http },
    { name: 'google-data-manager', settings: push },
    {
      title: 'Google Data Manager',
      api: () => ({ version: 'v1', sunset: null, baseUrl: push.base_url, limits: LIMITS }),
      authorize: () => googleTokens(push, SCOPE),
      diagnose,
    },
  );
  const change = async (url: string, body: object): Promise<string> => {
    wire.begin();
    try {
      const answer = objectOf((await vendor.ask({ method: 'POST', url, body })).json());
      return textOf(answer?.['requestId']);
    } catch (error) {
      throw asPush(error, wire.perhapsTaken());
    }
  };
  const named = (id: string): string => {
    if (id !== '') return id;
    const message =
      'Google Data Manager took a request, and gave it no number by which to ask what came of it';
    throw new VigieError(message, { code: 'PUSH_UNCERTAIN', hint: 'The next run sends it again.' });
  };
  return {
    most: MOST_MEMBERS,
    add: async (hashes) => named(await change(INGEST, additions(push, hashes))),
    tryAdding: async (hashes) => {
      await change(INGEST, { ...additions(push, hashes), validateOnly: true });
    },
    remove: async (hashes) => named(await change(REMOVE, members(push, hashes))),
    outcome: async (requestId) => {
      try {
        return outcomeOf((await vendor.ask({ url: STATUS, query: { requestId } })).json());
      } catch (error) {
        if (isUnknownRequest(error)) return { status: 'unknown', why: '' };
        throw asPush(error, false);
      }
    },
  };
}

/** Both requests name the list and the people; a removal says nothing of consent, and takes no such field. */
const members = ({ account, manager, list }: Push, hashes: readonly string[]) => ({
  destinations: [
    {
      operatingAccount: { accountType: 'GOOGLE_ADS', accountId: account },
      ...(manager === undefined ? {} : { loginAccount: { accountType: 'GOOGLE_ADS', accountId: manager } }),
      productDestinationId: list,
    },
  ],
  audienceMembers: hashes.map((emailAddress) => ({ userData: { userIdentifiers: [{ emailAddress }] } })),
  encoding: 'HEX',
});

/** Whoever is sent has agreed to both (functions/measure/push/pushes.ts), and a person has accepted the terms (vigie.yaml). */
const additions = (push: Push, hashes: readonly string[]) => ({
  ...members(push, hashes),
  consent: { adUserData: 'CONSENT_GRANTED', adPersonalization: 'CONSENT_GRANTED' },
  termsOfService: { customerMatchTermsOfServiceStatus: 'ACCEPTED' },
});

/** Its protocol says FAILED, its guide FAILURE. */
const STATUSES: Readonly<Record<string, ListOutcome['status']>> = {
  ...{ SUCCESS: 'done', PROCESSING: 'processing', PARTIAL_SUCCESS: 'partly' },
  ...{ FAILED: 'failed', FAILURE: 'failed' },
};

/** We name one destination a request. Where the answer has none yet, it is taken to be worked on: our guess, no page says it. */
function outcomeOf(body: unknown): ListOutcome {
  const [destination] = objectsOf(objectOf(body)?.['requestStatusPerDestination']);
  if (destination === undefined) return { status: 'processing', why: '' };
  const counts = [
    ...objectsOf(objectOf(destination['errorInfo'])?.['errorCounts']),
    ...objectsOf(objectOf(destination['warningInfo'])?.['warningCounts']),
  ];
  const why = counts
    .map((count) => `${reasonOf(count['reason'])}: ${textOf(count['recordCount'])}`)
    .join(', ');
  return { status: STATUSES[textOf(destination['requestStatus'])] ?? 'unknown', why };
}

const isUnknownRequest = (error: unknown): boolean =>
  error instanceof VigieError && /\b(INVALID_REQUEST_ID|NOT_FOUND)\b/.test(error.message);

/** Whether a request may have been taken though its answer is an error: any attempt that was not plainly refused. */
function watched(http: Http) {
  let perhaps = false;
  return {
    begin: () => {
      perhaps = false;
    },
    perhapsTaken: () => perhaps,
    http: {
      ...http,
      async send(request) {
        const changes = request.url.endsWith(INGEST) || request.url.endsWith(REMOVE);
        try {
          const response = await http.send(request);
          if (changes && (response.status < 400 || response.status >= 500)) perhaps = true;
          return response;
        } catch (error) {
          if (changes) perhaps = true;
          throw error;
        }
      },
    } satisfies Http,
  };
}

/** What Google says may quote what was sent. */
function asPush(error: unknown, perhapsTaken: boolean): unknown {
  if (!(error instanceof VigieError)) return error;
  const { message, hint } = error;
  return new VigieError(withoutHashes(message), {
    code: perhapsTaken ? 'PUSH_UNCERTAIN' : 'PUSH_REFUSED',
    hint: withoutHashes(hint ?? 'The next run sends it again.'),
  });
}
