import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'] as const;

/** The machine's Chromium: the variable CHROMIUM, else the first that the path has. */
function chromiumPath(): string {
  const told = process.env['CHROMIUM'];
  if (told) return told;
  for (const name of NAMES) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim();
    } catch {
      // Not this one; the next may be there, and none is told below.
    }
  }
  throw new Error(
    `There is no Chromium on this machine (looked for ${NAMES.join(', ')}). Install one (apt-get install chromium), or say where it is: CHROMIUM=/path/to/chromium npm run test:browser`,
  );
}

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath() });

export interface Opened {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Addresses the page asked for beside itself: none may leave it. */
  readonly requests: string[];
  /** What went wrong in the page: errors and refusals of its policy. */
  readonly complaints: string[];
}

export const PHONE = { viewport: { width: 390, height: 844 } } as const;
export const DESKTOP = { viewport: { width: 1280, height: 900 } } as const;

/**
 * Opens a file without a network: what it asks for is written down and refused. `folder`: where it may lead to; default:
 * nowhere.
 */
export async function openFile(
  browser: Browser,
  file: string,
  options: BrowserContextOptions = {},
  { folder, place = '' }: { readonly folder?: string; readonly place?: string } = {},
): Promise<Opened> {
  const context = await browser.newContext({ ...DESKTOP, ...options });
  const requests: string[] = [];
  const complaints: string[] = [];
  const own = pathToFileURL(file).href;
  await context.route('**/*', (route) => {
    const address = route.request().url();
    const leads = folder !== undefined && route.request().isNavigationRequest();
    if (address.split(/[?#]/)[0] === own || (leads && address.startsWith(pathToFileURL(folder).href)))
      return route.continue();
    if (!address.startsWith('data:')) requests.push(address);
    return route.abort();
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(`${own}${place}`);
  return { page, context, requests, complaints };
}

/** How far the page is wider than the window, in CSS pixels. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
