import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import { readDay } from '../../functions/report/model/read-day.ts';
import { writeReport } from '../../functions/report/page/write-report.ts';
import { asOf, catalogue, company, fillBucket } from '../report/page/sample-report.ts';
import { DESKTOP, type Opened, openBrowser, openFile, overflow, PHONE } from './chromium.ts';
import { faintTexts } from './contrast.ts';

let browser: Browser;
let file: string;
beforeAll(async () => {
  browser = await openBrowser();
  const folder = await mkdtemp(join(tmpdir(), 'vigie-browser-'));
  const bucket = fileBucket(folder);
  await fillBucket(bucket, 40);
  const key = await writeReport({ bucket }, await readDay(bucket, { company, catalogue, asOf }));
  file = join(folder, 'report.html');
  await writeFile(file, await bucket.read(key));
});
afterAll(() => browser?.close());

async function opened(options: BrowserContextOptions, work: (opened: Opened) => Promise<void>) {
  const it = await openFile(browser, file, options);
  try {
    await work(it);
    expect(it.requests).toEqual([]);
    expect(it.complaints).toEqual([]);
  } finally {
    await it.context.close();
  }
}

/** What has the focus, as a person knows it. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(
    '(({ activeElement: on }) => on.placeholder || on.ariaLabel || on.textContent.trim())(document)',
  );
const isSeen = (page: Page, selector: string): Promise<boolean> => page.locator(selector).first().isVisible();

describe.each([
  ['phone', PHONE],
  ['desktop', DESKTOP],
] as const)('the report on a %s', (_, size) => {
  test.each(['light', 'dark'] as const)('fits, and is easy to read: %s', async (colorScheme) => {
    await opened({ ...size, colorScheme }, async ({ page }) => {
      await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
      expect(await overflow(page)).toBe(0);
      expect(await faintTexts(page)).toEqual([]);
      await page.evaluate("document.querySelector('[data-language=fr]').click()");
      expect(await overflow(page)).toBe(0);
      expect(await faintTexts(page)).toEqual([]);
    });
  });

  test('draws its lines', async () => {
    await opened(size, async ({ page }) => {
      const trend = page.locator('#lost_sales_amount .trend svg:visible');
      expect(await trend.count()).toBe(1);
      const { width, height } = (await trend.locator('use').boundingBox()) ?? { width: 0, height: 0 };
      expect(width).toBeGreaterThan(250);
      expect(height).toBeGreaterThan(100);
    });
  });
});

test('the contrast of a text that is hard to read is told', async () => {
  await opened({ ...DESKTOP, colorScheme: 'light' }, async ({ page }) => {
    await page.addStyleTag({ content: '.describes { color: #aaa !important; }' });
    expect(await faintTexts(page)).not.toEqual([]);
  });
});

describe('with the keyboard alone', () => {
  test('the first stop leads past the contents; then search, contents, language, appearance', async () => {
    await opened(DESKTOP, async ({ page }) => {
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe('Skip to the figures');
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe('Find a figure');
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe('At a glance');
      const links = await page.locator('nav:visible a').count();
      for (let link = 0; link < links; link += 1) await page.keyboard.press('Tab');
      expect(await focused(page)).toBe('English');
    });
  });

  test('the language changes, and the focus stays where it was', async () => {
    await opened(DESKTOP, async ({ page }) => {
      await page.locator('[data-language=fr]:visible').focus();
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.documentElement.lang')).toBe('fr');
      expect(await focused(page)).toBe('Français');
      expect(await isSeen(page, '[data-edition=en]')).toBe(false);
      expect(await isSeen(page, '#fr-overview')).toBe(true);
    });
  });

  test('a figure is found by a part of its name, and Escape shows all again', async () => {
    await opened(DESKTOP, async ({ page }) => {
      await page.locator('[data-filter]:visible').focus();
      await page.keyboard.type('ABANDON');
      expect(await isSeen(page, '#cart_abandonment_rate')).toBe(true);
      expect(await isSeen(page, '#lost_sales_amount')).toBe(false);
      await page.keyboard.press('Enter');
      expect(await focused(page)).toBe('Cart abandonment rate');
      await page.locator('[data-filter]:visible').fill('no such figure');
      expect(await isSeen(page, '.no-match:visible')).toBe(true);
      await page.locator('[data-filter]:visible').press('Escape');
      expect(await isSeen(page, '#lost_sales_amount')).toBe(true);
    });
  });

  test('details open', async () => {
    await opened(DESKTOP, async ({ page }) => {
      const details = page.locator('#lost_sales_amount details').first();
      await details.locator('summary').focus();
      await page.keyboard.press('Enter');
      expect(await details.getAttribute('open')).not.toBeNull();
    });
  });

  test('the appearance is chosen', async () => {
    await opened({ ...DESKTOP, colorScheme: 'light' }, async ({ page }) => {
      await page.locator('[data-theme-switch]:visible').selectOption('dark');
      const paper = await page.evaluate('getComputedStyle(document.body).backgroundColor');
      expect(paper).toBe('rgb(21, 24, 27)');
    });
  });
});

test('prints: several pages, nothing of the controls', async () => {
  await opened({ ...DESKTOP, colorScheme: 'dark' }, async ({ page }) => {
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(3);
    await page.emulateMedia({ media: 'print' });
    expect(await isSeen(page, '.switches')).toBe(false);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
  });
});
