import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Company } from '../../functions/lake/company/company.ts';
import { mailStem } from '../../functions/lake/company/readers.ts';
import { firstDayMissed, noteFinished, readFinished } from '../../functions/lake/run/finished.ts';
import { keepLock, readLock } from '../../functions/lake/run/lock.ts';
import { type Manifest, manifestKey } from '../../functions/lake/run/manifest.ts';
import { type RunRef, runRef } from '../../functions/lake/run/run.ts';
import type { Announcement } from '../../functions/platform/announcer.ts';
import { type Bucket, readJson } from '../../functions/platform/bucket.ts';
import { frozenClock } from '../../functions/platform/clock.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import { silentLog } from '../../functions/platform/log.ts';
import { type BeginInput, begin, DEPLOYED_COMPANY } from '../../functions/run/begin.ts';
import { broken } from '../../functions/run/broken.ts';
import { end } from '../../functions/run/end.ts';
import { daysToSunset } from '../../functions/run/sunset.ts';
import { watch } from '../../functions/run/watch.ts';
import { runs } from '../kit/runs.ts';

const company = {
  company: { name: 'C', time_zone: 'Europe/Paris', closed: { weekdays: ['sunday'], days: [] } },
  recipients: [
    { email: 'Chief@example.com', roles: ['executive'], language: 'en' },
    { email: 'chief@example.com ', roles: ['ops'], language: 'en' },
    { email: 'ops@example.com', roles: ['ops'], language: 'en' },
  ],
  delivery: { on_closed_days: false, live: true, hours: {} },
  aws: { digest_by: '07:30' },
} as unknown as Company;

let bucket: Bucket;
beforeEach(async () => {
  bucket = fileBucket(await mkdtemp(join(tmpdir(), 'vigie-run-')));
});

const running = new Set<string>();
const executions = { isRunning: async (execution: string) => running.has(execution) };
const beginAt = (startedAt: string, execution: string, input: unknown = {}): ReturnType<typeof begin> =>
  begin({ bucket, executions, log: silentLog }, {
    deployed: { company, deployment: 'd1' },
    catalogue: { kpis: [], lists: [] },
    own: { 'dimensions.yaml': '' },
    execution,
    startedAt,
    input,
  } satisfies BeginInput);

/** A bucket whose calls take a moment each, at random. */
function jittery(inner: Bucket): Bucket {
  const later =
    <A extends unknown[], R>(act: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
      return act(...args);
    };
  return {
    ...inner,
    read: later(inner.read),
    exists: later(inner.exists),
    create: later(inner.create),
    remove: later(inner.remove),
    write: later(inner.write),
  };
}

describe('a run begins', () => {
  test.each([
    // Summer: 22:30 UTC is half past midnight of the next day in Paris; winter: half past eleven of the same.
    ['2026-07-20T22:30:00.000Z', '2026-07-20'],
    ['2026-01-20T22:30:00.000Z', '2026-01-19'],
    // The night the clocks go back: 02:30 comes twice, and is the same day both times.
    ['2026-10-25T00:30:00.000Z', '2026-10-24'],
    ['2026-10-25T01:30:00.000Z', '2026-10-24'],
  ])('at %s for %s, yesterday in the company’s zone', async (startedAt, asOf) => {
    expect(await beginAt(startedAt, 'e1')).toMatchObject({ status: 'go', run: { asOf, from: asOf } });
  });

  test('never for days that have not begun', async () => {
    for (const input of [{ date: '2026-03-12' }, { from: '2026-03-01', to: '2999-01-01' }])
      await expect(beginAt('2026-03-11T05:00:00.000Z', 'e1', input)).rejects.toMatchObject({
        code: 'RUN_INPUT',
        message: expect.stringContaining('lies in the future'),
      });
  });

  test('for the days it is asked for', async () => {
    const day = await beginAt('2026-03-11T05:00:00.000Z', 'e1', { date: '2026-03-01' });
    expect(day.run).toMatchObject({ asOf: '2026-03-01', from: '2026-03-01' });
    const days = await beginAt('2026-03-11T05:00:00.000Z', 'e1', { from: '2026-01-01', to: '2026-03-01' });
    expect(days.run).toMatchObject({ asOf: '2026-03-01', from: '2026-01-01' });
  });

  test.each([{ date: 'yesterday' }, { from: '2026-03-02', to: '2026-03-01' }, { day: '2026-03-01' }, 'x'])(
    'never for what names no days: %j',
    async (input) => {
      await expect(beginAt('2026-03-11T05:00:00.000Z', 'e1', input)).rejects.toMatchObject({
        code: 'RUN_INPUT',
        hint: expect.stringContaining('{"date"'),
      });
      expect(await readLock(bucket)).toBeUndefined();
    },
  );

  test('and leaves the company it runs for, and a manifest', async () => {
    const { run } = await beginAt('2026-03-11T05:00:00.000Z', 'e1');
    expect(await readJson(bucket, DEPLOYED_COMPANY)).toEqual(company);
    expect(await readJson<Manifest>(bucket, manifestKey(run.asOf, run.run))).toMatchObject({
      finishedAt: null,
    });
  });

  test('with the days on which nothing ran', async () => {
    const first = await beginAt('2026-03-05T05:00:00.000Z', 'e1');
    await end({ bucket, clock: frozenClock('2026-03-05T05:10:00Z') }, first.run);
    const late = await beginAt('2026-03-09T05:00:00.000Z', 'e2');
    expect(late.run).toMatchObject({ from: '2026-03-05', asOf: '2026-03-08' });
  });

  test('but not with months of them', async () => {
    await noteFinished(
      bucket,
      runRef({ asOf: '2025-01-01', from: '2025-01-01' }, '2025-01-02T05:00:00Z'),
      'x',
    );
    expect(await firstDayMissed(bucket, '2026-03-31')).toBe('2026-03-01');
  });
});

