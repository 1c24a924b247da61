import { VigieError } from './errors.ts';

/** The only way to the network of other companies. Redirects are not followed: a credential could go astray. */
export interface Http {
  /**
   * Sends a request and gives the answer as soon as its head is there, whatever its status. Throws `HTTP_FAILED` where
   * there is no answer (`retryable` where the same request may get one later) or `HTTP_TIMEOUT`; so does reading the body.
   */
  send(request: HttpRequest): Promise<HttpResponse>;
  /** Waits between requests: `ms`, and a random part of `spread` on top, so that callers do not come all at once. */
  pause(ms: number, spread?: number): Promise<void>;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** Absolute. Never in an error: it may hold a credential. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Longest wait for the head, and between two pieces of the body. */
  readonly timeoutMs: number;
  /** Longest time for all of it, head and body: an answer that drips never keeps silent. Default: none. */
  readonly mostMs?: number;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  /** The body, piece by piece, unpacked where the transfer was compressed. Read it to its end, or `cancel`. */
  readonly body: AsyncIterable<Uint8Array>;
  cancel(): Promise<void>;
}

/** The whole body. Throws `PAGE_TOO_LARGE` as soon as it is longer than `mostBytes`; what is left is not fetched. */
export async function readBody(response: HttpResponse, mostBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    if (size > mostBytes) {
      await response.cancel();
      throw tooLarge(mostBytes);
    }
    chunks.push(chunk);
  }
  return chunks.length === 1 ? Buffer.from(chunks[0] as Uint8Array) : Buffer.concat(chunks, size);
}

export const tooLarge = (mostBytes: number): VigieError =>
  new VigieError(
    `an answer is larger than ${Math.round(mostBytes / 1024 / 1024)} MiB, which is the most that is read`,
    {
      code: 'PAGE_TOO_LARGE',
      hint: 'Ask for smaller pages or fewer days at once in the settings of the source. An answer of this size may also be none of the vendor’s: a bomb, or a page of a proxy.',
    },
  );
