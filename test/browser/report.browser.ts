import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import { readDay } from '../../functions/report/model/read-day.ts';
import { addressOf } from '../../functions/report/site/address.ts';
import { writeSite } from '../../functions/report/site/write-site.ts';
import { asOf, catalogue, company, fillBucket, NASTY } from '../report/site/sample-report.ts';
import { faults } from './axe.ts';
import { DESKTOP, type Opened, openBrowser, openFile, overflow, PHONE } from './chromium.ts';
import { faintTexts } from './contrast.ts';

const BEFORE = '2026-11-20';
const DAY = `${asOf}/index.html`;
const KPI = `${asOf}/cart_abandonment_rate/index.html`;
const LOST = `${asOf}/lost_sales_amount/index.html`;
const PAGES = ['index.html', DAY, KPI, LOST] as const;

let browser: Browser;
let folder: string;
beforeAll(async () => {
  browser = await openBrowser();
  const state = await mkdtemp(join(tmpdir(), 'vigie-browser-'));
  const bucket = fileBucket(state);
  await fillBucket(bucket, 70);
  for (const day of [BEFORE, asOf])
    await writeSite({ bucket }, await readDay(bucket, { company, catalogue, asOf: day }));
  folder = join(state, 'reports');
});
afterAll(() => browser?.close());

