import { describe, expect, it, test } from 'vitest';
import { noteFinished } from '../../functions/lake/run/finished.ts';
import { manifestKey } from '../../functions/lake/run/manifest.ts';
import { CLAIM_MINUTES } from '../../functions/lake/run/outbox.ts';
import { runRef } from '../../functions/lake/run/run.ts';
import { noteCalled } from '../../functions/lake/run/waits.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { type Bucket, writeJson } from '../../functions/platform/bucket.ts';
import { frozenClock } from '../../functions/platform/clock.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import type { Http } from '../../functions/platform/http.ts';
import { emlMailer } from '../../functions/platform/local/eml-mailer.ts';
import type { Mailer, OutgoingMessage } from '../../functions/platform/mailer.ts';
import { openRedactor } from '../../functions/platform/redact/redactor.ts';
import { type ReportContext, reportTask } from '../../functions/report/task.ts';
import { tellDue } from '../../functions/report/tell-due.ts';
import { AS_OF, row } from './fixtures.ts';
import { alerts, inbox, platformOf, type StoredDay, store, storedDay } from './stored-day.ts';
import { sendMails } from './telling.ts';

const nobody = new Proxy({} as never, {
  get: (_, name) => {
    throw new Error(`nobody needs ${String(name)} here`);
  },
});

/** Told of Saturday 21 November on Sunday: with the run, at nine, at eleven (as her role), at two. Paris is at UTC+1. */
const people = {
  recipients: [
    { email: 'early@example.com', roles: ['executive'] },
    { email: 'nine@example.com', roles: ['executive'], hour: 9 },
    { email: 'sales@example.com', roles: ['sales'], digest: true },
    { email: 'two@example.com', roles: ['executive'], hour: 14 },
    { email: 'ops@example.com', roles: ['ops'] },
  ],
  delivery: { from: 'Vigie <vigie@nordwind.example>', hours: { sales: 11 } },
};

const SEVEN = '2026-11-22T06:00:10Z';
const NINE = '2026-11-22T08:00:00Z';
const TWO = '2026-11-22T13:00:00Z';

interface World {
  readonly day: StoredDay;
  readonly mailer: Mailer;
  readonly hourly?: boolean;
  readonly bucket?: Bucket;
}

const contextOf = (
  { day, mailer, hourly = true, bucket = day.bucket }: World,
  at: string,
): ReportContext => ({
  platform: {
    ...platformOf(day, mailer),
    ...{ bucket, clock: frozenClock(at), http: nobody, secrets: nobody, redactor: nobody },
  },
  company: day.company,
  catalogue: day.catalogue,
  hourly,
});

const runAt = (world: World, at: string, asOf = AS_OF, from = asOf) =>
  reportTask.perform(contextOf(world, at), runRef({ asOf, from }, at), 'mails and report');
const due = (world: World, at: string) => tellDue(contextOf(world, at));
const mailsOf = (mails: readonly OutgoingMessage[], kind = 'digest') =>
  mails.filter(({ tags }) => tags['kind'] === kind).map(({ to }) => to.replace('@example.com', ''));
const statuses = async (run: ReturnType<typeof runAt>) =>
  (await run).report.filter(({ kind }) => kind === 'digest').map(({ status }) => status);

async function scene(change: Record<string, unknown> = {}) {
  const day = await storedDay({ ...people, ...change });
  const mailer = inbox();
  return { day, mailer, world: { day, mailer } };
}

