import type { Bucket } from '../../platform/bucket.ts';
import type { VigieError } from '../../platform/errors.ts';
import type { Http } from '../../platform/http.ts';
import type { Platform } from '../../platform/platform.ts';
import { discreetLog } from '../../platform/redact/discreet-log.ts';
import { openRedactor, type Redactor } from '../../platform/redact/redactor.ts';
import { addressOf, requestWords } from './address.ts';
import { readAnswer, whole } from './answer.ts';
import { type Authorizer, authorizer, type Credentials } from './authorizer.ts';
import type { Deadline } from './deadline.ts';
import { diagnosisByStatus, errorOf, waitOf } from './diagnosis.ts';
import { type Limiter, limiter } from './limiter.ts';
import { polls } from './polls.ts';
import { retrying } from './retrying.ts';
import type { ApiFacts, SourceDefinition } from './source.ts';
import { type UnitBook, unitBook } from './units.ts';
import { NEARLY_USED, type Usage, usageOf } from './usage.ts';
import type { Vendor, VendorAnswer, VendorRequest } from './vendor.ts';

export type VendorNeeds = Pick<Platform, 'secrets' | 'clock' | 'log'> & {
  readonly http: Http;
  /** When the caller's time is over: it waits for no vendor beyond it. */
  readonly stopAt?: Date | undefined;
  /** After it nothing is asked any more (`SOURCE_DEADLINE`). */
  readonly deadline?: Deadline | undefined;
  readonly redactor?: Redactor | undefined;
  /** Where spent units are counted; a source whose answers cost some cannot ask for them without. */
  readonly bucket?: Bucket | undefined;
};

/** A vendor as the machinery holds it: what clients see of it, and what keeps its secrets. */
export interface OpenVendor extends Vendor {
  readonly redactor: Redactor;
  /** What clients noted, once each. */
  readonly notes: readonly string[];
  /** Why no further slice should be begun: what the vendor allows an hour or a day is nearly used up. */
  nearEnd(): VigieError | undefined;
}

/** Reports of a month take vendors a while. */
const TIMEOUT_MS = 180_000;
/** One that drips is none: the largest answer taken comes in this time over a slow line. */
const MOST_MS = 300_000;

/** Opens the way to the vendor of a source. Nothing is sent before the first `ask`. */
export function openVendor(
  { redactor: secrets = openRedactor(), ...needs }: VendorNeeds,
  source: { readonly name: string; readonly settings: unknown },
  definition: Pick<SourceDefinition, 'title' | 'api' | 'authorize' | 'diagnose'>,
): OpenVendor {
  const api = definition.api(source.settings);
  const platform = { ...needs, log: discreetLog(needs.log, secrets) };
  const authorization = definition.authorize(source.settings);
  const context: Context = {
    platform,
    api,
    title: definition.title,
    redactor: secrets,
    units: unitBook(platform, { name: source.name, title: definition.title }, api.limits.units),
    limiter: limiter({ ...platform, title: definition.title }, api.limits),
    authorizer: authorizer(platform, authorization, secrets),
    moves: authorization.kind === 'oauth2' && authorization.baseUrlFrom !== undefined,
    diagnose: (answer) => definition.diagnose?.(answer) ?? diagnosisByStatus(answer),
    note: (message) => vendor.note(message),
  };
  const notes = new Set<string>();
  const vendor: OpenVendor = {
    redactor: secrets,
    nearEnd: () => context.limiter.nearEnd(),
    get notes() {
      return [...notes];
    },
    ask: (request) => ask(context, request),
    polls: (options) =>
      polls(platform.http, definition.title, options, () => platform.deadline?.check(platform.clock.now())),
    now: () => platform.clock.now(),
    note(message) {
      const clean = secrets.text(message);
      if (notes.has(clean)) return;
      notes.add(clean);
      platform.log.info('pull.note', { source: source.name, note: clean });
    },
  };
  return vendor;
}

interface Context {
  readonly platform: VendorNeeds;
  readonly api: ApiFacts;
  readonly title: string;
  readonly redactor: Redactor;
  readonly limiter: Limiter;
  readonly units: UnitBook;
  readonly authorizer: Authorizer;
  /** The base address comes with the token. */
  readonly moves: boolean;
  diagnose(answer: VendorAnswer): ReturnType<typeof diagnosisByStatus>;
  note(message: string): void;
}

