import { VigieError } from './errors.ts';
import type { Http, HttpRequest, HttpResponse } from './http.ts';

/** Http over Node's fetch. */
export function fetchHttp(): Http {
  return {
    send,
    pause: (ms, spread = 0) => new Promise((resolve) => setTimeout(resolve, ms + Math.random() * spread)),
  };
}

async function send(request: HttpRequest): Promise<HttpResponse> {
  const { method, headers, body, timeoutMs, mostMs } = request;
  const host = new URL(request.url).host;
  const watch = watchdog(timeoutMs, mostMs);
  try {
    const response = await fetch(request.url, {
      method,
      headers,
      redirect: 'manual',
      signal: watch.signal,
      ...(body === undefined ? {} : { body }),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: pieces(response, watch, host),
      async cancel() {
        watch.stop();
        await response.body?.cancel().catch(() => undefined);
      },
    };
  } catch (error) {
    watch.stop();
    throw failure(error, host, watch);
  }
}

async function* pieces(response: Response, watch: Watchdog, host: string): AsyncIterable<Uint8Array> {
  try {
    if (!response.body) return;
    for await (const chunk of response.body) {
      watch.reset();
      yield chunk;
    }
  } catch (error) {
    throw failure(error, host, watch, 'the answer broke off');
  } finally {
    watch.stop();
  }
}

interface Watchdog {
  readonly signal: AbortSignal;
  readonly bitten: () => boolean;
  /** What was waited for in vain. */
  readonly words: () => string;
  reset(): void;
  stop(): void;
}

/** Ends the request when nothing came for too long, or when all of it takes too long. */
function watchdog(timeoutMs: number, mostMs: number | undefined): Watchdog {
  const controller = new AbortController();
  let words = `nothing came for ${timeoutMs / 1000} seconds`;
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  const whole =
    mostMs === undefined
      ? undefined
      : setTimeout(() => {
          words = `the answer was not over after ${mostMs / 1000} seconds`;
          controller.abort();
        }, mostMs);
  return {
    signal: controller.signal,
    bitten: () => controller.signal.aborted,
    words: () => words,
    reset: () => timer.refresh(),
    stop() {
      clearTimeout(timer);
      clearTimeout(whole);
    },
  };
}

/** Certificates and addresses that are no names do not get better by waiting. */
const LASTING = /CERT|SELF_SIGNED|TLS|INVALID_URL|UNABLE_TO_VERIFY/;

function failure(error: unknown, host: string, watch: Watchdog, what = 'no answer'): VigieError {
  if (error instanceof VigieError) return error;
  if (watch.bitten())
    return new VigieError(`${host}: ${watch.words()}`, {
      code: 'HTTP_TIMEOUT',
      retryable: true,
      hint: 'The vendor is slow or unreachable. The next run tries again.',
    });
  const reason = reasonOf(error);
  const retryable = !LASTING.test(reason);
  return new VigieError(`${host}: ${what} (${reason})`, {
    code: 'HTTP_FAILED',
    retryable,
    hint: retryable
      ? 'Is the address right, and may this machine reach it (firewall, proxy, VPN)? The next run tries again.'
      : lastingHint(reason),
  });
}

function lastingHint(reason: string): string {
  if (reason === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return 'Its certificate is for another name. Write the name that stands in the certificate into the address of the source, or have the server given one for this name.';
  if (reason === 'CERT_HAS_EXPIRED')
    return 'Its certificate has ended. Whoever runs the server has to renew it.';
  return 'Its certificate is not accepted. One that an authority of your own has signed: name that authority’s certificate under network.ca_file in vigie.yaml (docs/operations/sap-on-premises.md#a-certificate-of-your-own).';
}

/** The innermost code (`ECONNREFUSED`), else its words. fetch itself only says “fetch failed”. */
function reasonOf(error: unknown): string {
  let reason = error instanceof Error ? error.name : 'unknown';
  for (let at = error; at instanceof Error; at = at.cause)
    if ('code' in at && typeof at.code === 'string') reason = at.code;
  return reason;
}
