import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { VendorServers } from '../../sandbox/vendors/serve.ts';

/** Fields of credentials that are no secret. */
const PUBLIC = ['type', 'client_id', 'client_email', 'project_id', 'private_key_id', 'user'];

/** Texts that must stand nowhere but in secrets.json. */
export function secretsOf(servers: VendorServers): string[] {
  const values = servers.vendors.flatMap(({ secret }) =>
    Object.entries(secret)
      .filter(([name]) => !PUBLIC.includes(name))
      .map(([, value]) => value),
  );
  // A key has many lines; each of them tells too much.
  return values
    .flatMap((value) => value.split('\n'))
    .filter((line) => line.length >= 8 && !line.startsWith('---'))
    .flatMap((line) => [line, ...encoded(line)]);
}

/** As a text may stand in what a vendor repeats: in an address, in JSON, in Base64 at any place. */
function encoded(text: string): string[] {
  const bytes = Buffer.from(text);
  const cores = [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  const forms = [encodeURIComponent(text), JSON.stringify(text).slice(1, -1), ...cores];
  return forms.filter((form) => form !== text);
}

/** Customers' addresses, and the one on the vendors' error pages. */
const ADDRESS = /[\w.+-]+@(garage|key-account)-?\d*\.example/;
const BEARER = /Bearer (?!expired)[\w.~+/-]{8,}/;

/** What of a text must not be there; undefined where it is clean. */
export const leakIn = (text: string, secrets: readonly string[]): string | undefined =>
  secrets.find((secret) => text.includes(secret)) ?? ADDRESS.exec(text)?.[0] ?? BEARER.exec(text)?.[0];

/** Every file of a state folder in which something leaked, with what. */
export function leaksIn(state: string, secrets: readonly string[]): string[] {
  const files = readdirSync(state, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'secrets.json')
    .map((entry) => join(entry.parentPath, entry.name));
  return files.flatMap((file) => {
    const bytes = readFileSync(file);
    const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
    const leak = leakIn(text, secrets);
    return leak === undefined ? [] : [`${file}: ${leak}`];
  });
}

/** A server on another origin, to which next links are bent: what it is sent has leaked. */
export interface Stranger {
  readonly origin: string;
  readonly received: string[];
  close(): Promise<void>;
}

export async function stranger(): Promise<Stranger> {
  const received: string[] = [];
  const server: Server = createServer((request, response) => {
    void textOf(request).then((text) => {
      received.push(text);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    received,
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const piece of request) body += String(piece);
  return `${request.method} ${request.url}\n${JSON.stringify(request.headers)}\n${body}`;
}
