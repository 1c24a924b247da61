import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { html } from '../vendor-kit/replies.ts';
import type { Exchange } from '../vendors/serve.ts';
import type { VendorReply } from '../vendors/vendor.ts';
import { bomb, HUGE_BYTES, isJson, redirectLinks, type Spoilt, spoilField, textOf } from './bodies.ts';
import type { Mischief, Surroundings } from './mischief.ts';
import { refusalOf } from './refusals.ts';

/** Gateways print what they were sent: a client that keeps their page keeps the credentials. */
const errorPage = ({ call }: Exchange, title: string): string =>
  `<html><head><title>${title}</title></head><body><h1>${title}</h1><pre>${[...call.headers]
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')}\n${call.body}\nContact ops@garage-1.example</pre></body></html>`;

/** What passes: the same request succeeds later. */
export const passingMischiefs: readonly Mischief[] = [
  {
    name: '429 with Retry-After',
    spoil: async (exchange, { choice }) =>
      html(429, errorPage(exchange, 'Too Many Requests'), { 'retry-after': String(choice.between(1, 3)) }),
  },
  { name: '500', spoil: async (exchange) => html(500, errorPage(exchange, 'Internal Server Error')) },
  { name: '503', spoil: async (exchange) => html(503, errorPage(exchange, 'Service Unavailable')) },
  { name: 'time-out', spoil: (exchange, { stall }) => stall(exchange) },
  { name: 'cut body', spoil: cut },
  { name: 'body cut as if it were whole', spoil: cutQuietly },
  { name: 'the page before once more', spoil: async (_, { pageBefore }) => pageBefore },
  {
    name: 'token expired',
    async spoil({ call }, { ask }) {
      if (!call.headers.has('authorization')) return undefined;
      const headers = new Headers(call.headers);
      headers.set('authorization', 'Bearer expired');
      return ask({ ...call, headers });
    },
  },
];

/** What lasts: nothing helps but a person. */
export const lastingMischiefs: readonly Mischief[] = [
  { name: 'known field renamed', spoil: (exchange, around) => changed(exchange, around, 'renamed') },
  { name: 'known field of another kind', spoil: (exchange, around) => changed(exchange, around, 'wrapped') },
  { name: 'no permission', spoil: (exchange) => refusalOf(exchange) },
  {
    name: 'next link to another host',
    async spoil({ call }, { ask, foreignOrigin }) {
      const good = await ask(call);
      if (!isJson(good)) return undefined;
      const body = redirectLinks(textOf(good), foreignOrigin);
      return body === undefined ? undefined : { ...good, body };
    },
  },
  {
    name: 'redirect to another host',
    async spoil({ call }, { foreignOrigin }) {
      const location = `${foreignOrigin}${call.url.pathname}${call.url.search}`;
      return { status: 307, headers: { location }, body: '' };
    },
  },
  {
    name: 'zip bomb',
    async spoil({ call }, { ask }) {
      const good = await ask(call);
      return good.status === 200 ? bomb(good) : undefined;
    },
  },
  {
    name: '100 MB in one page',
    async spoil({ call, response }, { ask }) {
      const good = await ask(call);
      if (!isJson(good)) return undefined;
      response.writeHead(200, { 'content-type': 'application/json' });
      const spaces = Buffer.alloc(1 << 20, ' ');
      const closed = once(response, 'close');
      for (let sent = 0; sent < HUGE_BYTES && !response.destroyed; sent += spaces.length)
        if (!response.write(spaces)) await Promise.race([once(response, 'drain'), closed]);
      response.end(textOf(good));
      return 'taken';
    },
  },
];

/** By name. */
export const allMischiefs: readonly string[] = [...passingMischiefs, ...lastingMischiefs].map(
  ({ name }) => name,
);

/** The head promises more than comes. */
async function cut({ call, response }: Exchange, { ask }: Surroundings): Promise<'taken' | undefined> {
  const good = await ask(call);
  const bytes = Buffer.from(good.body ?? '');
  if (good.status !== 200 || bytes.length < 20) return undefined;
  response.writeHead(200, { ...good.headers, 'content-length': bytes.length });
  response.write(bytes.subarray(0, bytes.length >> 1));
  // What was written is to arrive before the connection breaks.
  await wait(2);
  response.destroy();
  return 'taken';
}

/** A proxy that gave up closes the answer properly: only what is in it shows that it is cut. */
async function cutQuietly({ call }: Exchange, { ask }: Surroundings): Promise<VendorReply | undefined> {
  const good = await ask(call);
  const bytes = Buffer.from(good.body ?? '');
  if (!isJson(good) || bytes.length < 20) return undefined;
  return { ...good, body: bytes.subarray(0, bytes.length >> 1) };
}

async function changed(
  { call }: Exchange,
  { ask, choice }: Surroundings,
  how: Spoilt,
): Promise<VendorReply | undefined> {
  const good = await ask(call);
  if (!isJson(good) || call.url.pathname.includes('token')) return undefined;
  const body = spoilField(textOf(good), choice, how);
  return body === undefined ? undefined : { ...good, body };
}
