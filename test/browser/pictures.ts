/**
 * `npm run pictures [folder]`: the pictures of the README, from a morning of the sandbox. Takes the sandbox in `folder`
 * where there is one; else makes it there, or in a folder of its own.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { measuredDay } from '../../cli/commands/measured-day.ts';
import { openContext } from '../../cli/context.ts';
import { answering } from '../../cli/open/app.ts';
import { serveApp } from '../../cli/open/server.ts';
import { silentLog } from '../../functions/platform/log.ts';
import { DESKTOP, openBrowser, openFile, PHONE } from './chromium.ts';
import { terminalPage } from './terminal-page.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const PICTURES = join(ROOT, 'docs/pictures');
const VIGIE = join(ROOT, 'bin/vigie.js');

interface Picture {
  readonly name: string;
  readonly file: string;
  readonly options: BrowserContextOptions;
  /** In CSS pixels; what is below is cut off. */
  readonly height: number;
}

const light = (size: BrowserContextOptions): BrowserContextOptions => ({ ...size, colorScheme: 'light' });
const dark = (size: BrowserContextOptions): BrowserContextOptions => ({ ...size, colorScheme: 'dark' });

async function main(): Promise<void> {
  const folder = process.argv[2] ?? join(await mkdtemp(join(tmpdir(), 'vigie-pictures-')), 'sandbox');
  const vendors = await sandboxWithVendors(folder);
  const morning = execFileSync('node', [VIGIE, 'run'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, FORCE_COLOR: '1' },
  });
  vendors.kill('SIGINT');
  const terminal = join(await mkdtemp(join(tmpdir(), 'vigie-terminal-')), 'terminal.html');
  await writeFile(terminal, terminalPage('npx vigie run', morning.replaceAll(`${resolve(folder)}/`, '')));
  const browser = await openBrowser();
  try {
    for (const picture of await picturesOf(join(folder, '.vigie'), terminal)) await take(browser, picture);
    await takeQuestion(browser, join(folder, 'vigie.yaml'));
  } finally {
    await browser.close();
  }
}

/** The sandbox with its vendors answering, which a run needs: what it has is kept, what it lacks is made. */
async function sandboxWithVendors(folder: string): Promise<ChildProcess> {
  const made = existsSync(join(folder, '.vigie')) ? ['--no-run'] : [];
  const child = spawn('node', [VIGIE, 'sandbox', '--folder', folder, '--serve', ...made], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // It goes on writing after the word that is waited for: its output stays open.
  for await (const said of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    process.stdout.write(said);
    if (/Ctrl-C/.test(said)) return child;
  }
  throw new Error('The sandbox ended before its vendors answered; it says why above.');
}

async function picturesOf(state: string, terminal: string): Promise<Picture[]> {
  const days = (await readdir(join(state, 'mail'))).sort();
  const mails = join(state, 'mail', days.at(-1) as string);
  const pages = (await readdir(mails)).filter((name) => name.endsWith('.html')).sort();
  const mail = async (kind: string, language: string): Promise<string> => {
    for (const page of pages.filter((name) => name.startsWith(`${kind}.`))) {
      const file = join(mails, page);
      if ((await readFile(file, 'utf8')).includes(`<html lang="${language}"`)) return file;
    }
    throw new Error(`The sandbox sent no ${kind} in ${language}: see ${mails}`);
  };
  const report = join(state, 'reports', days.at(-1) as string);
  return [
    { name: 'digest-phone', file: await mail('digest', 'en'), options: light(PHONE), height: 880 },
    { name: 'digest-dark-fr', file: await mail('digest', 'fr'), options: dark(PHONE), height: 860 },
    { name: 'alert-phone', file: await mail('alert', 'en'), options: light(PHONE), height: 730 },
    { name: 'report-desktop', file: join(report, 'index.html'), options: light(DESKTOP), height: 980 },
    {
      name: 'report-figure',
      file: join(report, 'net_revenue', 'index.html'),
      options: light(DESKTOP),
      height: 900,
    },
    {
      name: 'report-phone-dark',
      file: join(report, 'cart_abandonment_rate', 'index.html'),
      options: dark(PHONE),
      height: 900,
    },
    {
      name: 'terminal',
      file: terminal,
      options: light({ viewport: { width: 1000, height: 500 } }),
      height: 770,
    },
  ];
}

async function take(browser: Browser, { name, file, options, height }: Picture): Promise<void> {
  const width = options.viewport?.width ?? DESKTOP.viewport.width;
  const { page, context } = await openFile(browser, file, {
    ...options,
    viewport: { width, height },
    deviceScaleFactor: width < 500 ? 2 : 1.25,
  });
  const english = page.locator('[data-language=en]:visible');
  if ((await english.count()) > 0) await english.click();
  const content: number = await page.evaluate('document.body.getBoundingClientRect().height');
  const path = join(PICTURES, `${name}.png`);
  await page.screenshot({ path, clip: { x: 0, y: 0, width, height: Math.min(height, Math.ceil(content)) } });
  await context.close();
  process.stdout.write(`${path} ${Math.round((await stat(path)).size / 1000)} kB\n`);
}

/** `vigie open` on a question that crosses two dimensions. */
async function takeQuestion(browser: Browser, config: string): Promise<void> {
  const context = await openContext({ config }, silentLog);
  const first = `/${await measuredDay(context)}/net_revenue?by=region&cross=channel`;
  const app = await serveApp({ port: 0, token: 'of-a-picture', first }, answering(context));
  const page = await browser.newPage({ ...light(DESKTOP), deviceScaleFactor: 1.25, locale: 'en-GB' });
  try {
    await page.goto(app.address);
    await page.screenshot({
      path: join(PICTURES, 'open-crossed.png'),
      clip: { x: 0, y: 0, width: 1280, height: 900 },
    });
  } finally {
    await page.close();
    await app.close();
  }
}

await main();
