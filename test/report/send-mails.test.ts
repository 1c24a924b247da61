import { describe, expect, it } from 'vitest';
import { manifestKey } from '../../functions/lake/run/manifest.ts';
import { CLAIM_MINUTES } from '../../functions/lake/run/outbox.ts';
import { type Bucket, writeJson } from '../../functions/platform/bucket.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { emlMailer } from '../../functions/platform/local/eml-mailer.ts';
import { AS_OF, event, finding, row, state } from './fixtures.ts';
import {
  alerts,
  findings,
  inbox,
  platformOf,
  type StoredDay,
  store,
  storedDay,
  subjectOf,
} from './stored-day.ts';
import { previewDigest, sendMails } from './telling.ts';

const send = (day: StoredDay, mailer = inbox(), minutes = 0) =>
  sendMails(platformOf(day, mailer, minutes), day);
const to = (mails: readonly { to: string }[]): string[] => mails.map((mail) => mail.to).sort();

describe('who is told what', () => {
  it('digest to executives in their language, the alert to its roles, nothing to operators without problems', async () => {
    const mailer = inbox();
    const runs = await send(await storedDay(), mailer);
    expect(runs.map((run) => [run.kind, run.status])).toEqual([
      ['digest', 'sent'],
      ['alert', 'sent'],
      ['digest', 'sent'],
      ['alert', 'sent'],
      ['alert', 'sent'],
    ]);
    const digests = mailer.mails.filter((mail) => mail.tags['kind'] === 'digest');
    expect(to(digests)).toEqual(['claire@example.com', 'tom@example.com']);
    expect(subjectOf(digests[0] as (typeof digests)[0])).toBe(
      'Taux d’abandon de panier 81,2\u202f% — au-dessus de sa limite\u202f; chiffre d’affaires net +4,0\u202f% (21 nov.)',
    );
    expect(subjectOf(digests[1] as (typeof digests)[0])).toBe(
      'Cart abandonment rate 81.2% — above its limit; net revenue +4.0% (21 Nov)',
    );
  });

  it('says what moved the figure, from the members in the snapshot', async () => {
    const mailer = inbox();
    await send(await storedDay(), mailer);
    const text = mailer.mails.map((mail) => mail.page).join();
    expect(text).toContain('mostly brand Nordwind');
    expect(text).toContain('surtout marque «\u202fNordwind\u202f»');
  });

  it('operators hear of failed sources and KPIs: what, where, what to do', async () => {
    const day = await storedDay();
    await findings(day.bucket, [finding()]);
    await writeJson(day.bucket, manifestKey(day.asOf, day.run), {
      ...{
        run: day.run,
        asOf: day.asOf,
        from: day.asOf,
        version: 'test',
        startedAt: 'then',
        finishedAt: null,
      },
      ...{ pulls: [], loads: [], checks: null, alerts: null, mails: [], broken: [] },
      kpis: [
        {
          kpi: 'orders',
          status: 'failed',
          problem: { code: 'SQL_FAILED', message: 'no column totl', hint: 'Correct sql/kpis/orders.sql.' },
        },
      ],
    });
    const mailer = inbox();
    await send(day, mailer);
    const ops = mailer.mails.filter((mail) => mail.tags['kind'] === 'ops');
    expect(to(ops)).toEqual(['ops@example.com']);
    for (const said of [
      'ad_spend from ads ends on 2026-11-18',
      'Ask for the export of 19 November.',
      'no column totl',
      'Correct sql/kpis/orders.sql.',
    ]) {
      expect(ops[0]?.page).toContain(said);
    }
  });

  it('no digest on a day without trade, unless the company wants it; alerts still go', async () => {
    const closed = {
      company: { name: 'N', time_zone: 'Europe/Paris', currency: 'EUR', closed: { weekdays: ['saturday'] } },
    };
    const kinds = async (change: Record<string, unknown>) =>
      (await send(await storedDay(change))).map((run) => run.kind);
    expect(await kinds(closed)).toEqual(['alert', 'alert', 'alert']);
    expect(await kinds({ ...closed, delivery: { on_closed_days: true } })).toContain('digest');
  });

  it('a person who is listed twice is one reader', async () => {
    const recipients = [
      { email: 'a@example.com', roles: ['executive'] },
      { email: 'A@example.com', roles: ['ops', 'executive'] },
    ];
    const runs = await send(await storedDay({ recipients }));
    expect(runs.map((run) => run.kind)).toEqual(['digest', 'alert']);
  });

  it('what a person snoozed is not mailed', async () => {
    const day = await storedDay();
    await alerts(day.bucket, { states: [state({ muted: true })], events: [event({ muted: true })] });
    expect((await send(day)).map((run) => run.kind)).toEqual(['digest', 'digest']);
  });
});

