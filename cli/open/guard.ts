import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { sha256 } from '../../functions/platform/hash.ts';

/** What of a request tells whether its sender may ask. */
export interface Asking {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** Path and query, as sent. */
  readonly target: string;
}

/** Where the app listens, and the secret of its start. */
export interface Door {
  readonly port: number;
  readonly token: string;
}

export type Refusal = 'method' | 'host' | 'origin' | 'token';

/** The status that each refusal answers with. */
export const refusalStatus: Readonly<Record<Refusal, number>> = {
  method: 405,
  host: 421,
  origin: 403,
  token: 401,
};

/**
 * Why a request is not answered; null where it may ask. Every page that a browser has open can send requests to this machine:
 * - under a name of its own that it lets point to 127.0.0.1 (DNS rebinding): the Host header tells the name;
 * - from its own place: Origin, and Sec-Fetch-Site (https://www.w3.org/TR/fetch-metadata), which no page can set;
 * - and whoever else has an account on the machine: without the token of this start nothing is said.
 */
export function refusalOf(asking: Asking, door: Door): Refusal | null {
  const { method, headers } = asking;
  const hosts = [`127.0.0.1:${door.port}`, `localhost:${door.port}`];
  if (headers.host === undefined || !hosts.includes(headers.host.toLowerCase())) return 'host';
  if (method !== 'GET' && method !== 'HEAD') return 'method';
  const { origin } = headers;
  if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) return 'origin';
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return 'origin';
  const given = tokenOf(asking) ?? cookieOf(headers, door);
  return given !== undefined && isSame(given, door.token) ? null : 'token';
}

/** The token of an address, as the command prints it. */
export const tokenOf = ({ target }: Pick<Asking, 'target'>): string | undefined =>
  new URLSearchParams(target.split('?').slice(1).join('?')).get(TOKEN) ?? undefined;

export const TOKEN = 'token';

/** Cookies know no ports: the name keeps two apps of one machine apart. */
const cookieName = ({ port }: Door): string => `vigie_${port}`;

function cookieOf({ cookie = '' }: IncomingHttpHeaders, door: Door): string | undefined {
  const start = `${cookieName(door)}=`;
  const found = cookie.split(/;\s*/).find((each) => each.startsWith(start));
  return found?.slice(start.length);
}

/** No other site's page makes the browser send it, and no script reads it; it goes when the browser is closed. */
export const cookieFor = (door: Door): string =>
  `${cookieName(door)}=${door.token}; Path=/; HttpOnly; SameSite=Strict`;

/** Takes the same time whatever is wrong with it. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => Buffer.from(sha256(text));
  return timingSafeEqual(digest(one), digest(other));
}
