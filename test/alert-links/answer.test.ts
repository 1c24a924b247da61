import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { answer, type LinkWorld } from '../../functions/alert-links/answer.ts';
import { appendCommand, readCommands } from '../../functions/lake/alerts/commands.ts';
import { type AlertLink, signLink } from '../../functions/lake/alerts/link.ts';
import { isMuted } from '../../functions/lake/alerts/mute.ts';
import { listOpenAlerts } from '../../functions/lake/alerts/open-alerts.ts';
import { pressLink, SNOOZE_DAYS } from '../../functions/lake/alerts/press.ts';
import { readAlertReport } from '../../functions/lake/alerts/store.ts';
import type { Bucket } from '../../functions/platform/bucket.ts';
import type { UrlAnswer } from '../../functions/platform/function-url.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import { silentLog } from '../../functions/platform/log.ts';
import { runs } from '../kit/runs.ts';
import { asked, firing, judged, KEY, link, over } from './links.ts';

const empty = async (): Promise<Bucket> => fileBucket(await mkdtemp(join(tmpdir(), 'vigie-links-')));
let bucket: Bucket;
let world: LinkWorld;
beforeEach(async () => {
  bucket = await empty();
  world = { bucket, key: async () => KEY, now: () => new Date('2026-11-23T07:10:00Z'), log: silentLog };
  await judged(bucket, '2026-11-22', firing);
});

const open = (of: Partial<AlertLink> = {}): Promise<UrlAnswer> =>
  answer(world, asked(signLink({ ...link, ...of }, KEY)));
const press = (of: Partial<AlertLink> = {}, form: Record<string, string> = {}): Promise<UrlAnswer> =>
  answer(world, asked(signLink({ ...link, ...of }, KEY), 'POST', form));
