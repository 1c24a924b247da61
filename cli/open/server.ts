import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { VigieError } from '../../functions/platform/errors.ts';
import { EXCEL } from '../spreadsheet.ts';
import { type Asking, cookieFor, type Door, refusalOf, refusalStatus, TOKEN, tokenOf } from './guard.ts';
import { refusalPage } from './refusals.ts';

/** An answer to a request that may ask. */
export interface Reply {
  readonly status: number;
  readonly type: 'text/html' | 'text/csv' | 'text/plain' | typeof EXCEL;
  /** A text, or the bytes of a file. */
  readonly body: string | Uint8Array;
  /** What the page may do, for browsers. */
  readonly policy?: string;
  /** Instead of a body: where to go on. */
  readonly location?: string;
  /** Name under which a browser saves it. */
  readonly saveAs?: string;
}

/** Answers an address below the app's own: path, and query without the token. */
export type Answering = (path: string, query: URLSearchParams) => Promise<Reply>;

export interface OpenedApp {
  /** With the token: what to open in a browser. */
  readonly address: string;
  close(): Promise<void>;
}

/** Serves the app on 127.0.0.1 alone. Throws PORT_TAKEN. `token`: a secret of this start. */
export async function serveApp(
  { port, token, first }: { readonly port: number; readonly token: string; readonly first: string },
  answer: Answering,
): Promise<OpenedApp> {
  const door = { port, token };
  const server = createServer((request, response) => {
    const asking = { method: request.method ?? '', headers: request.headers, target: request.url ?? '/' };
    respond(asking, door, answer)
      .then((reply) => send(response, reply, asking.method === 'HEAD', reply.cookie))
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  door.port = await listening(server, port);
  const address = new URL(first, `http://127.0.0.1:${door.port}`);
  address.searchParams.set(TOKEN, token);
  return {
    address: address.href,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function listening(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new VigieError(`127.0.0.1:${port} cannot be listened on: ${(error as Error).message}`, {
      code: 'PORT_TAKEN',
      hint: 'Name another port with --port, or leave it out: any that is free is taken.',
      cause: error,
    });
  }
  return (server.address() as AddressInfo).port;
}

/** A token in an address is taken out of it at once: it stays in no history, and nobody who looks on sees it. */
async function respond(asking: Asking, door: Door, answer: Answering): Promise<Reply & { cookie?: string }> {
  const refusal = refusalOf(asking, door);
  if (refusal !== null)
    return { status: refusalStatus[refusal], type: 'text/html', body: refusalPage(refusal) };
  const { pathname, searchParams } = new URL(asking.target, `http://127.0.0.1:${door.port}`);
  if (tokenOf(asking) === undefined) return answer(pathname, searchParams);
  searchParams.delete(TOKEN);
  const query = searchParams.size === 0 ? '' : `?${searchParams}`;
  // `//host/` at the beginning would be another place.
  const location = `${pathname.replace(/^\/+/, '/')}${query}`;
  return { status: 303, type: 'text/plain', body: '', location, cookie: cookieFor(door) };
}

const NOTHING = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

function send(response: ServerResponse, reply: Reply, headOnly: boolean, cookie?: string): void {
  const { status, type, body, policy = NOTHING, location, saveAs } = reply;
  response.writeHead(status, {
    'content-type': type === EXCEL ? type : `${type}; charset=utf-8`,
    'content-length': Buffer.byteLength(body),
    'content-security-policy': `${policy}; frame-ancestors 'none'`,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
    ...(status === 405 && { allow: 'GET, HEAD' }),
    ...(location !== undefined && { location }),
    ...(cookie !== undefined && { 'set-cookie': cookie }),
    ...(saveAs !== undefined && { 'content-disposition': `attachment; filename="${saveAs}"` }),
  });
  response.end(headOnly ? undefined : body);
}
