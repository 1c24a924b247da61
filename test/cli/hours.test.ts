import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { addDays } from '../../functions/lake/values/day.ts';
import { businessDate } from '../../functions/lake/values/zone.ts';
import { vigie } from '../kit/command-line.ts';
import { mailsIn } from '../kit/local-run.ts';
import { type TinyCompany, tinyCompany, unmeasured } from '../kit/tiny-company.ts';
import { zoneAtTwo } from '../kit/zone-at-two.ts';

/** The command reads the machine's own clock: a zone in which it is about two in the morning has its whole day before it. */
const zone = zoneAtTwo(new Date());
const asOf = addDays(businessDate(new Date(), zone), -1);

let company: TinyCompany;
const on = (...args: string[]) => vigie(...args, '--config', company.config);
const change = (from: string, to: string) =>
  writeFileSync(company.config, readFileSync(company.config, 'utf8').replace(from, to));
const digests = () =>
  [...mailsIn(`${company.folder}/.vigie`).keys()].filter((name) => /digest/.test(name)).length;

beforeAll(async () => {
  company = await tinyCompany(unmeasured);
  change('Europe/Paris', zone);
  change('language: fr, roles', 'hour: 23, language: fr, roles');
});

test('hours are kept once something comes by: it is said who waits, and sent once when the hour has come', async () => {
  expect((await on('doctor')).out).toMatch(/1 reader chose an hour, and nothing comes by.*never called/);
  const first = await on('send', '--due');
  expect([first.code, first.out]).toEqual([0, '']);
  const { out, err, code } = await on('run', '--date', asOf);
  expect(code, err + out).toBe(0);
  expect(out).toContain('1 waiting for the hour');
  expect(out).toContain(`waits until ${addDays(asOf, 1)} 23:00`);
  expect(digests()).toBe(1);
  expect((await on('doctor')).out).toMatch(
    new RegExp(
      `1 reader chose an hour; waiting: chef@example.com until ${addDays(asOf, 1)} 23:00; .*came by last`,
    ),
  );
  expect((await on('send')).out).toMatch(/0 mails sent, \d+ sent before, 1 waiting/);
  // Cron mails what is printed.
  expect((await on('send', '--due')).out).toBe('');
  expect(digests()).toBe(1);
  change('hour: 23', 'hour: 1');
  expect((await on('send', '--due')).out).toMatch(/: 1 mail sent\n/);
  expect((await on('send', '--due')).out).toBe('');
  expect((await on('run', '--date', asOf)).out).toContain('0 mails sent');
  expect(digests()).toBe(2);
});

test('--due stands alone', async () => {
  const { code, err } = await on('send', '--due', '--to', 'chef@example.com');
  expect([code, err]).toEqual([2, expect.stringContaining('vigie send --to ADDRESS')]);
});
