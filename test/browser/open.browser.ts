import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Context, openContext } from '../../cli/context.ts';
import { answering } from '../../cli/open/app.ts';
import { type OpenedApp, serveApp } from '../../cli/open/server.ts';
import { silentLog } from '../../functions/platform/log.ts';
import { vigie } from '../kit/command-line.ts';
import { type TinyCompany, tinyCompany, unmeasured } from '../kit/tiny-company.ts';
import { faults } from './axe.ts';
import { DESKTOP, openBrowser, overflow, PHONE } from './chromium.ts';
import { faintTexts } from './contrast.ts';

const NASTY = '<img src=x onerror=document.title="run">';

let browser: Browser;
let tiny: TinyCompany;
let context: Context;
let app: OpenedApp;
beforeAll(async () => {
  tiny = await tinyCompany(unmeasured);
  appendFileSync(
    join(tiny.folder, 'exports', `sales_${tiny.lastDay}.csv`),
    `N,1,${tiny.lastDay},C1,${NASTY},P2,1,10\n`,
  );
  const ran = await vigie('run', '--date', tiny.lastDay, '--no-mail', '--config', tiny.config);
  expect(ran.code, ran.out + ran.err).toBe(0);
  context = await openContext({ config: tiny.config }, silentLog);
  app = await serveApp(
    { port: 0, token: 'of-this-test', first: `/${tiny.lastDay}/net_revenue` },
    answering(context),
  );
  browser = await openBrowser();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await app?.close();
  await context?.close();
});

/** Opens the app as the command does; what the page complains of, or asks of others, fails. */
async function opened(options: BrowserContextOptions, work: (page: Page) => Promise<void>): Promise<void> {
  const own = await browser.newContext({ locale: 'en-GB', ...options });
  const complaints: string[] = [];
  const page = await own.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(app.address).origin) complaints.push(request.url());
  });
  try {
    await page.goto(app.address);
    await work(page);
    expect(complaints).toEqual([]);
  } finally {
    await own.close();
  }
}

const at = (page: Page): string => page.url().slice(new URL(app.address).origin.length);
const go = (page: Page, path: string) => page.goto(`${new URL(app.address).origin}${path}`);
const link = (page: Page, name: string) =>
  page.getByRole('link', { name, exact: true }).locator('visible=true').first();

/** Follows a link with the keyboard. */
async function press(page: Page, name: string): Promise<void> {
  const before = page.url();
  await link(page, name).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.href !== before);
}

const PAGES = [
  '',
  '?by=channel',
  '?by=channel&cross=customer',
  '?where=channel:web',
  '?where=channel:web&by=customer',
  '/why',
  '/rows?table=orders',
  '/sql',
] as const;

describe.each([
  ['phone', PHONE],
  ['desktop', DESKTOP],
] as const)('on a %s', (_, size) => {
  test.each(['light', 'dark'] as const)(
    'fits, is easy to read and without a fault: %s',
    async (colorScheme) => {
      await opened({ ...size, colorScheme }, async (page) => {
        for (const path of [
          '/',
          `/${tiny.lastDay}`,
          ...PAGES.map((each) => `/${tiny.lastDay}/net_revenue${each}`),
        ]) {
          await go(page, path);
          await page.evaluate(
            "document.querySelectorAll('details').forEach((each) => { each.open = true; })",
          );
          expect([path, await faults(page)]).toEqual([path, []]);
          expect([path, await overflow(page)]).toEqual([path, 0]);
          expect([path, await faintTexts(page)]).toEqual([path, []]);
          await page.evaluate("document.querySelector('[data-language=fr]').click()");
          expect([path, await overflow(page), await faults(page)]).toEqual([path, 0, []]);
          await page.evaluate("document.querySelector('[data-edition=fr] [data-language=en]').click()");
        }
      });
    },
  );
});

test('the token leaves the address, and holds on', async () => {
  await opened(DESKTOP, async (page) => {
    expect(at(page)).toBe(`/${tiny.lastDay}/net_revenue`);
    await page.reload();
    expect(await page.locator('h1:visible').textContent()).toBe('Net revenue');
  });
});

