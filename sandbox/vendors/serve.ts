import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { VigieError } from '../../functions/platform/errors.ts';
import type { MadeSandbox, SandboxOptions } from '../kit/folder.ts';
import type { SimulatedVendor, VendorCall, VendorReply } from './vendor.ts';

/** Where a vendor answers, and what a client needs to be let in. */
export interface ServedVendor {
  readonly kind: string;
  /** `http://127.0.0.1:18871`: each vendor has an origin of its own, as in life. */
  readonly origin: string;
  readonly secret: Readonly<Record<string, string>>;
}

export interface VendorServers {
  readonly vendors: readonly ServedVendor[];
  close(): Promise<void>;
}

/** A request on its way, for those who make vendors misbehave. */
export interface Exchange {
  readonly kind: string;
  readonly call: VendorCall;
  /** The good answer to a call, this one or another. */
  ask(call: VendorCall): Promise<VendorReply>;
  /** To cut an answer in the middle, or to leave the client waiting. */
  readonly response: ServerResponse;
}

/** Gives another answer; `taken` when it answered by itself, or not at all; undefined: the vendor behaves. */
export type Misbehave = (exchange: Exchange) => Promise<VendorReply | 'taken' | undefined>;

export interface ServeOptions {
  /** Port of the first vendor, the others follow; 0: whatever is free. */
  readonly firstPort: number;
  readonly misbehave?: Misbehave;
  /** Serves over TLS with this key and certificate (PEM), as systems of a company's own network do. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** A made-up company whose systems are to be served. */
export interface ServeSandboxOptions extends SandboxOptions {
  /** Port of the first vendor; 0: whatever is free. */
  readonly firstPort: number;
  /** The vendors' clock. */
  readonly now: () => Date;
  readonly misbehave?: Misbehave;
  /** Kind of the CRM that the company has, where it may have one or another: `salesforce`. */
  readonly crm?: string;
}

/** A made-up company, and its systems that answer. */
export interface ServedCompany<Summary extends MadeSandbox = MadeSandbox> {
  readonly summary: Summary;
  readonly servers: VendorServers;
}

const LOOPBACK = '127.0.0.1';
/** Ten thousand members of a customer list are a little more than one MiB. */
const MOST_BODY_BYTES = 1 << 22;

/** Serves vendors on loopback, one port each. Throws `SANDBOX_PORT` where one of the ports is taken. */
export async function serveVendors(
  vendors: readonly SimulatedVendor[],
  options: ServeOptions,
): Promise<VendorServers> {
  const servers: Server[] = [];
  const served: ServedVendor[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(servers.map(closeServer));
  };
  try {
    for (const [place, vendor] of vendors.entries()) {
      const listener = (request: IncomingMessage, response: ServerResponse): void =>
        void respond(vendor, request, response, options);
      const server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener);
      const port = await listen(server, options.firstPort === 0 ? 0 : options.firstPort + place);
      servers.push(server);
      served.push({
        kind: vendor.kind,
        origin: `${options.tls ? 'https' : 'http'}://${LOOPBACK}:${port}`,
        secret: vendor.secret,
      });
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { vendors: served, close };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new VigieError(`Port ${port} is taken; the simulated vendors need it.`, {
              code: 'SANDBOX_PORT',
              hint: 'Is another sandbox being served? End it, or name another first port with --port.',
              cause: error,
            })
          : error,
      ),
    );
    // Clients keep connections open between requests; as many as they like.
    server.keepAliveTimeout = 60_000;
    server.listen(port, LOOPBACK, () => resolve((server.address() as AddressInfo).port));
  });
}

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

async function respond(
  vendor: SimulatedVendor,
  request: IncomingMessage,
  response: ServerResponse,
  { misbehave, tls }: ServeOptions,
): Promise<void> {
  try {
    const call = await callOf(request, tls ? 'https' : 'http');
    const ask = async (asked: VendorCall): Promise<VendorReply> => vendor.answer(asked);
    const other = await misbehave?.({ kind: vendor.kind, call, ask, response });
    if (other !== 'taken') send(response, other ?? (await ask(call)));
  } catch (error) {
    // A mistake of the simulation must not look like one of the vendor's own.
    console.error(`${vendor.kind}: ${request.method} ${request.url}:`, error);
    if (response.headersSent) response.destroy();
    else send(response, { status: 599, body: `the simulated ${vendor.kind} failed: ${String(error)}` });
  }
}

async function callOf(request: IncomingMessage, scheme: 'http' | 'https'): Promise<VendorCall> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > MOST_BODY_BYTES) throw new RangeError(`a request of more than ${MOST_BODY_BYTES} bytes`);
    pieces.push(piece);
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    headers.set(name, Array.isArray(value) ? value.join(', ') : (value ?? ''));
  return {
    method: request.method ?? 'GET',
    url: new URL(request.url ?? '/', `${scheme}://${request.headers.host ?? LOOPBACK}`),
    headers,
    body: Buffer.concat(pieces).toString('utf8'),
  };
}

/** Sends a reply as it is. */
export function send(response: ServerResponse, { status, headers = {}, body = '' }: VendorReply): void {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  response.end(bytes);
}