describe('never two runs at once', () => {
  test('while one is at work, another is told which', async () => {
    running.add('e1');
    const first = await beginAt('2026-03-11T05:00:00.000Z', 'e1');
    expect(await beginAt('2026-03-11T05:00:01.000Z', 'e2')).toMatchObject({
      status: 'busy',
      heldBy: first.run.run,
    });
  });

  test('beginning twice is the same run', async () => {
    running.add('e1');
    const first = await beginAt('2026-03-11T05:00:00.000Z', 'e1');
    expect(await beginAt('2026-03-11T05:00:00.000Z', 'e1')).toEqual(first);
  });

  test('the lock of an execution that is gone is taken over', async () => {
    running.delete('e1');
    await beginAt('2026-03-11T05:00:00.000Z', 'e1');
    expect(await beginAt('2026-03-11T07:00:00.000Z', 'e2')).toMatchObject({ status: 'go' });
  });

  test('however many begin in the same instant, one goes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 6 }), fc.boolean(), async (count, abandoned) => {
        bucket = fileBucket(await mkdtemp(join(tmpdir(), 'vigie-run-')));
        const names = Array.from({ length: count }, (_, index) => `x${index}`);
        for (const name of names) running.add(name);
        if (abandoned) await beginAt('2026-03-10T05:00:00.000Z', 'gone');
        // Every order in which their reads and writes may fall, as far as a file system shows it.
        bucket = jittery(bucket);
        const begun = await Promise.all(names.map((name) => beginAt('2026-03-11T05:00:00.000Z', name)));
        expect(begun.filter(({ status }) => status === 'go')).toHaveLength(1);
      }),
      { numRuns: runs(20) },
    );
  });

  test('a run that is redriven after it broke takes the lock again, unless another has it', async () => {
    const announcer = { announce: async () => ({ reference: '1' }) };
    const { run } = await beginAt('2026-03-11T05:00:00.000Z', 'e1');
    await broken(
      { bucket, announcer },
      { executionArn: 'e1', status: 'FAILED' },
      { code: 'X', message: 'm' },
    );
    await keepLock(bucket, run);
    expect(await readLock(bucket)).toEqual(run);
    await end({ bucket, clock: frozenClock('2026-03-11T05:10:00Z') }, run);
    const other = (await beginAt('2026-03-11T06:00:00.000Z', 'e2')) as { run: RunRef };
    await expect(keepLock(bucket, run)).rejects.toMatchObject({ code: 'RUN_BUSY' });
    expect(await readLock(bucket)).toEqual(other.run);
  });
});

