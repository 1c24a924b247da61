import pRetry from 'p-retry';
import { VigieError } from '../../platform/errors.ts';
import type { Http } from '../../platform/http.ts';
import type { Platform } from '../../platform/platform.ts';

/** Something that may go well the next time. */
export class Transient extends Error {
  /** Seconds the vendor asks to wait. */
  readonly retryAfter: number | undefined;
  /** The answer began and broke off. */
  readonly cut: boolean;
  readonly hint: string | undefined;

  constructor(
    reason: string,
    more: { retryAfter?: number | undefined; cut?: boolean; hint?: string | undefined } = {},
  ) {
    super(reason);
    this.name = 'Transient';
    this.retryAfter = more.retryAfter;
    this.cut = more.cut ?? false;
    this.hint = more.hint;
  }
}

/** Attempts in all. With the waits below that is some two minutes. */
const ATTEMPTS = 7;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
/** Answers that come slowly and break off are not waited for seven times. */
const LONGEST_TRYING_MS = 10 * 60_000;
/** Who asks to wait longer is asked again by the next run. */
const LONGEST_RETRY_AFTER = 15 * 60;

type Needs = { readonly http: Pick<Http, 'pause'> } & Pick<Platform, 'log' | 'clock'> & {
    /** When the caller's time is over: it waits for no vendor beyond it. */
    readonly stopAt?: Date | undefined;
  };

/** Short pauses are made even then: what is nearly done is not given up for them. */
const SHORT_WAIT_MS = 30_000;

const hasTimeFor = ({ stopAt, clock }: Needs, waitMs: number): boolean =>
  waitMs <= SHORT_WAIT_MS || stopAt === undefined || clock.now().getTime() + waitMs <= stopAt.getTime();

/**
 * Does something until it goes well: again after a `Transient` or a retryable failure of the network, with pauses that
 * double and scatter, or as long as the vendor asks; no attempt begins after ten minutes. Everything else ends it, also
 * what was retried within. In the end throws `VENDOR_UNAVAILABLE`, which is final for whoever retries outside.
 */
export async function retrying<T>(platform: Needs, what: string, work: () => Promise<T>): Promise<T> {
  const lastStart = platform.clock.now().getTime() + LONGEST_TRYING_MS;
  const again = (error: Error, attempt: number): boolean =>
    worthIt(platform, error, attempt) &&
    (retryAfterOf(error) !== undefined || platform.clock.now().getTime() < lastStart);
  try {
    return await pRetry(work, {
      retries: ATTEMPTS - 1,
      // The pauses are made below, by the platform.
      minTimeout: 0,
      maxTimeout: 0,
      shouldRetry: ({ error, attemptNumber }) => isTransient(error) && again(error, attemptNumber),
      onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
        if (!isTransient(error) || retriesLeft === 0 || !again(error, attemptNumber)) return;
        const wait = waitFor(error, attemptNumber);
        platform.log.info('pull.retry', {
          what,
          attempt: attemptNumber,
          reason: error.message,
          seconds: Math.round(wait / 1000),
        });
        await platform.http.pause(wait, wait / 2);
      },
    });
  } catch (error) {
    if (isTransient(error)) throw unavailable(what, error);
    throw error;
  }
}

const waitFor = (error: Error, attempt: number): number =>
  (retryAfterOf(error) ?? backOff(attempt) / 1000) * 1000;

const worthIt = (platform: Needs, error: Error, attempt: number): boolean =>
  (retryAfterOf(error) ?? 0) <= LONGEST_RETRY_AFTER && hasTimeFor(platform, waitFor(error, attempt));

const backOff = (attempt: number): number => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));

/** Codes of what has been tried to the end within: trying it again outside would multiply the attempts. */
const TRIED = new Set(['VENDOR_UNAVAILABLE', 'PAGE_TOO_LARGE', 'VENDOR_JOB_TIMEOUT']);

/** Whether it may go well the next time, and has not been tried to the end yet. */
export const isWorthRepeating = (error: VigieError): boolean => error.retryable && !TRIED.has(error.code);

const isTransient = (error: unknown): error is Error =>
  error instanceof Transient || (error instanceof VigieError && isWorthRepeating(error));

const retryAfterOf = (error: Error): number | undefined =>
  error instanceof Transient ? error.retryAfter : undefined;

function unavailable(what: string, error: Error): VigieError {
  const asked = retryAfterOf(error);
  const cut = error instanceof Transient && error.cut;
  const wait = asked !== undefined && asked > 60 ? `; it asks to wait ${Math.ceil(asked / 60)} minutes` : '';
  const hint = error instanceof Transient || error instanceof VigieError ? error.hint : undefined;
  return new VigieError(`${what}: ${error.message}${wait}`, {
    code: cut ? 'PAGE_TOO_LARGE' : 'VENDOR_UNAVAILABLE',
    retryable: true,
    hint:
      hint ??
      'The vendor could not answer, several times in a row. Nothing was lost: the next run reads on from here.',
  });
}

/** Seconds that the header `Retry-After` asks to wait: a number, or a date (RFC 9110, 10.2.3). */
export function retryAfter(headers: Headers, now: Date): number | undefined {
  const value = headers.get('retry-after');
  if (value === null || value.trim() === '') return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now.getTime()) / 1000));
}