const keys = async (): Promise<string[]> => {
  const found: string[] = [];
  for await (const { key } of bucket.list('')) found.push(key);
  return found;
};
/** What somebody reads of a page. */
const told = ({ body }: UrlAnswer): string =>
  body
    .replace(/<(style|title)>.*?<\/\1>/gs, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ')
    .trim();

describe('to look', () => {
  test('tells alert, figure, limit, what a press does and for whom, and changes nothing', async () => {
    const before = await keys();
    for (let scanned = 0; scanned < 3; scanned += 1) {
      const { statusCode, body, headers } = await open();
      expect(statusCode).toBe(200);
      expect(told({ body } as UrlAnswer)).toBe(
        'Acknowledge this alert? Cart abandonment rate Figure (22 Nov) 81.2% Limit 75.0% Open since 20 November Nobody is sent news of it any more until it is over. It goes on being judged, and shown in digest and report. A note for the others (if you like) Acknowledge Nothing has been done yet. It will be written down for Anna Keller.',
      );
      expect(headers['cache-control']).toBe('no-store');
    }
    await answer(world, asked(signLink(link, KEY), 'HEAD'));
    expect(await keys()).toEqual(before);
  });

  test('in the reader’s language, with the days to choose from', async () => {
    const page = told(await open({ kind: 'snooze', language: 'fr', name: 'Taux d’abandon' }));
    expect(page).toContain('Mettre cette alerte en sourdine\u202f? Taux d’abandon'.replace('\u202f', ' '));
    for (const day of [
      '3 jours, jusqu’au 25 novembre',
      '1 semaine, jusqu’au 29 novembre',
      '4 semaines, jusqu’au 20 décembre',
    ])
      expect(page).toContain(day);
  });

  test('loads nothing, frames nowhere, sets no cookie, leads nowhere', async () => {
    for (const page of [await open(), await press(), await answer(world, asked('x'))]) {
      expect(page.cookies).toEqual([]);
      expect(page.headers).toMatchObject({
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringMatching(
          /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
        ),
      });
      expect(page.headers).not.toHaveProperty('location');
      expect(page.body).not.toMatch(/<script|<a |src=|href=|action=|http-equiv/);
    }
  });

  test('whatever data say is text', async () => {
    const page = await open({ name: '<img src=x onerror=alert(1)>', by: '"><script>' });
    expect(page.body).not.toMatch(/<img|<script/);
    expect(page.body).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });
});

describe('to press', () => {
  test('acknowledges as the command does: named, noted, muted from the next day judged', async () => {
    const page = await press({}, { note: 'stock arrives\r\non Friday' });
    expect(told(page)).toContain(
      'That is done. Cart abandonment rate Figure (22 Nov) 81.2% Limit 75.0% Open since 20 November Acknowledged by Anna Keller on 23 November. “stock arrives on Friday”',
    );
    expect(told(page)).toContain('To take it back: vigie alerts wake abandonment-high');
    expect(await readCommands(bucket)).toEqual([
      {
        ...{ kind: 'acknowledge', rule: 'abandonment-high', member: null, until: null, by: 'Anna Keller' },
        ...{ at: '2026-11-23T07:10:00.000Z', after: '2026-11-22', note: 'stock arrives on Friday' },
      },
    ]);
    expect(await listOpenAlerts(bucket)).toMatchObject([{ muted: 'acknowledged' }]);
  });

  test('snoozes this member until the day that was chosen', async () => {
    await judged(bucket, '2026-11-22', { ...firing, member: '10423' }, { ...firing, member: "O'Neil" });
    const page = await press({ kind: 'snooze', member: "O'Neil" }, { days: '14' });
    expect(told(page)).toContain('Snoozed by Anna Keller on 23 November until 6 December.');
    expect(told(page)).toContain(String.raw`--member 'O'\''Neil'`);
    expect(await listOpenAlerts(bucket)).toMatchObject([
      { member: '10423', muted: false },
      { member: "O'Neil", muted: 'snoozed' },
    ]);
  });

  test('however often, by however many at once: written down once for each choice', async () => {
    const given = fc.record({
      kind: fc.constantFrom('acknowledge', 'snooze'),
      days: fc.constantFrom(...SNOOZE_DAYS),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(given, { minLength: 1, maxLength: 6 }), async (presses) => {
        bucket = await empty();
        world = { ...world, bucket };
        await judged(bucket, '2026-11-22', firing);
        const pages = await Promise.all(
          [...presses, ...presses].map(({ kind, days }) =>
            press({ kind }, kind === 'snooze' ? { days: `${days}` } : {}),
          ),
        );
        const choices = new Set(
          presses.map(({ kind, days }) => (kind === 'snooze' ? `${kind} ${days}` : kind)),
        );
        expect(await readCommands(bucket)).toHaveLength(choices.size);
        expect(pages.filter((page) => told(page).startsWith('That is done.'))).toHaveLength(choices.size);
        for (const page of pages) expect(told(page)).toMatch(/^(That is done\.|This was done before;)/);
      }),
      { numRuns: runs(15) },
    );
  });

  test('while a run records the next day: both are kept, in whatever order they come to the bucket', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const own = await empty();
        await judged(own, '2026-11-22', firing);
        const slow: Bucket = {
          ...own,
          read: scheduler.scheduleFunction(own.read),
          write: scheduler.scheduleFunction(own.write),
          create: scheduler.scheduleFunction(own.create),
          exists: scheduler.scheduleFunction(own.exists),
        };
        const all = Promise.all([
          pressLink(slow, link, { at: '2026-11-23T05:00:00Z', days: null, note: null }),
          judged(slow, '2026-11-23', firing),
          appendCommand(slow, {
            ...{ kind: 'snooze', rule: link.rule, member: null, at: '2026-11-23T05:00:00Z' },
            ...{ until: '2026-11-30', by: 'ops', note: null },
          }),
        ]);
        await scheduler.waitFor(all);
        expect((await readAlertReport(own, '2026-11-23'))?.states).toEqual([firing]);
        const commands = await readCommands(own);
        expect(commands.map(({ kind }) => kind).toSorted()).toEqual(['acknowledge', 'snooze']);
        expect(isMuted(firing, commands, '2026-11-24')).toBe('snoozed');
        expect(isMuted(firing, commands, '2026-12-01')).toBe('acknowledged');
      }),
      { numRuns: runs(20) },
    );
  });

  test('once more after somebody woke it says that it was done before; the next letter’s link works', async () => {
    await press();
    const wake = { kind: 'wake', rule: link.rule, member: null, until: null, by: 'ops', note: null } as const;
    await appendCommand(bucket, { ...wake, at: '2026-11-23T09:00:00Z' });
    expect(told(await press())).toMatch(/^This was done before; nothing more was done now\./);
    expect(await listOpenAlerts(bucket)).toMatchObject([{ muted: false }]);
    await press({ until: '2026-12-23' });
    expect(await listOpenAlerts(bucket)).toMatchObject([{ muted: 'acknowledged' }]);
  });

  test('what another acknowledged is said, and there is no button for it', async () => {
    await press({ by: 'Bo' });
    const page = await open();
    expect(told(page)).toContain('Acknowledged by Bo on 23 November.');
    expect(page.body).not.toContain('<form');
    expect((await open({ kind: 'snooze' })).body).toContain('<form');
  });
});