describe('who chose an hour', () => {
  it('is told of the day at the first call at or after it, as everybody else was; alerts come at once', async () => {
    const { mailer, world } = await scene();
    const { report } = await runAt(world, SEVEN);
    expect(report.map(({ kind, status, until }) => [kind, status, until])).toEqual([
      ['digest', 'sent', undefined],
      ['alert', 'sent', undefined],
      ['digest', 'waits', '2026-11-22T08:00:00.000Z'],
      ['alert', 'sent', undefined],
      ['digest', 'waits', '2026-11-22T10:00:00.000Z'],
      ['digest', 'waits', '2026-11-22T13:00:00.000Z'],
      ['alert', 'sent', undefined],
      ['alert', 'sent', undefined],
    ]);
    expect(await due(world, '2026-11-22T07:59:59Z')).toMatchObject([
      { asOf: AS_OF, mails: [], waits: [{}, {}, { until: '2026-11-22T13:00:00.000Z' }] },
    ]);
    expect(mailsOf(mailer.mails)).toEqual(['early']);
    expect(await due(world, NINE)).toMatchObject([{ mails: [{ status: 'sent' }], waits: [{}, {}] }]);
    expect(mailsOf(mailer.mails)).toEqual(['early', 'nine']);
    const [first, second] = mailer.mails.filter(({ tags }) => tags['kind'] === 'digest');
    expect(second?.page).toBe(first?.page);
    await due(world, NINE);
    await due(world, '2026-11-22T12:00:00Z');
    await due(world, '2026-11-22T13:20:00Z');
    expect(mailsOf(mailer.mails)).toEqual(['early', 'nine', 'sales', 'two']);
    expect(await due(world, '2026-11-22T14:00:00Z')).toEqual([]);
    expect(mailsOf(mailer.mails)).toHaveLength(4);
    expect(mailsOf(mailer.mails, 'alert')).toHaveLength(4);
  });

  it('is told by the run itself when that comes later than her hour', async () => {
    const { mailer, world } = await scene();
    expect(await statuses(runAt(world, '2026-11-22T10:00:00Z'))).toEqual(['sent', 'sent', 'sent', 'waits']);
    expect(mailsOf(mailer.mails)).toEqual(['early', 'nine', 'sales']);
  });

  it('reads the figures as they were restated by then, and nobody who had them reads them twice', async () => {
    const { day, mailer, world } = await scene();
    await runAt(world, SEVEN);
    await store(day.bucket, [row('net_revenue', 'mtd', 'current', 654_321)], '2026-11-22T07:00:00Z');
    await runAt(world, '2026-11-22T07:00:10Z');
    await due(world, NINE);
    expect(mailsOf(mailer.mails)).toEqual(['early', 'nine']);
    const [early, nine] = mailer.mails.filter(({ tags }) => tags['kind'] === 'digest');
    expect(nine?.page).toContain('654,321');
    expect(early?.page).not.toContain('654,321');
  });

  it('has what vigie.yaml says by then: a later hour, none, or no place on the list', async () => {
    const { day, mailer, world } = await scene();
    await runAt(world, SEVEN);
    const [early, , sales, two] = people.recipients;
    const recipients = [early, sales && { ...sales, hour: 15 }, two && { ...two, hour: undefined }];
    const company = { ...day.company, recipients: recipients as StoredDay['company']['recipients'] };
    await due({ ...world, day: { ...day, company } }, NINE);
    expect(mailsOf(mailer.mails)).toEqual(['early', 'two']);
    await due({ ...world, day: { ...day, company } }, TWO);
    expect(mailsOf(mailer.mails)).toEqual(['early', 'two']);
    await due({ ...world, day: { ...day, company } }, '2026-11-22T14:00:00Z');
    expect(mailsOf(mailer.mails)).toEqual(['early', 'two', 'sales']);
  });

  it('gets a review at it too', async () => {
    const recipients = [{ email: 'week@example.com', roles: ['executive'], summary: 'weekly', hour: 9 }];
    const { mailer, world } = await scene({ recipients });
    const { report } = await runAt(world, '2026-11-23T06:00:10Z', '2026-11-22');
    expect(report).toMatchObject([{ kind: 'review', status: 'waits', until: '2026-11-23T08:00:00.000Z' }]);
    await due(world, '2026-11-23T08:00:00Z');
    expect(mailsOf(mailer.mails, 'review')).toEqual(['week']);
  });

  it.each([
    ['slack', 200],
    ['teams', 202],
  ] as const)('may be a channel of %s', async (kind, status) => {
    const recipients = [people.recipients[0]];
    const channels = [{ kind, name: 'board', secret: 'board', roles: ['executive'], hour: 9 }];
    const { world } = await scene({ recipients, channels });
    const posted: string[] = [];
    const http: Http = {
      send: async ({ body = '' }) => {
        posted.push(body);
        return {
          status,
          headers: new Headers(),
          body: (async function* () {})(),
          cancel: async () => undefined,
        };
      },
      pause: async () => undefined,
    };
    const chat = (at: string): ReportContext => {
      const context = contextOf(world, at);
      const secrets = { get: async () => 'https://chat.example.com/hook', put: async () => undefined };
      return { ...context, platform: { ...context.platform, http, secrets, redactor: openRedactor() } };
    };
    const run = runRef({ asOf: AS_OF, from: AS_OF }, SEVEN);
    const { report } = await reportTask.perform(chat(SEVEN), run, 'mails and report');
    expect(report.filter(({ channel }) => channel === kind)).toMatchObject([
      { kind: 'digest', status: 'waits', until: '2026-11-22T08:00:00.000Z' },
      { kind: 'alert', status: 'sent' },
    ]);
    expect(posted).toHaveLength(1);
    for (const at of [NINE, NINE, TWO]) await tellDue(chat(at));
    expect(posted).toHaveLength(2);
  });

  it('is told now, whatever the hour, when somebody names her; and not again at her hour', async () => {
    const { day, mailer, world } = await scene();
    await runAt(world, SEVEN);
    const only = day.company.recipients[1];
    if (!only) throw new Error('no such reader');
    await sendMails({ ...platformOf(day, mailer) }, { ...day, only });
    await due(world, NINE);
    expect(mailsOf(mailer.mails)).toEqual(['early', 'nine']);
  });

  it('waits for nothing while mails are only written', async () => {
    const { day, world } = await scene();
    const company = { ...day.company, delivery: { ...day.company.delivery, live: false } };
    const setUp = { ...world, day: { ...day, company } };
    expect(new Set(await statuses(runAt(setUp, SEVEN)))).toEqual(new Set(['written']));
    expect(await due(setUp, NINE)).toEqual([]);
  });
});

