import { describe, expect, test } from 'vitest';
import { call, world } from './ad-calls.ts';

/** As its documentation says it behaves, without any client of ours. */
describe('Meta', () => {
  const headers = { authorization: `Bearer ${world.vendors.get('meta-ads')?.secret['token']}` };
  const order = (more: Record<string, string> = {}) =>
    call('meta-ads', '/v26.0/act_1093348827715/insights', {
      method: 'POST',
      headers,
      body: new URLSearchParams({
        level: 'campaign',
        time_increment: '1',
        time_range: '{"since":"2026-11-12","until":"2026-11-21"}',
        fields: 'campaign_id,spend,actions',
        ...more,
      }).toString(),
    });

  test('works on a job for some looks, says completed before it is, then gives pages by cursor, tokens in their addresses', async () => {
    const { report_run_id: run } = (await order()).json();
    expect((await call('meta-ads', `/v26.0/${run}/insights`, { headers })).status).toBe(400);
    const states: string[] = [];
    for (let look = 0; look < 4; look += 1) {
      const job = (await call('meta-ads', `/v26.0/${run}`, { headers })).json();
      states.push(`${job.async_status} ${job.async_percent_completion}`);
    }
    expect(states).toEqual(['Job Started 0', 'Job Running 40', 'Job Completed 90', 'Job Completed 100']);
    const first = (await call('meta-ads', `/v26.0/${run}/insights?limit=15`, { headers })).json();
    expect(first.data).toHaveLength(15);
    expect(first.paging.next).toContain('access_token=EAAG');
    const last = (
      await call('meta-ads', `/v26.0/${run}/insights?limit=15&after=${first.paging.cursors.after}`, {
        headers,
      })
    ).json();
    expect(last.data).toHaveLength(5);
    expect(last.paging.next).toBeUndefined();
    expect(typeof last.data[0].spend).toBe('string');
  });

  test.each([
    [{ action_attribution_windows: '["7d_view"]' }, 100],
    [{ fields: 'colour' }, 100],
    [{ time_range: '{"since":"2021-01-01","until":"2021-01-31"}' }, 3018],
  ])('refuses %j', async (more, code) => {
    const reply = await order(more as Record<string, string>);
    expect(reply.status).toBe(400);
    expect(reply.json().error.code).toBe(code);
  });

  test('refuses without a token, with a wrong one, and in a version that has ended', async () => {
    const code = async (path: string, own: Record<string, string>) =>
      (await call('meta-ads', path, { headers: own })).json().error.code;
    expect(await code('/v26.0/act_1093348827715', {})).toBe(104);
    expect(await code('/v26.0/act_1093348827715', { authorization: 'Bearer x' })).toBe(190);
    expect(await code('/v24.0/act_1093348827715', headers)).toBe(2635);
  });
});