describe('a clock that was set back', () => {
  test('while a run has the lock: it keeps it, ends, and the next one goes', async () => {
    running.add('e1');
    const { run } = await beginAt('2026-03-11T05:00:00.000Z', 'e1');
    expect(await beginAt('2026-03-11T04:00:00.000Z', 'e2')).toMatchObject({
      status: 'busy',
      heldBy: run.run,
    });
    await keepLock(bucket, run);
    const manifest = await end({ bucket, clock: frozenClock('2026-03-11T03:10:00Z') }, run);
    expect(manifest.finishedAt).toBe('2026-03-11T03:10:00.000Z');
    expect(await readLock(bucket)).toBeUndefined();
    expect(await beginAt('2026-03-11T03:20:00.000Z', 'e3')).toMatchObject({ status: 'go' });
  });

  test('the run that began last has the turn, not the one whose clock was ahead', async () => {
    running.delete('ahead');
    const ahead = await beginAt('2027-03-11T05:00:00.000Z', 'ahead');
    const { run } = await beginAt('2026-03-11T05:00:00.000Z', 'e2');
    expect(await readLock(bucket)).toEqual(run);
    await expect(keepLock(bucket, ahead.run)).rejects.toMatchObject({ code: 'RUN_BUSY' });
  });
});

describe('a run ends', () => {
  test('finished: the lock is free, the day is noted, an earlier day moves nothing back', async () => {
    const { run } = await beginAt('2026-03-11T05:00:00.000Z', 'e1');
    const manifest = await end({ bucket, clock: frozenClock('2026-03-11T05:10:00Z') }, run);
    expect(manifest.finishedAt).toBe('2026-03-11T05:10:00.000Z');
    expect(await readLock(bucket)).toBeUndefined();
    const again = await beginAt('2026-03-11T09:00:00.000Z', 'e2', { date: '2026-02-01' });
    await end({ bucket, clock: frozenClock('2026-03-11T09:10:00Z') }, again.run);
    expect(await readFinished(bucket)).toMatchObject({ asOf: '2026-03-10', run: run.run });
  });

  test('broken: a topic that cannot be told keeps the other from nothing, and the lock is kept for another try', async () => {
    const told: string[] = [];
    const announcer = { announce: () => Promise.reject(new Error('throttled')) };
    const chat = {
      announce: async ({ subject }: Announcement) => {
        told.push(subject);
        return { reference: '1' };
      },
    };
    const { run } = await beginAt('2026-03-11T05:00:00.000Z', 'e1');
    const problem = { code: 'X', message: 'm' };
    const event = { executionArn: 'e1', status: 'FAILED' } as const;
    await expect(broken({ bucket, announcer, chat }, event, problem)).rejects.toThrow('throttled');
    expect(told).toEqual(['Vigie: the run of 2026-03-10 failed']);
    expect(await readLock(bucket)).toEqual(run);
  });

  test('broken: ops are told what and what to do; the lock of another run stays', async () => {
    const told: Announcement[] = [];
    const announcer = {
      announce: async (announcement: Announcement) => {
        told.push(announcement);
        return { reference: '1' };
      },
    };
    const { run } = await beginAt('2026-03-11T05:00:00.000Z', 'e1');
    const problem = { code: 'LAKE_TABLE_CHANGED', message: 'orders was altered', hint: 'Turn it back.' };
    await broken({ bucket, announcer }, { executionArn: 'other', status: 'ABORTED' }, problem);
    expect(await readLock(bucket)).toEqual(run);
    await broken({ bucket, announcer }, { executionArn: 'e1', status: 'FAILED' }, problem);
    expect(await readLock(bucket)).toBeUndefined();
    expect(told[1]).toMatchObject({
      kind: 'run-broken',
      facts: { as_of: '2026-03-10', code: 'LAKE_TABLE_CHANGED' },
    });
    expect(told[1]?.text).toMatch(/orders was altered[\s\S]*Turn it back[\s\S]*Redrive[\s\S]*run-broken\.md/);
  });
});

describe('API versions that end', () => {
  const pull = (sunset: string | null) =>
    ({ source: 's', status: 'ok', batches: [], api: { title: 'V', version: 'v1', sunset } }) as const;

  test('the nearest end counts, a past one too; no end announced is no figure', () => {
    expect(daysToSunset({ pulls: [pull('2026-12-31'), pull('2026-12-01'), pull(null)] }, '2026-11-25')).toBe(
      6,
    );
    expect(daysToSunset({ pulls: [pull('2026-11-20')] }, '2026-11-25')).toBe(-5);
    expect(daysToSunset({ pulls: [pull(null)] }, '2026-11-25')).toBeNull();
  });
});

