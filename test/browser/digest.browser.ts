import { mkdtemp, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { en } from '../../functions/languages/en.ts';
import { fr } from '../../functions/languages/fr.ts';
import type { Language } from '../../functions/languages/language.ts';
import { alertContent } from '../../functions/report/letters/alert-letter.ts';
import type { MailContent } from '../../functions/report/letters/blocks.ts';
import { digestContent } from '../../functions/report/letters/digest.ts';
import { renderHtml } from '../../functions/report/mail/html.tsx';
import { AS_OF, event, mailData, news, RUN, state } from '../report/fixtures.ts';
import { funnelDay } from '../report/funnel-day.ts';
import { DESKTOP, openBrowser, openFile, overflow, PHONE } from './chromium.ts';
import { faintTexts } from './contrast.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const mails: Record<string, (language: Language) => MailContent> = {
  digest: (language) => digestContent(mailData(), language),
  dashboard: (language) => digestContent(funnelDay(), language),
  alert: (language) => alertContent(mailData(), [news(event())], language),
};

/** The mail as a client without its pictures has it: their addresses lead nowhere. */
async function written(name: string, language: Language): Promise<string> {
  const html = await renderHtml(
    (mails[name] as (typeof mails)[string])(language),
    (chart) => `cid:${chart.id}`,
  );
  const file = join(await mkdtemp(join(tmpdir(), 'vigie-mail-')), 'mail.html');
  await writeFile(file, html);
  return file;
}

describe.each([
  ['digest', '81.2%'],
  ['dashboard', '50.0%'],
  ['alert', '81.2%'],
])('the %s', (name, shown) => {
  describe.each([en, fr])('in $name', (language) => {
    test('fits and is easy to read on phone and desktop, light and dark, without its pictures', async () => {
      const file = await written(name, language);
      expect((await stat(file)).size).toBeLessThan(100_000);
      for (const size of [PHONE, DESKTOP]) {
        for (const colorScheme of ['light', 'dark'] as const) {
          const { page, context, requests } = await openFile(browser, file, { ...size, colorScheme });
          expect(await overflow(page)).toBe(0);
          expect(await faintTexts(page)).toEqual([]);
          const figure = language === en ? shown : shown.replace('.', ',').replace('%', '\u202f%');
          expect(await page.getByText(figure).last().isVisible()).toBe(true);
          const alts = await page.evaluate('[...document.images].map((image) => image.alt)');
          expect((alts as string[]).every((alt) => /\d/.test(alt))).toBe(true);
          expect(requests.filter((address) => !address.startsWith('cid:'))).toEqual([]);
          await context.close();
        }
      }
    });
  });
});

/** Of a phone on which the mail is read. */
const SCREEN = 844;

describe.each([en, fr])('what matters, in $name', (language) => {
  test('stands on two screens of a phone, whatever is open, before the rest', async () => {
    const states = ['Alpina', 'Nordwind', 'Taiga', 'Boreal', 'Zephyr'].map((member) =>
      state({ rule: 'brand-drop', member, firedOn: '2026-11-19', value: 41200, level: 52300 }),
    );
    const alerts = { asOf: AS_OF, run: RUN, states: [state(), ...states], events: [event()] };
    const html = await renderHtml(digestContent(mailData({ alerts }), language), () => PICTURE);
    const file = join(await mkdtemp(join(tmpdir(), 'vigie-mail-')), 'mail.html');
    await writeFile(file, html);
    const { page, context } = await openFile(browser, file, PHONE);
    const more = page.getByText(language.mail.more, { exact: true });
    const box = await more.boundingBox();
    expect(box?.y).toBeGreaterThan(SCREEN);
    expect(box?.y).toBeLessThan(2 * SCREEN);
    await context.close();
  });
});

/** A transparent point. */
const PICTURE = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
