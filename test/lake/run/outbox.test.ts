import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CLAIM_MINUTES,
  coveredBy,
  deliver,
  type Letter,
  type OutboxRecord,
} from '../../../functions/lake/run/outbox.ts';
import { type Bucket, readJson } from '../../../functions/platform/bucket.ts';
import { frozenClock } from '../../../functions/platform/clock.ts';
import { VigieError } from '../../../functions/platform/errors.ts';
import { fileBucket } from '../../../functions/platform/local/file-bucket.ts';
import type { Mailer, OutgoingMessage } from '../../../functions/platform/mailer.ts';
import { message } from '../../contracts/mailer-contract.ts';
import { runs } from '../../kit/runs.ts';

let folder: string;
let bucket: Bucket;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-outbox-'));
  bucket = fileBucket(folder);
});
afterEach(() => rm(folder, { recursive: true }));

/** A sender that remembers; `idempotent` ones keep one message an id. */
function recorder(idempotent: boolean): Mailer & { readonly sent: OutgoingMessage[] } {
  const sent: OutgoingMessage[] = [];
  return {
    idempotent,
    sent,
    async send(outgoing) {
      if (!idempotent || !sent.some((each) => each.id === outgoing.id)) sent.push(outgoing);
      return { reference: `at ${sent.length}` };
    },
  };
}

const letter = (change: Partial<Letter<OutgoingMessage>> = {}): Letter<OutgoingMessage> => ({
  id: message().id,
  asOf: '2026-11-21',
  covers: [],
  compose: async () => message(),
  ...change,
});

const at = (minutes: number) => frozenClock(new Date(Date.parse('2026-11-22T06:00:00Z') + minutes * 60_000));

class Killed extends Error {}

/** Dies at its n-th write, before or after it takes effect, as a process does: nothing after that works. */
function dying(step: number, when: 'before' | 'after'): Bucket {
  let writes = 0;
  const act = async <T>(write: () => Promise<T>): Promise<T> => {
    writes += 1;
    if (writes > step || (writes === step && when === 'before')) throw new Killed();
    const result = await write();
    if (writes === step) throw new Killed();
    return result;
  };
  return {
    ...bucket,
    write: (key, body) => act(() => bucket.write(key, body)),
    create: (key, body) => act(() => bucket.create(key, body)),
  };
}

describe('a message goes out once', () => {
  it.each([true, false])('idempotent sender: %s', async (idempotent) => {
    const sender = recorder(idempotent);
    const platform = { bucket, sender, clock: at(0) };
    expect(await deliver(platform, letter(), 'run-1')).toEqual({ status: 'sent', reference: 'at 1' });
    expect(
      await deliver(platform, letter({ compose: async () => message({ raw: new Uint8Array() }) }), 'run-2'),
    ).toEqual({ status: 'already sent', reference: 'at 1' });
    expect(sender.sent).toHaveLength(1);
  });

  it('a message that was sent is not even composed again', async () => {
    const platform = { bucket, sender: recorder(false), clock: at(0) };
    await deliver(platform, letter(), 'run-1');
    await deliver(platform, letter({ compose: () => Promise.reject(new Error('composed')) }), 'run-2');
  });

  it('of many runs at once, one sends', async () => {
    const sender = recorder(false);
    const all = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) =>
        deliver({ bucket, sender, clock: at(0) }, letter(), `run-${index}`),
      ),
    );
    expect(sender.sent).toHaveLength(1);
    expect(all.filter((one) => one.status === 'fulfilled' && one.value.status === 'sent')).toHaveLength(1);
    for (const one of all)
      if (one.status === 'rejected')
        expect(one.reason).toMatchObject({ code: 'MAIL_IN_HAND', retryable: true });
  });
});