describe('exactly once', () => {
  it('by a run and two calls at the same time, in any order', async () => {
    const { mailer, world } = await scene();
    await runAt(world, SEVEN);
    await Promise.all([due(world, NINE), runAt(world, NINE), due(world, NINE)]);
    expect(mailsOf(mailer.mails)).toEqual(['early', 'nine']);
  });

  it('killed at any effect of the run or of a call, and done again', async () => {
    const effects = { run: 0, due: 0 };
    for (let step = 1; effects.due === 0; step += 1) {
      const day = await storedDay(justTwo);
      await alerts(day.bucket, { states: [], events: [] });
      const world = { day, mailer: emlMailer(day.bucket) };
      const dies = dying(day.bucket, step);
      const dead = { day, mailer: emlMailer(dies.bucket), bucket: dies.bucket };
      await tellAt(dead, SEVEN).catch(() => undefined);
      if (dies.isDead()) effects.run += 1;
      await tellAt(world, '2026-11-22T06:30:00Z');
      await due(dead, NINE).catch(() => undefined);
      if (!dies.isDead()) effects.due = step;
      await due(world, '2026-11-22T09:00:00Z');
      await due(world, '2026-11-22T10:00:00Z');
      expect(await written(day.bucket), `killed at effect ${step}`).toEqual(['early', 'nine']);
    }
    expect(effects.run).toBeGreaterThan(4);
    expect(effects.due).toBeGreaterThan(effects.run + 3);
  });

  it('where nobody knows whether it left, once more after the claim is old, as with any mail', async () => {
    const { mailer, world } = await scene({ recipients: [people.recipients[1]] });
    await runAt(world, SEVEN);
    const lost = {
      ...mailer,
      send: () => Promise.reject(new VigieError('no answer', { code: 'MAIL_UNCERTAIN' })),
    };
    expect(await due({ ...world, mailer: lost }, NINE)).toMatchObject([{ mails: [{ status: 'failed' }] }]);
    expect(await due(world, '2026-11-22T08:05:00Z')).toMatchObject([
      { mails: [{ status: 'failed', problem: { code: 'MAIL_IN_HAND' } }] },
    ]);
    const later = new Date(Date.parse(NINE) + CLAIM_MINUTES * 60_000).toISOString();
    expect(await due(world, later)).toMatchObject([{ mails: [{ status: 'sent' }] }]);
    await due(world, '2026-11-22T10:00:00Z');
    expect(mailsOf(mailer.mails)).toEqual(['nine']);
  });
});

/** What a run tells, without its report. */
const tellAt = ({ day, mailer, bucket = day.bucket }: World, at: string) =>
  sendMails({ ...platformOf(day, mailer), bucket, clock: frozenClock(at) }, { ...day, hours: 'kept' });

const justTwo = { recipients: people.recipients.slice(0, 2) };

/** A bucket of a process that dies at its n-th effect; nothing it does after that has one. */
function dying(bucket: Bucket, step: number) {
  let effects = 0;
  const guard =
    <A extends unknown[], R>(act: (...args: A) => Promise<R>) =>
    (...args: A): Promise<R> => {
      effects += 1;
      return effects >= step ? Promise.reject(new Error('killed')) : act(...args);
    };
  const mortal: Bucket = {
    ...bucket,
    write: guard(bucket.write),
    create: guard(bucket.create),
    remove: guard(bucket.remove),
  };
  return { bucket: mortal, isDead: () => effects >= step };
}

/** Whose digest lies in the folder of mails. */
async function written(bucket: Bucket): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of bucket.list('mail/')) {
    if (!/digest.*\.eml$/.test(key)) continue;
    const text = new TextDecoder().decode(await bucket.read(key));
    found.push(/^To: .*?(\w+)@example\.com/m.exec(text)?.[1] ?? text.slice(0, 200));
  }
  return found.toSorted();
}

