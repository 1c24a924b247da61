import { expect, it } from 'vitest';
import type { Bucket } from '../../functions/platform/bucket.ts';
import { frozenClock } from '../../functions/platform/clock.ts';
import { silentLog } from '../../functions/platform/log.ts';
import type { Mailer, OutgoingMessage } from '../../functions/platform/mailer.ts';
import { storedDay } from './stored-day.ts';
import { sendAgain, sendMails } from './telling.ts';

const inbox = (): Mailer & { readonly mails: OutgoingMessage[] } => {
  const mails: OutgoingMessage[] = [];
  return {
    idempotent: false,
    mails,
    async send(message) {
      mails.push(message);
      return { reference: `<${message.id}>` };
    },
  };
};

const platformOf = ({ bucket }: { readonly bucket: Bucket }, mailer: Mailer) => ({
  bucket,
  mailer,
  clock: frozenClock('2026-11-22T06:00:00Z'),
  log: silentLog,
});

const keysUnder = async (bucket: Bucket, prefix: string): Promise<string[]> => {
  const keys: string[] = [];
  for await (const { key } of bucket.list(prefix)) keys.push(key);
  return keys;
};

it('the digest again, with its reason, to those who had it; once for each reason', async () => {
  const day = await storedDay();
  const mailer = inbox();
  const platform = platformOf(day, mailer);
  await sendMails(platform, day);
  const before = mailer.mails.length;
  const digests = mailer.mails.filter(({ id }) => id.startsWith('digest.')).length;

  const reason = 'Returns of Thursday <were> missing.';
  const runs = await sendAgain(platform, { ...day, reason });
  expect(runs.map(({ status }) => status)).toEqual(Array(digests).fill('sent'));
  const again = mailer.mails.slice(before);
  expect(again).toHaveLength(digests);
  for (const { page } of again) expect(page).toContain('Returns of Thursday &lt;were&gt; missing.');
  expect(Buffer.from(again[0]?.raw ?? []).toString()).toMatch(/^Subject: .*(Again|Nouvel)/m);

  const repeated = await sendAgain(platform, { ...day, reason: ` ${reason} ` });
  expect(repeated.map(({ status }) => status)).toEqual(Array(digests).fill('already sent'));
  await sendAgain(platform, { ...day, reason: 'Another one.' });
  expect(mailer.mails).toHaveLength(before + 2 * digests);
  // The law of the day itself is untouched.
  await sendMails(platform, day);
  expect(mailer.mails).toHaveLength(before + 2 * digests);
});

it('who had none gets the digest as it is, for the first time', async () => {
  const day = await storedDay();
  const mailer = inbox();
  const platform = platformOf(day, mailer);
  await sendAgain(platform, { ...day, reason: 'A server was away.' });
  for (const { page } of mailer.mails) expect(page).not.toContain('A server was away.');
  const sent = mailer.mails.length;
  await sendMails(platform, day);
  expect(mailer.mails.filter(({ id }) => id.startsWith('digest.'))).toHaveLength(sent);
});

it('while a company is set up mails are written and nothing is used up: once it is live they are sent', async () => {
  const day = await storedDay();
  const { delivery } = day.company;
  const setUp = { ...day, company: { ...day.company, delivery: { ...delivery, live: false } } };
  const mailer = inbox();
  const platform = platformOf(day, mailer);
  for (const given of [setUp, setUp, { ...day, onlyWrite: true }]) {
    const runs = await sendMails(platform, given);
    expect(new Set(runs.map(({ status }) => status))).toEqual(new Set(['written']));
    for (const { reference } of runs) expect(await day.bucket.exists(reference ?? '')).toBe(true);
  }
  expect(mailer.mails).toEqual([]);
  expect(await keysUnder(day.bucket, 'outbox/')).toEqual([]);
  const runs = await sendMails(platform, day);
  expect(new Set(runs.map(({ status }) => status))).toEqual(new Set(['sent']));
  expect(mailer.mails).toHaveLength(runs.length);
});
