import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { frozenClock } from '../../../functions/platform/clock.ts';
import { VigieError } from '../../../functions/platform/errors.ts';
import { fetchHttp } from '../../../functions/platform/fetch-http.ts';
import { type HttpRequest, readBody } from '../../../functions/platform/http.ts';
import { silentLog } from '../../../functions/platform/log.ts';
import { retrying, Transient } from '../../../functions/pull/api/retrying.ts';
import { madeUp } from './made-up-source.ts';
import { fakeWeb } from './web.ts';
import { type ApiWorld, apiWorld, sourceOf } from './world.ts';

const needs = (web: ReturnType<typeof fakeWeb>) => ({
  http: web.http,
  clock: frozenClock('2026-11-22T06:00:00Z'),
  log: silentLog,
});

describe('retries do not multiply', () => {
  test('what was tried to the end within is final outside', async () => {
    const web = fakeWeb(() => ({}));
    let attempts = 0;
    const inner = () =>
      retrying(needs(web), 'token', async () => {
        attempts += 1;
        throw new Transient('not now');
      });
    await expect(retrying(needs(web), 'page', inner)).rejects.toMatchObject({ code: 'VENDOR_UNAVAILABLE' });
    expect(attempts).toBe(7);
    expect(web.waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(5 * 60_000);
  });

  test('slow failures are not waited for seven times: no attempt begins after ten minutes', async () => {
    let now = Date.parse('2026-11-22T06:00:00Z');
    const http = {
      async pause(ms: number) {
        now += ms;
      },
    };
    const clock = { now: () => new Date(now) };
    let attempts = 0;
    const work = async (): Promise<never> => {
      attempts += 1;
      now += 5 * 60_000;
      throw new VigieError('slow', { code: 'HTTP_TIMEOUT', retryable: true });
    };
    await expect(retrying({ http, clock, log: silentLog }, 'page', work)).rejects.toMatchObject({
      code: 'VENDOR_UNAVAILABLE',
    });
    expect(attempts).toBeLessThanOrEqual(3);
  });
});

describe('an answer that drips', () => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(timer));
  });
  beforeAll(() => new Promise<void>((done) => void server.listen(0, '127.0.0.1', done)));
  afterAll(() => new Promise((done) => void server.close(done)));

  test('is over when its time is, though it never keeps silent', async () => {
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/`;
    const ask = async () => {
      const request = { method: 'GET', url, headers: {}, timeoutMs: 5000, mostMs: 300 } as const;
      return readBody(await fetchHttp().send(request), 1e6);
    };
    await expect(ask()).rejects.toMatchObject({
      code: 'HTTP_TIMEOUT',
      message: expect.stringContaining('was not over after 0.3 seconds'),
    });
  });
});

describe('a source is bounded as a whole', () => {
  const endless = (records: number) => {
    let asked = 0;
    return fakeWeb((_, url) => {
      if (url.pathname !== '/orders') return { body: { value: [] } };
      asked += 1;
      const value = Array.from({ length: records }, (_, index) => ({
        id: `o${asked}-${index}`,
        day: '2026-11-20',
        currency: 'EUR',
        lines: [],
      }));
      return { body: { value, next: `https://api.made-up.example/orders?page=${asked}` } };
    });
  };
  const pulled = async (web: ReturnType<typeof fakeWeb>, keys: object, onAsk?: () => void) => {
    const http = {
      ...web.http,
      send: (request: HttpRequest) => {
        onAsk?.();
        return web.http.send(request);
      },
    };
    const world = apiWorld(http, { 'made-up': JSON.stringify({ token: 'a-token-of-nobody' }) });
    worlds.push(world);
    return { world, source: sourceOf(madeUp, { ...keys }) };
  };
  const worlds: ApiWorld[] = [];
  afterAll(async () => {
    for (const world of worlds) await world.close();
  });

  test('pages: one more than allowed ends the entity, the others are handed over', async () => {
    const { world, source } = await pulled(endless(3), { max_pages: 20 });
    const report = await world.pull(madeUp, source);
    expect(report).toMatchObject({ status: 'failed', problem: { code: 'VENDOR_ENDLESS' } });
    expect(report.problem?.message).toContain('orders has no end: 21 pages came');
    expect(report.problem?.hint).toContain('max_pages');
    expect(report.batches.map(({ table }) => table)).not.toContain('orders');
    expect(report.batches.length).toBeGreaterThan(0);
  });

  test('a trickle of next pages is known for what it is', async () => {
    const { world, source } = await pulled(endless(1), {});
    const report = await world.pull(madeUp, source);
    expect(report.problem?.message).toContain('orders has no end: 1000 pages came');
  });

  test('time: nothing is asked after the deadline, and the source says so', async () => {
    const at = Date.parse('2026-11-22T06:00:00Z');
    let asked = 0;
    const slow = () => {
      asked += 1;
      world.setNow(new Date(at + asked * 60_000).toISOString());
    };
    const { world, source } = await pulled(endless(3), { max_minutes: 30 }, slow);
    const report = await world.pull(madeUp, source);
    expect(report).toMatchObject({ status: 'failed', problem: { code: 'SOURCE_DEADLINE' } });
    expect(report.problem?.hint).toContain('max_minutes');
    expect(asked).toBeLessThan(40);
  });
});
