import { mkdtemp, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Language } from '../../functions/lake/kpis/kpi.ts';
import type { MailContent } from '../../functions/report/blocks.ts';
import { alertContent } from '../../functions/report/content/alert-mail.ts';
import { digestContent } from '../../functions/report/content/digest.ts';
import { renderHtml } from '../../functions/report/render/html.tsx';
import { event, mailData } from '../report/fixtures.ts';
import { DESKTOP, openBrowser, openFile, overflow, PHONE } from './chromium.ts';
import { faintTexts } from './contrast.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const mails: Record<string, (language: Language) => MailContent> = {
  digest: (language) => digestContent(mailData(), language),
  alert: (language) => alertContent(mailData(), [event()], language),
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

describe.each(['digest', 'alert'])('the %s', (name) => {
  describe.each(['en', 'fr'] as const)('in %s', (language) => {
    test('fits and is easy to read on phone and desktop, light and dark, without its pictures', async () => {
      const file = await written(name, language);
      expect((await stat(file)).size).toBeLessThan(100_000);
      for (const size of [PHONE, DESKTOP]) {
        for (const colorScheme of ['light', 'dark'] as const) {
          const { page, context, requests } = await openFile(browser, file, { ...size, colorScheme });
          expect(await overflow(page)).toBe(0);
          expect(await faintTexts(page)).toEqual([]);
          const figure = language === 'en' ? '81.2%' : '81,2\u202f%';
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
