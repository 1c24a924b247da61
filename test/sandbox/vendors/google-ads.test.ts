import { describe, expect, test } from 'vitest';
import { call, tokenOf, world } from './ad-calls.ts';

/** As its documentation says it behaves, without any client of ours. */
describe('Google Ads', () => {
  const path = '/v26/customers/4821937605/googleAds';
  const headers = async () => ({
    ...(await tokenOf('google-ads', '/token')),
    'developer-token': world.vendors.get('google-ads')?.secret['developer_token'] ?? '',
    'login-customer-id': '7130992846',
  });
  const search = async (method: string, body: object) =>
    call('google-ads', `${path}:${method}`, {
      method: 'POST',
      headers: await headers(),
      body: JSON.stringify(body),
    });
  const query =
    "SELECT campaign.id, metrics.cost_micros FROM campaign WHERE segments.date BETWEEN '2026-11-20' AND '2026-11-21'";

  test('writes 64-bit numbers as text, names in camel case, and a list of chunks where it streams', async () => {
    const [chunk] = (await search('searchStream', { query })).json();
    expect(chunk.fieldMask).toBe('campaign.id,metrics.costMicros');
    expect(chunk.results).toHaveLength(8);
    expect(chunk.results[0].metrics.costMicros).toMatch(/^\d+0000$/);
  });

  test.each([
    ['search', { query, pageSize: 10 }, 'requestError', 'PAGE_SIZE_NOT_SUPPORTED'],
    ['search', { query, pageToken: 'x' }, 'requestError', 'INVALID_PAGE_TOKEN'],
    ['search', { query: 'SELECT campaign.colour FROM campaign' }, 'queryError', 'UNRECOGNIZED_FIELD'],
    ['search', { query: 'DROP campaign' }, 'queryError', 'UNEXPECTED_INPUT'],
  ])('%s %j is refused: %s %s', async (method, body, kind, code) => {
    const reply = await search(method, body);
    expect(reply.status).toBe(400);
    expect(reply.json().error.details[0].errors[0].errorCode).toEqual({ [kind]: code });
  });

  test('writes the errors of a stream into a list', async () => {
    const reply = await search('searchStream', { query: 'nonsense' });
    expect(reply.json()[0].error.status).toBe('INVALID_ARGUMENT');
  });
});