describe('nobody is told anything twice', () => {
  it('on a repeated run, even when figures were restated; a new reader still gets his', async () => {
    const day = await storedDay();
    await send(day);
    await store(day.bucket, [row('net_revenue', 'mtd', 'current', 1)], '2026-11-22T07:00:00Z');
    const again = inbox();
    expect(new Set((await send(day, again)).map((run) => run.status))).toEqual(new Set(['already sent']));
    expect(again.mails).toHaveLength(0);
    const company = {
      ...day.company,
      recipients: [
        ...day.company.recipients,
        { email: 'new@example.com', language: 'en' as const, roles: ['executive'] },
      ],
    };
    await send({ ...day, company }, again);
    expect(new Set(to(again.mails))).toEqual(new Set(['new@example.com']));
    expect(again.mails).toHaveLength(2);
  });

  it('news of a later run of the day is told, and only the news', async () => {
    const day = await storedDay();
    await send(day);
    const fresh = event({
      rule: 'brand-drop',
      member: 'Alpina',
      kpi: 'net_revenue',
      dimension: 'brand',
      value: 41200,
      level: 52300,
      notify: ['ops'],
    });
    await alerts(day.bucket, { states: [state()], events: [event(), fresh] });
    const mailer = inbox();
    await send(day, mailer);
    expect(to(mailer.mails)).toEqual(['ops@example.com']);
    expect(mailer.mails[0]?.page).toContain('brand Alpina');
    expect(mailer.mails[0]?.page).not.toContain('Above its limit');
  });

  it('by two runs at once', async () => {
    const day = await storedDay();
    const mailer = inbox();
    await Promise.all([send(day, mailer), send(day, mailer)]);
    expect(mailer.mails).toHaveLength(5);
  });

  it('when a run dies at any write of any mail: claim, page, message, receipt', async () => {
    for (let step = 1; step <= 8; step += 1) {
      const day = await storedDay({ recipients: [{ email: 'a@example.com', roles: ['executive'] }] });
      const dies = dying(day.bucket, step);
      const run = sendMails({ ...platformOf(day, emlMailer(dies)), bucket: dies }, day);
      // Nothing it does after that has an effect: that is what a death leaves.
      expect(JSON.stringify(await run)).toContain('killed');
      await sendMails(platformOf(day, emlMailer(day.bucket)), day);
      const keys: string[] = [];
      for await (const { key } of day.bucket.list('mail/')) keys.push(key.replace(/\.[0-9a-f]{12}/, ''));
      expect(keys.filter((key) => key.endsWith('.eml'))).toEqual([
        expect.stringContaining('mail/2026-11-21/alert.2026-11-21'),
        'mail/2026-11-21/digest.2026-11-21.eml',
      ]);
    }
  });
});

/** A bucket of a process that dies at its n-th write. */
function dying(bucket: Bucket, step: number): Bucket {
  let writes = 0;
  const count = <T>(write: () => Promise<T>): Promise<T> => {
    writes += 1;
    return writes >= step ? Promise.reject(new Error('killed')) : write();
  };
  return {
    ...bucket,
    write: (key, body) => count(() => bucket.write(key, body)),
    create: (key, body) => count(() => bucket.create(key, body)),
  };
}

it('a mail that fails keeps no other back, and goes out with the next run', async () => {
  const day = await storedDay();
  const mailer = inbox();
  const flaky = {
    ...mailer,
    send: (message: Parameters<typeof mailer.send>[0]) =>
      message.to === 'claire@example.com'
        ? Promise.reject(
            new VigieError('451 later', { code: 'MAIL_DEFERRED', retryable: true, hint: 'Run again.' }),
          )
        : mailer.send(message),
  };
  const runs = await sendMails(platformOf(day, flaky), day);
  expect(runs.map((run) => run.status)).toEqual(['failed', 'failed', 'sent', 'sent', 'sent']);
  expect(runs[0]?.problem).toEqual({ code: 'MAIL_DEFERRED', message: '451 later', hint: 'Run again.' });
  await send(day, mailer, CLAIM_MINUTES);
  expect(mailer.mails).toHaveLength(5);
});

it('ids, which go into logs and manifests, hold no address', async () => {
  const day = await storedDay();
  const seen: string[] = [];
  const note = (...facts: unknown[]): void => void seen.push(JSON.stringify(facts));
  const runs = await sendMails(
    { ...platformOf(day, inbox()), log: { debug: note, info: note, warn: note, error: note } },
    day,
  );
  expect(JSON.stringify(runs) + seen.join()).not.toMatch(/@|claire|tom/);
});

it('the preview is the mail, and leaves no trace', async () => {
  const day = await storedDay();
  const [recipient] = day.company.recipients;
  if (!recipient) throw new Error('no recipient');
  const preview = await previewDigest(platformOf(day, inbox()), { ...day, recipient });
  const before: string[] = [];
  for await (const { key } of day.bucket.list('outbox/')) before.push(key);
  expect(before).toEqual([]);
  const mailer = inbox();
  await send(day, mailer);
  expect(mailer.mails[0]?.raw).toEqual(preview.eml);
  expect(mailer.mails[0]?.page).toBe(preview.html);
  expect(preview.text).toContain(preview.subject.split(' — ')[0]);
});

it('a day of which nothing is known says so instead of failing', async () => {
  const day = { ...(await storedDay()), asOf: '2020-01-01' };
  const mailer = inbox();
  await send(day, mailer);
  expect(mailer.mails.map((mail) => mail.asOf)).toEqual(['2020-01-01', '2020-01-01']);
  const [digest] = mailer.mails;
  expect(digest?.page).toContain('Aucun chiffre n’a pu être calculé');
  expect(digest?.page).not.toContain('inhabituel');
  expect(AS_OF).not.toBe('2020-01-01');
});