/** Everything thrown is cleaned of secrets on its way out. */
async function ask(context: Context, request: VendorRequest): Promise<VendorAnswer> {
  const { redactor: secrets, title } = context;
  try {
    context.platform.deadline?.check(context.platform.clock.now());
    const base = (await movedBase(context, request)) ?? context.api.baseUrl;
    const words = secrets.text(
      requestWords(request.method ?? 'GET', addressOf(request, base, context.api.alsoAt)),
    );
    let renewed = false;
    return await retrying(context.platform, `${title}: ${words}`, async () => {
      try {
        return await attempt(context, request, words);
      } catch (error) {
        // Once a request, a fresh token may be all that is missing. It is fetched by the second attempt.
        if (!(error instanceof TokenRefused) || renewed || !context.authorizer.expire(error.token))
          throw error instanceof TokenRefused ? error.reason : error;
        renewed = true;
        return await attempt(context, request, words).catch((second: unknown) => {
          throw second instanceof TokenRefused ? second.reason : second;
        });
      }
    });
  } catch (error) {
    throw secrets.error(error);
  }
}

/** Where the vendor answers, for those that say so with the token. */
const movedBase = async (
  { moves, authorizer: door }: Context,
  request: VendorRequest,
): Promise<string | undefined> =>
  moves && !request.withoutCredentials ? (await door.credentials()).baseUrl : undefined;

class TokenRefused extends Error {
  readonly reason: Error;
  readonly token: string | undefined;

  constructor(reason: Error, token: string | undefined) {
    super(reason.message);
    this.reason = reason;
    this.token = token;
  }
}

async function attempt(context: Context, request: VendorRequest, words: string): Promise<VendorAnswer> {
  const anonymous: Credentials = { headers: {}, query: {} };
  const credentials = request.withoutCredentials ? anonymous : await context.authorizer.credentials();
  // Some vendors say only with the token where they answer.
  const url = addressOf(request, credentials.baseUrl ?? context.api.baseUrl, context.api.alsoAt);
  const answer = await context.limiter.run(async () => {
    await context.units.spend(request.units ?? 0);
    const response = await context.platform.http.send(httpRequest(request, url, credentials));
    return readAnswer(context.api, request, response, words);
  });
  const now = context.platform.clock.now();
  const diagnosis = context.diagnose(answer);
  if (!diagnosis) {
    heed(context, usageOf(answer.headers, now));
    return whole(answer);
  }
  const wait = waitOf(diagnosis, answer, now);
  if (diagnosis.kind === 'retry' && wait !== undefined && wait < LONGEST_HOLD_SECONDS)
    context.limiter.holdFor(wait);
  const error = errorOf(diagnosis, `${context.title}: ${words}`, wait);
  throw diagnosis.kind === 'token-expired' ? new TokenRefused(error, credentials.token) : error;
}

/** An answer that is good may be the last one for a while. */
function heed({ limiter: limits, note, title }: Context, { percent, pauseSeconds }: Usage): void {
  if (percent >= NEARLY_USED) note(`${title}: ${percent} % of what may be asked is used`);
  if (pauseSeconds > 0 && pauseSeconds < LONGEST_HOLD_SECONDS) limits.holdFor(pauseSeconds);
}

/** For a longer pause nobody is held: the vendor refuses, and what then happens is told. */
const LONGEST_HOLD_SECONDS = 60;

function httpRequest(request: VendorRequest, url: URL, credentials: Credentials) {
  const { body, method = 'GET' } = request;
  const address = new URL(url);
  for (const [name, value] of Object.entries(credentials.query)) address.searchParams.set(name, value);
  const own = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  const headers = {
    accept: 'application/json',
    ...contentType(body),
    ...Object.fromEntries(own),
    ...credentials.headers,
  };
  const text = body === undefined ? undefined : bodyText(body);
  return {
    method,
    url: address.href,
    headers,
    timeoutMs: TIMEOUT_MS,
    mostMs: MOST_MS,
    ...(text === undefined ? {} : { body: text }),
  };
}

function contentType(body: VendorRequest['body']): Record<string, string> {
  if (body === undefined || typeof body === 'string') return {};
  const type = body instanceof URLSearchParams ? 'application/x-www-form-urlencoded' : 'application/json';
  return { 'content-type': type };
}

function bodyText(body: NonNullable<VendorRequest['body']>): string {
  if (typeof body === 'string') return body;
  return body instanceof URLSearchParams ? body.toString() : JSON.stringify(body);
}