describe('a run that dies at any write, and runs again', () => {
  for (const when of ['before', 'after'] as const) {
    for (const step of [1, 2]) {
      it.each([true, false])(`dies ${when} write ${step}; idempotent: %s`, async (idempotent) => {
        const sender = recorder(idempotent);
        await expect(
          deliver({ bucket: dying(step, when), sender, clock: at(0) }, letter(), 'run-1'),
        ).rejects.toBeInstanceOf(Killed);
        await deliver({ bucket, sender, clock: at(CLAIM_MINUTES + 1) }, letter(), 'run-2');
        await deliver({ bucket, sender, clock: at(CLAIM_MINUTES + 2) }, letter(), 'run-3');
        // Sent, but the receipt was lost: the only gap there is. It is closed with the same Message-ID.
        const inTheGap = !idempotent && when === 'before' && step === 2;
        expect(sender.sent).toHaveLength(inTheGap ? 2 : 1);
        expect(new Set(sender.sent.map((each) => each.id)).size).toBe(1);
        const second = await readJson<OutboxRecord>(bucket, `outbox/2026-11-21/${message().id}/2-sent.json`);
        if (inTheGap) expect(second).toMatchObject({ attempt: 2, possibleDuplicate: true, run: 'run-2' });
      });
    }
  }

  it('a claim without receipt is left alone while its run may be at work, then said to be in hand', async () => {
    const sender = recorder(false);
    await expect(
      deliver({ bucket: dying(1, 'after'), sender, clock: at(0) }, letter(), 'run-1'),
    ).rejects.toBeInstanceOf(Killed);
    await expect(
      deliver({ bucket, sender, clock: at(CLAIM_MINUTES - 1) }, letter(), 'run-2'),
    ).rejects.toMatchObject({ code: 'MAIL_IN_HAND' });
    expect(sender.sent).toHaveLength(0);
  });

  it('an idempotent sender does not wait', async () => {
    const sender = recorder(true);
    await expect(
      deliver({ bucket: dying(1, 'after'), sender, clock: at(0) }, letter(), 'run-1'),
    ).rejects.toBeInstanceOf(Killed);
    expect(await deliver({ bucket, sender, clock: at(0) }, letter(), 'run-2')).toMatchObject({
      status: 'sent',
    });
  });
});

describe('a clock that was set back', () => {
  /** A run that died after its claim, which the clock then said was at this minute. */
  const claimedAt = (minutes: number) =>
    expect(
      deliver({ bucket: dying(1, 'after'), sender: recorder(false), clock: at(minutes) }, letter(), 'run-1'),
    ).rejects.toBeInstanceOf(Killed);

  it.each([
    ['by minutes', 14],
    ['by hours', 600],
    ['by years', 525_600],
  ])('%s keeps no message back longer than twice the time of a claim', async (_, ahead) => {
    await claimedAt(ahead);
    const sender = recorder(false);
    const outcomes: string[] = [];
    for (let minutes = 0; minutes <= 2 * CLAIM_MINUTES; minutes += 1)
      outcomes.push(
        await deliver({ bucket, sender, clock: at(minutes) }, letter(), `run-${minutes}`).then(
          ({ status }) => status,
          (error: VigieError) => error.code,
        ),
      );
    expect(outcomes.at(-1)).toBe('already sent');
    expect(sender.sent).toHaveLength(1);
    expect(new Set(outcomes)).not.toContain('MAIL_UNCERTAIN');
  });

  it('does not send again what was sent, nor tell again what was told', async () => {
    const sender = recorder(false);
    const told = letter({ covers: ['alert-1'] });
    await deliver({ bucket, sender, clock: at(600) }, told, 'run-1');
    for (const minutes of [599, 0, -600, -525_600])
      expect(await deliver({ bucket, sender, clock: at(minutes) }, told, 'run-2')).toMatchObject({
        status: 'already sent',
      });
    expect(await coveredBy({ bucket, sender }, '2026-11-21', message().id)).toEqual(new Set(['alert-1']));
    expect(sender.sent).toHaveLength(1);
  });

  it('leaves a claim alone that somebody made a minute ago', async () => {
    await claimedAt(1);
    const sender = recorder(false);
    await expect(deliver({ bucket, sender, clock: at(0) }, letter(), 'run-2')).rejects.toMatchObject({
      code: 'MAIL_IN_HAND',
    });
    expect(sender.sent).toHaveLength(0);
  });
});