describe('with the keyboard alone', () => {
  test('break down, cross, choose a member, go back: each is an address', async () => {
    await opened(DESKTOP, async (page) => {
      const figure = `/${tiny.lastDay}/net_revenue`;
      await press(page, 'Sales channel');
      expect(at(page)).toBe(`${figure}?by=channel`);
      await press(page, 'Customer');
      expect(at(page)).toBe(`${figure}?by=customer`);
      await press(page, 'Sales channel');
      expect(at(page)).toBe(`${figure}?by=channel`);
      await page.locator('.ask .row:visible', { hasText: 'Cross with' }).getByText('Customer').press('Enter');
      await page.waitForURL('**cross=customer');
      expect(await page.locator('.crossed:visible tbody tr').allTextContents()).toEqual([
        expect.stringMatching(/^Total€3,760/),
        expect.stringMatching(/^rep€2,750.*€2,750/),
        expect.stringMatching(/^web€1,000/),
        expect.stringContaining(NASTY),
      ]);
      await page.locator('.crossed:visible tbody').getByText('web', { exact: true }).press('Enter');
      await page.waitForURL('**where=channel%3Aweb');
      expect(await page.locator('.big:visible').textContent()).toBe('€1,000');
      await press(page, 'No longer only Sales channel web');
      expect(at(page)).toBe(`${figure}?by=customer`);
      await page.goBack();
      expect(at(page)).toBe(`${figure}?by=customer&where=channel%3Aweb`);
    });
  });

  test('a day, a member and a day of knowledge by their fields', async () => {
    await opened(DESKTOP, async (page) => {
      await page.locator('.ask summary:visible').press('Enter');
      await page.locator('input[name=where]:visible').fill('channel:rep');
      await page.locator('input[name=where]:visible').press('Enter');
      await page.waitForURL('**where=channel%3Arep');
      expect(await page.locator('.big:visible').textContent()).toBe('€2,750');
      await page.locator('.ask summary:visible').press('Enter');
      await page.locator('input[name=known]:visible').fill('2020-01-01');
      await page.locator('button[type=submit]:visible').press('Enter');
      await page.waitForURL('**known=2020-01-01');
      expect(await page.locator('.restated:visible').textContent()).toContain('No data');
    });
  });

  test('from why to rows; another figure keeps what fits it', async () => {
    await opened(DESKTOP, async (page) => {
      await press(page, 'Why it moved');
      await press(page, 'Rows behind it');
      await press(page, 'orders');
      expect(await page.locator('.lines:visible tbody tr').count()).toBe(21);
      await press(page, 'Figures');
      await press(page, 'Sales channel');
      await page.keyboard.press('Tab');
      await page.locator('[data-filter]:visible').fill('units per');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/units_per_order**');
      expect(at(page)).toContain('by=channel');
    });
  });
});

test('a member’s name is never run', async () => {
  await opened(DESKTOP, async (page) => {
    await go(page, `/${tiny.lastDay}/net_revenue?by=channel`);
    await press(page, NASTY);
    expect(await page.title()).toMatch(/^Net revenue/);
    expect(await page.locator('main:visible img').count()).toBe(0);
    expect(await page.locator('.big:visible').textContent()).toBe('€10.00');
  });
});

test('the answer is saved as CSV, every crossing', async () => {
  await opened({ ...DESKTOP, acceptDownloads: true }, async (page) => {
    await go(page, `/${tiny.lastDay}/net_revenue?by=channel&cross=customer`);
    const saved = page.waitForEvent('download');
    await link(page, 'Save as CSV').press('Enter');
    const file = await saved;
    expect(file.suggestedFilename()).toBe(`net_revenue-channel-customer-${tiny.lastDay}.csv`);
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(Buffer.from(chunk));
    expect(Buffer.concat(chunks).toString('utf8')).toContain('mtd,rep,rep,C2,C2,2750,,2750');
  });
});

test('another page gets nothing: not by a picture, not by a frame, not by a name of its own', async () => {
  await opened(DESKTOP, async (page) => {
    const { origin, port } = new URL(app.address);
    const foreign = await page.context().newPage();
    await foreign.route('http://elsewhere.example/', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<h1>elsewhere</h1>' }),
    );
    await foreign.goto('http://elsewhere.example/');
    const read = await foreign.evaluate(
      `fetch('${origin}/${tiny.lastDay}/net_revenue', { credentials: 'include' }).then((got) => got.text(), () => 'refused')`,
    );
    expect(read).toBe('refused');
    await foreign.setContent(`<iframe src="${origin}/"></iframe>`);
    const framed = foreign.frames()[1];
    expect((await framed?.content().catch(() => '')) ?? '').not.toContain('Net revenue');
    await foreign.close();
    expect(port).not.toBe('');
  });
});