async function opened(
  path: string,
  options: BrowserContextOptions,
  work: (opened: Opened) => Promise<void>,
): Promise<void> {
  const [file = '', place] = path.split(/(?=[?#])(.*)/s);
  const it = await openFile(
    browser,
    join(folder, file),
    { locale: 'en-GB', ...options },
    { folder, ...(place && { place }) },
  );
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
/** Where one is, below the folder of the site. */
const place = (page: Page): string => decodeURIComponent(page.url().split('/reports/')[1] ?? '');

describe.each([
  ['phone', PHONE],
  ['desktop', DESKTOP],
] as const)('the site on a %s', (_, size) => {
  test.each(['light', 'dark'] as const)(
    'fits, is easy to read and without a fault: %s',
    async (colorScheme) => {
      for (const path of PAGES)
        await opened(path, { ...size, colorScheme }, async ({ page }) => {
          expect(await faults(page)).toEqual([]);
          await page.evaluate(
            "document.querySelectorAll('details').forEach((each) => { each.open = true; })",
          );
          expect(await overflow(page)).toBe(0);
          expect(await faintTexts(page)).toEqual([]);
          await page.evaluate("document.querySelector('[data-language=fr]').click()");
          expect(await overflow(page)).toBe(0);
          expect(await faintTexts(page)).toEqual([]);
          expect(await faults(page)).toEqual([]);
        });
    },
  );

  test('draws its lines', async () => {
    await opened(LOST, size, async ({ page }) => {
      const drawn = page.locator('[data-chart=trend] svg:visible');
      expect(await drawn.count()).toBe(1);
      const { width, height } = (await drawn.locator('use').boundingBox()) ?? { width: 0, height: 0 };
      expect(width).toBeGreaterThan(250);
      expect(height).toBeGreaterThan(100);
    });
  });
});

test('the contrast of a text that is hard to read is told, and a fault that axe knows', async () => {
  await opened(KPI, { ...DESKTOP, colorScheme: 'light' }, async ({ page }) => {
    await page.addStyleTag({ content: '.describes { color: #aaa !important; }' });
    expect(await faintTexts(page)).not.toEqual([]);
    expect(await faults(page)).toEqual([expect.stringContaining('color-contrast')]);
  });
});

describe('with the keyboard alone', () => {
  test('the first stop leads past the contents; a figure is found by a part of its name in any language', async () => {
    await opened(DAY, DESKTOP, async ({ page }) => {
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe('Skip to the figures');
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe('Find a figure, a name …');
      await page.keyboard.type('no such figure');
      expect(await isSeen(page, '.no-match:visible')).toBe(true);
      await page.keyboard.press('Escape');
      await page.keyboard.type('ABANDON de pan');
      expect(await page.locator('nav [data-kpi]:visible').count()).toBe(1);
      expect(await isSeen(page, '.overview [data-kpi=lost_sales_amount]')).toBe(false);
      await page.keyboard.press('Enter');
      await page.waitForURL('**/cart_abandonment_rate/*');
      expect(place(page)).toBe(KPI);
    });
  });

  test('a member is found by a part of its name, each of its figures leads to its line, and names are no markup', async () => {
    await opened(KPI, DESKTOP, async ({ page }) => {
      await page.locator('[data-filter]:visible').fill('nordw');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/index.html?find=nordw');
      expect(place(page)).toBe(`${DAY}?find=nordw`);
      expect(await focused(page)).toBe('Find a figure, a name …');
      const found = page
        .locator('[data-found]:visible li')
        .filter({ has: page.locator('.sub', { hasText: 'Brand' }) });
      expect(await found.locator('strong').allTextContents()).toEqual(['Nordwind']);
      expect(await isSeen(page, '.no-match:visible')).toBe(false);
      expect(await isSeen(page, '.overview [data-kpi=lost_sales_amount]')).toBe(true);
      await found.locator('a', { hasText: 'Cart abandonment' }).click();
      await page.waitForURL('**/cart_abandonment_rate/**');
      expect(place(page)).toBe(`${KPI}#brand=Nordwind`);
      expect(await focused(page)).toContain('Nordwind');
    });
    await opened(DAY, PHONE, async ({ page }) => {
      await page.locator('[data-contents] summary:visible').first().click();
      await page.locator('[data-filter]:visible').fill('alert("x")');
      expect(
        await page.locator('[data-found]:visible li:has-text("Brand") strong').allTextContents(),
      ).toEqual([NASTY]);
      expect(await faults(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
    });
  });

  test('a day back, a day on, and on from the latest: the same figure, then the calendar says so', async () => {
    await opened(KPI, DESKTOP, async ({ page }) => {
      await page.locator('a[rel=prev]:visible').focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/${BEFORE}/**`);
      expect(place(page)).toBe(`${BEFORE}/cart_abandonment_rate/index.html`);
      await page.locator('a[rel=next]:visible').focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/${asOf}/**`);
      expect(place(page)).toBe(KPI);
      await page.locator('a[rel=next]:visible').focus();
      await page.keyboard.press('Enter');
      await page.waitForURL('**/index.html?after=*');
      expect(await isSeen(page, '.no-next:visible')).toBe(true);
    });
  });

  test('a chart tells each day’s figures, and reads them out', async () => {
    await opened(LOST, DESKTOP, async ({ page }) => {
      const plot = page.locator('[data-chart=trend] .plot:visible');
      await plot.focus();
      const last = (await plot.getAttribute('aria-valuetext')) ?? '';
      expect(last).toMatch(/^Sat,? 21 Nov 2026, value €[\d,]+, a year before €[\d,]+, target €[\d,]+$/);
      await page.keyboard.press('ArrowLeft');
      expect(await plot.locator('.tip').textContent()).toMatch(/20 Nov 2026value€[\d,]+a year before/);
      await page.keyboard.press('Home');
      expect(await plot.getAttribute('aria-valuenow')).toBe('0');
      await page.keyboard.press('Escape');
      expect(await plot.locator('.tip').isVisible()).toBe(false);
    });
  });

  test('the language changes, stays on the next page, and the focus stays where it was', async () => {
    await opened(DAY, DESKTOP, async ({ page }) => {
      await page.locator('[data-language=fr]:visible').focus();
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.documentElement.lang')).toBe('fr');
      expect(await focused(page)).toBe('Français');
      expect(await isSeen(page, '[data-edition=en]')).toBe(false);
      await page.locator('.overview a:visible').first().press('Enter');
      await page.waitForURL('**/lost_sales_amount/*');
      expect(await page.title()).toMatch(/^Ventes perdues/);
    });
  });

  test('the appearance is chosen', async () => {
    await opened(KPI, { ...DESKTOP, colorScheme: 'light' }, async ({ page }) => {
      await page.locator('[data-theme-switch]:visible').selectOption('dark');
      const paper = await page.evaluate('getComputedStyle(document.body).backgroundColor');
      expect(paper).toBe('rgb(21, 24, 27)');
    });
  });
});

test('a finger on a chart tells the day under it', async () => {
  await opened(LOST, { ...PHONE, hasTouch: true }, async ({ page }) => {
    const plot = page.locator('[data-chart=trend] .plot:visible');
    await plot.scrollIntoViewIfNeeded();
    await plot.tap({ position: { x: 3, y: 60 } });
    expect(await plot.locator('.tip').textContent()).toContain('2026');
    expect(await plot.getAttribute('aria-valuenow')).toBe('0');
    expect(await overflow(page)).toBe(0);
  });
});

test.each([
  [
    'as a mail links it',
    addressOf('', { asOf, kpi: 'cart_abandonment_rate', dimension: 'brand', member: NASTY }, 'fr'),
    'fr',
  ],
  ['as a query', `/${KPI}?brand=${encodeURIComponent(NASTY)}`, 'en'],
  ['beyond those shown at once', `/${KPI}#brand=B10`, 'en'],
])('a member is found by its address, %s', async (_, address, language) => {
  await opened(address.slice(1), DESKTOP, async ({ page }) => {
    expect(await page.evaluate('document.documentElement.lang')).toBe(language);
    const line = page.locator('tr.at:visible');
    expect(await line.count()).toBe(1);
    expect(await line.textContent()).toMatch(address.includes('B10') ? /^B10/ : /^<script>alert/);
  });
});

test('a table is saved as it was recorded, names that a spreadsheet would run defused', async () => {
  await opened(KPI, { ...DESKTOP, acceptDownloads: true }, async ({ page }) => {
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as CSV: By brand' }).click();
    const file = await saved;
    expect(file.suggestedFilename()).toBe(`cart_abandonment_rate-brand-${asOf}-en.csv`);
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(Buffer.from(chunk));
    const [head, first] = Buffer.concat(chunks).toString('utf8').split('\r\n');
    expect(head).toBe('\ufeffFigure,current,Out of,previous,last_year');
    expect(first).toMatch(/^Nordwind,0\.\d{3,},\d+,0\.\d{3,},$/);
  });
});

test('prints: nothing of the controls, all that was folded', async () => {
  await opened(KPI, { ...DESKTOP, colorScheme: 'dark' }, async ({ page }) => {
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(1);
    await page.emulateMedia({ media: 'print' });
    expect(await isSeen(page, '.switches')).toBe(false);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
  });
});

test('without scripts: the first language, the other one by its link, a member by its address', async () => {
  await opened(`${KPI}#brand=B10`, { ...DESKTOP, javaScriptEnabled: false }, async ({ page }) => {
    expect(await page.locator('tr:target').textContent()).toMatch(/^B10/);
    await page.locator('[data-language=fr]:visible').click();
    expect(await page.locator('h1:visible').textContent()).toMatch(/abandon/i);
    expect(await isSeen(page, '[data-edition=en]')).toBe(false);
  });
});

test('any web server will do', async () => {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://site').pathname;
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    response.writeHead(existsSync(file) ? 200 : 404, { 'content-type': 'text/html' });
    if (existsSync(file)) createReadStream(file).pipe(response);
    else response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = await browser.newPage({ locale: 'en-GB' });
  try {
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await page.goto(`${base}/${BEFORE}/cart_abandonment_rate/`);
    await page.locator('a[rel=next]:visible').click();
    await page.waitForURL(`${base}/${KPI}`);
    expect(await page.locator('h1:visible').textContent()).toBe('Cart abandonment rate');
  } finally {
    await page.close();
    server.close();
  }
});