describe('when the sender fails', () => {
  const failing = (code: string): Mailer => ({
    idempotent: false,
    send: () => Promise.reject(new VigieError('no', { code })),
  });

  it('and nothing went out, the next run sends at once', async () => {
    await expect(
      deliver({ bucket, sender: failing('MAIL_DEFERRED'), clock: at(0) }, letter(), 'run-1'),
    ).rejects.toMatchObject({ code: 'MAIL_DEFERRED' });
    await expect(
      deliver({ bucket, sender: failing('SECRET_MISSING'), clock: at(0) }, letter(), 'run-2'),
    ).rejects.toMatchObject({ code: 'SECRET_MISSING' });
    const sender = recorder(false);
    expect(await deliver({ bucket, sender, clock: at(0) }, letter(), 'run-3')).toMatchObject({
      status: 'sent',
    });
    expect(
      await readJson<OutboxRecord>(bucket, `outbox/2026-11-21/${message().id}/3-sent.json`),
    ).toMatchObject({ possibleDuplicate: false });
  });

  it('and it may have gone out, it is tried once more, and no more', async () => {
    const uncertain = failing('MAIL_UNCERTAIN');
    for (const minutes of [0, CLAIM_MINUTES]) {
      await expect(
        deliver({ bucket, sender: uncertain, clock: at(minutes) }, letter(), 'run'),
      ).rejects.toMatchObject({ code: 'MAIL_UNCERTAIN' });
    }
    const sender = recorder(false);
    const last = deliver({ bucket, sender, clock: at(600) }, letter(), 'run-9');
    await expect(last).rejects.toMatchObject({
      code: 'MAIL_UNCERTAIN',
      hint: expect.stringContaining('outbox/2026-11-21/'),
    });
    expect(sender.sent).toHaveLength(0);
  });
});

it('however runs die, fail and overlap, an idempotent sender leaves one message and another at most two', async () => {
  const fate = fc.record({
    step: fc.integer({ min: 1, max: 3 }),
    when: fc.constantFrom('before' as const, 'after' as const),
    wait: fc.integer({ min: 0, max: 20 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fate, { maxLength: 5 }),
      fc.boolean(),
      fc.uuid(),
      async (fates, idempotent, id) => {
        const sender = recorder(idempotent);
        let minutes = 0;
        for (const { step, when, wait } of fates) {
          minutes += wait;
          await deliver(
            { bucket: dying(step, when), sender, clock: at(minutes) },
            letter({ id }),
            'dies',
          ).catch(() => undefined);
        }
        const end = deliver({ bucket, sender, clock: at(minutes + 60) }, letter({ id }), 'last');
        const outcome = await end.then(
          (delivery) => delivery.status,
          (error: VigieError) => error.code,
        );
        expect(['sent', 'already sent', ...(idempotent ? [] : ['MAIL_UNCERTAIN'])]).toContain(outcome);
        expect(sender.sent.length).toBeLessThanOrEqual(idempotent ? 1 : 2);
        if (outcome !== 'MAIL_UNCERTAIN') expect(sender.sent.length).toBeGreaterThanOrEqual(1);
      },
    ),
    { numRuns: runs(40) },
  );
});

it('knows what was told, and only what was sent', async () => {
  const platform = { bucket, sender: recorder(false), clock: at(0) };
  await deliver(platform, letter({ id: 'alert.x.1', covers: ['a', 'b'] }), 'run');
  await deliver(platform, letter({ id: 'alert.x.2', covers: ['c'] }), 'run');
  await deliver(platform, letter({ id: 'alert.y.1', covers: ['d'] }), 'run');
  await expect(
    deliver({ ...platform, bucket: dying(1, 'after') }, letter({ id: 'alert.x.3', covers: ['e'] }), 'run'),
  ).rejects.toBeInstanceOf(Killed);
  expect([...(await coveredBy({ bucket, sender: {} }, '2026-11-21', 'alert.x.'))].sort()).toEqual([
    'a',
    'b',
    'c',
  ]);
});

describe('what was only left as a file', () => {
  const files = (): ReturnType<typeof recorder> => ({ ...recorder(true), onlyFiles: true });

  it('counts as told among files, and as not sent once mails are sent; then exactly once', async () => {
    const platform = { bucket, clock: at(0) };
    expect((await deliver({ ...platform, sender: files() }, letter(), 'run-1')).status).toBe('sent');
    expect((await deliver({ ...platform, sender: files() }, letter(), 'run-2')).status).toBe('already sent');
    const smtp = recorder(false);
    expect((await deliver({ ...platform, sender: smtp }, letter(), 'run-3')).status).toBe('sent');
    expect((await deliver({ ...platform, sender: smtp }, letter(), 'run-4')).status).toBe('already sent');
    expect(smtp.sent).toHaveLength(1);
  });

  it('covers nothing for who is sent mails', async () => {
    await deliver(
      { bucket, clock: at(0), sender: files() },
      letter({ id: 'alert.z.1', covers: ['a'] }),
      'run',
    );
    expect([...(await coveredBy({ bucket, sender: {} }, '2026-11-21', 'alert.z.'))]).toEqual([]);
    expect([...(await coveredBy({ bucket, sender: files() }, '2026-11-21', 'alert.z.'))]).toEqual(['a']);
  });
});