describe('a day that has gone by', () => {
  const NEXT = addDays(AS_OF, 1);
  const MONDAY = '2026-11-23T06:00:10Z';

  it('is not told any more, by no call and no run of it; operators hear of it, whoever asks by name is told', async () => {
    const { day, mailer, world } = await scene();
    await runAt(world, SEVEN);
    await noteFinished(day.bucket, runRef({ asOf: AS_OF, from: AS_OF }, SEVEN), SEVEN);
    await due(world, NINE);
    expect(await due(world, '2026-11-22T23:00:00Z')).toEqual([]);
    const { status, detail } = await runAt(world, MONDAY, NEXT);
    expect(status).toBe('failed');
    expect(detail).toMatch(/hours missed: 2 letters of 2026-11-21 waited.*digest-missing\.md/s);
    expect(mailer.mails.find(({ tags }) => tags['kind'] === 'ops')?.page).toContain(
      '2 letters of 2026-11-21',
    );
    const digests = mailer.mails.filter(({ tags }) => tags['kind'] === 'digest');
    expect(digests.map(({ asOf, to }) => [asOf, to.split('@')[0]])).toEqual([
      [AS_OF, 'early'],
      [AS_OF, 'nine'],
      [NEXT, 'early'],
    ]);
    expect(await statuses(runAt(world, MONDAY))).toEqual([
      'already sent',
      'already sent',
      'out of date',
      'out of date',
    ]);
    expect(await due(world, '2026-11-23T08:00:00Z')).toMatchObject([
      { asOf: NEXT, mails: [{ status: 'sent' }] },
    ]);
    const only = day.company.recipients[3];
    if (!only) throw new Error('no such reader');
    await sendMails(platformOf(day, mailer), { ...day, only });
    expect(mailer.mails.at(-1)).toMatchObject({ asOf: AS_OF, to: 'two@example.com' });
  });

  it('that never was told is, when the day is caught up: as to who has no hour', async () => {
    const { mailer, world } = await scene();
    await runAt(world, '2026-11-25T06:00:00Z');
    expect(mailsOf(mailer.mails)).toEqual(['early', 'nine', 'sales', 'two']);
  });
});

describe('on one machine', () => {
  it('nobody waits where nothing comes by: told with the run, and operators read the line of cron', async () => {
    const { mailer, world } = await scene();
    const { status, detail } = await runAt({ ...world, hourly: false }, SEVEN);
    expect(status).toBe('warning');
    expect(detail).toMatch(/3 readers should be told at an hour.*vigie send --due/s);
    expect(mailsOf(mailer.mails)).toEqual(['early', 'nine', 'sales', 'two']);
    expect(mailsOf(mailer.mails, 'ops')).toEqual(['ops']);
    expect(mailer.mails.at(-1)?.page).toContain('0 * * * *');
  });

  it.each([
    ['an hour ago', '2026-11-22T05:00:00Z', 'waits'],
    ['at two the day before, as a line of cron for that hour alone does', '2026-11-21T13:00:00Z', 'waits'],
    ['two days ago', '2026-11-20T06:00:00Z', 'sent'],
  ])('it came by %s', async (_, called, status) => {
    const { day, world } = await scene();
    await noteCalled(day.bucket, new Date(called));
    const told = await statuses(runAt({ ...world, hourly: false }, SEVEN));
    expect(told).toEqual(['sent', status, status, status]);
  });

  it('what cannot be looked at makes nobody wait', async () => {
    const { day, mailer, world } = await scene();
    await noteCalled(day.bucket, new Date(SEVEN));
    const bucket: Bucket = {
      ...day.bucket,
      exists: (key) =>
        key === 'state/called.json'
          ? Promise.reject(new TypeError('x is not a function'))
          : day.bucket.exists(key),
    };
    const { status } = await runAt({ ...world, hourly: false, bucket }, SEVEN);
    expect(status).toBe('failed');
    expect(mailsOf(mailer.mails)).toEqual(['early', 'nine', 'sales', 'two']);
  });
});

test('while a run may be measuring the day again nobody is told half of it; a run that died holds up nobody for long', async () => {
  const { day, mailer, world } = await scene();
  await runAt(world, SEVEN);
  const run = runRef({ asOf: AS_OF, from: AS_OF }, '2026-11-22T07:58:00Z');
  await writeJson(day.bucket, manifestKey(AS_OF, run.run), {
    ...{ run: run.run, asOf: AS_OF, from: AS_OF, startedAt: run.startedAt, finishedAt: null, version: '1' },
    ...{ pulls: [], loads: [], checks: null, kpis: [], alerts: null, mails: [], broken: [] },
  });
  expect(await due(world, NINE)).toMatchObject([{ mails: [], heldBy: run.run }]);
  await due(world, '2026-11-22T09:00:00Z');
  expect(mailsOf(mailer.mails)).toEqual(['early', 'nine']);
});
