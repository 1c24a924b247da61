import { setImmediate as turn } from 'node:timers/promises';
import { VigieError } from '../../../functions/platform/errors.ts';
import { fetchHttp } from '../../../functions/platform/fetch-http.ts';
import type { Http, HttpRequest } from '../../../functions/platform/http.ts';

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: unknown;
  /** The body breaks off after this many bytes. */
  readonly cutAt?: number;
  /** There is no answer at all. */
  readonly dropped?: boolean;
}

export interface Web {
  readonly http: Http;
  /** Every request that was sent. */
  readonly sent: HttpRequest[];
  /** Milliseconds that were waited. */
  readonly waits: number[];
}

/**
 * A network in memory, whose time costs nothing. Of requests under way at once the answers come in another order than
 * they were sent, as they do anywhere: no test may rest on it.
 */
export function fakeWeb(answer: (request: HttpRequest, url: URL) => Reply | Promise<Reply>): Web {
  const sent: HttpRequest[] = [];
  const waits: number[] = [];
  return {
    sent,
    waits,
    http: {
      async send(request) {
        for (let late = MOST_LATE - (sent.push(request) % MOST_LATE); late > 0; late -= 1) await turn();
        const reply = await answer(request, new URL(request.url));
        if (reply.dropped)
          throw new VigieError('no answer (ECONNRESET)', { code: 'HTTP_FAILED', retryable: true });
        const isText = typeof reply.body === 'string' || reply.body instanceof Uint8Array;
        const bytes = Buffer.from(isText ? (reply.body as string) : JSON.stringify(reply.body ?? {}));
        const type: Record<string, string> = isText
          ? {}
          : { 'content-type': 'application/json; charset=utf-8' };
        return {
          status: reply.status ?? 200,
          headers: new Headers({ ...type, ...reply.headers }),
          body: pieces(bytes, reply.cutAt),
          cancel: async () => undefined,
        };
      },
      async pause(ms) {
        waits.push(ms);
      },
    },
  };
}

/** Turns of the event loop: the first of some requests waits the longest. */
const MOST_LATE = 4;

async function* pieces(bytes: Buffer, cutAt: number | undefined): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 4096) {
    if (cutAt !== undefined && at + 4096 > cutAt) {
      yield bytes.subarray(at, cutAt);
      throw new VigieError('the answer broke off', { code: 'HTTP_FAILED', retryable: true });
    }
    yield bytes.subarray(at, at + 4096);
  }
}

/** Real requests, whose pauses take no time. */
export const fetchWithoutPause = (): Http => ({ ...fetchHttp(), pause: async () => undefined });