describe('the watch', () => {
  /** As if it had looked for long. */
  beforeEach(() => bucket.write('state/watching.json', '{"since":"2026-01-01T00:00:00Z"}'));
  const at = (now: string) => watch({ bucket, clock: frozenClock(now) }, company);
  const receipt = (email: string, word: string) =>
    bucket.write(`outbox/2026-03-10/${mailStem('digest', '2026-03-10', email)}/1-${word}.json`, '{}');

  test('misses the digest of yesterday until its receipt is there', async () => {
    expect(await at('2026-03-11T06:30:00Z')).toEqual({ asOf: '2026-03-10', expected: 1, missing: 1 });
    await receipt('chief@example.com', 'claim');
    expect(await at('2026-03-11T06:30:00Z')).toMatchObject({ missing: 1 });
    await receipt('chief@example.com', 'sent');
    expect(await at('2026-03-11T06:30:00Z')).toMatchObject({ missing: 0 });
  });

  test('expects nothing after a day without trade', async () => {
    expect(await at('2026-03-09T06:30:00Z')).toEqual({ asOf: '2026-03-08', expected: 0, missing: 0 });
  });

  test('expects nothing that was due before it first looked: a stack is deployed at any time of day', async () => {
    await bucket.remove('state/watching.json');
    expect(await at('2026-03-11T12:30:00Z')).toMatchObject({ expected: 0, missing: 0 });
    expect(await at('2026-03-12T06:29:59Z')).toMatchObject({ expected: 0, missing: 0 });
    expect(await at('2026-03-12T06:30:00Z')).toMatchObject({ asOf: '2026-03-11', expected: 1, missing: 1 });
  });

  test('looks every hour: what is missing stays missing until it is out or the next one is due', async () => {
    // 07:30 in Paris is 06:30 UTC. Of Monday, the 9th, on Tuesday; then of Tuesday.
    const missing = async (now: string) => (await at(now)).missing;
    expect(await missing('2026-03-10T06:29:59Z')).toBe(0);
    expect(await missing('2026-03-10T06:30:00Z')).toBe(1);
    expect(await missing('2026-03-11T05:30:00Z')).toBe(1);
    await receipt('chief@example.com', 'sent');
    expect(await missing('2026-03-11T06:30:00Z')).toBe(0);
    expect(await missing('2026-03-11T22:30:00Z')).toBe(0);
  });

  describe('of readers with an hour', () => {
    const chief = (more: object) =>
      ({
        ...company,
        recipients: [{ email: 'chief@example.com', roles: ['executive'], language: 'en', ...more }],
      }) as unknown as Company;
    const missing = async (reader: Company, now: string) =>
      (await watch({ bucket, clock: frozenClock(now) }, reader)).missing;

    test.each([
      // Hour 14 in Paris is 13:00 UTC; with an hour and a half of grace it is expected from 14:30 UTC on, for a day.
      [14, '2026-03-11T06:30:00Z', 0],
      [14, '2026-03-11T13:30:00Z', 0],
      [14, '2026-03-11T14:30:00Z', 1],
      [14, '2026-03-12T14:29:59Z', 1],
      // An hour before the digest is expected of anybody makes it no earlier.
      [3, '2026-03-11T06:29:59Z', 0],
      [3, '2026-03-11T06:30:00Z', 1],
      // Hour 23 is looked for after midnight.
      [23, '2026-03-11T22:30:00Z', 0],
      [23, '2026-03-11T23:30:00Z', 1],
    ])('%i, at %s: %i missing', async (hour, now, count) => {
      // Of the days before and after it is out.
      for (const day of ['2026-03-09', '2026-03-11'])
        await bucket.write(`outbox/${day}/${mailStem('digest', day, 'chief@example.com')}/1-sent.json`, '{}');
      expect(await missing(chief({ hour }), now)).toBe(count);
      await receipt('chief@example.com', 'sent');
      expect(await missing(chief({ hour }), now)).toBe(0);
    });

    test('the hour of a role counts as well', async () => {
      const byRole = { ...chief({}), delivery: { ...company.delivery, hours: { executive: 14 } } };
      await bucket.write(
        `outbox/2026-03-09/${mailStem('digest', '2026-03-09', 'chief@example.com')}/1-sent.json`,
        '{}',
      );
      expect(await missing(byRole, '2026-03-11T06:30:00Z')).toBe(0);
      expect(await missing(byRole, '2026-03-11T14:30:00Z')).toBe(1);
    });
  });
});