describe('nothing is done, and it is said plainly', () => {
  const nothing = async (): Promise<void> => expect(await readCommands(bucket)).toEqual([]);

  test.each(['GET', 'POST'])(
    '%s of a link that was changed, or of another company: in each language',
    async (method) => {
      for (const path of [
        `${signLink(link, KEY)}x`,
        signLink(link, `${KEY}2`),
        '',
        'favicon.ico',
        '%00',
        '//evil.example',
      ]) {
        const page = await answer(world, asked(path, method, {}));
        expect(page.statusCode).toBe(404);
        expect(told(page)).toMatch(
          /^This link is not one of this company’s.* Ce lien n’est pas de cette entreprise/,
        );
      }
      await nothing();
    },
  );

  test('a link that is too old', async () => {
    world = { ...world, now: () => new Date('2026-12-22T23:59:59Z') };
    expect((await open()).statusCode).toBe(200);
    world = { ...world, now: () => new Date('2026-12-23T00:00:00Z') };
    for (const page of [await open({ language: 'fr' }), await press({ language: 'fr' })]) {
      expect(page.statusCode).toBe(410);
      expect(told(page)).toMatch(/^Ce lien est trop ancien\. Rien n’a été fait\./);
    }
    await nothing();
  });

  test.each([
    ['ended', [over]],
    ['ended and opened again', [{ ...firing, firedOn: '2026-11-23' }]],
    ['is of a rule that is gone', []],
  ])('an alert that %s meanwhile', async (_, states) => {
    await judged(bucket, '2026-11-23', ...states);
    for (const page of [await open(), await press(), await press({ kind: 'snooze' }, { days: '7' })]) {
      expect(page.statusCode).toBe(200);
      expect(told(page)).toMatch(/^Cart abandonment rate This alert is over: .* Nothing was done\./);
      expect(page.body).not.toContain('<form');
    }
    await nothing();
  });

  test.each([
    ['no day', {}],
    ['a day that is not offered', { days: '365' }],
    ['days that are none', { days: '7 ' }],
    ['too much', { days: '7', note: 'x'.repeat(5000) }],
  ])('a form with %s', async (_, form) => {
    const page = await press({ kind: 'snooze' }, form as Record<string, string>);
    expect(page.statusCode).toBe(400);
    expect(told(page)).toMatch(/^This cannot be asked like that\./);
    await nothing();
  });

  test('another method, another type of form, a bucket that does not answer', async () => {
    const path = signLink(link, KEY);
    expect(await answer(world, asked(path, 'PUT', {}))).toMatchObject({ statusCode: 405 });
    expect(
      await answer(world, { ...asked(path, 'POST', {}), headers: { 'content-type': 'application/json' } }),
    ).toMatchObject({ statusCode: 400 });
    world = { ...world, key: async () => Promise.reject(new Error('no secret')) };
    const page = await press();
    expect(page.statusCode).toBe(502);
    expect(told(page)).toMatch(/^That did not work\..*Cela n’a pas marché/);
    await nothing();
  });
});
