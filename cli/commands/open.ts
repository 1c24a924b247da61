import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { type Command, InvalidArgumentError } from 'commander';
import { out } from '../colours.ts';
import { answering } from '../open/app.ts';
import { patiently } from '../open/patience.ts';
import { serveApp } from '../open/server.ts';
import { dateArgument } from '../options.ts';
import { withContext } from '../with-context.ts';
import { measuredDay } from './measured-day.ts';

interface OpenOptions {
  date?: string;
  port?: number;
  browser: boolean;
}

function portArgument(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError('Give a port from 1 to 65535, or leave it out: any that is free is taken.');
}

const EXAMPLES = `
It reads, changes nothing, and answers this machine alone, with the token that the address ends with.

Examples:
  vigie open                                   the newest day
  vigie open cart_abandonment_rate             one figure: cross, filter, why it moved, rows behind it
  vigie open --port 4711 --no-browser          the same port each time, so that bookmarks work
  vigie open --stack vigie-production          what is deployed, with your own rights`;

export function completeOpen(draft: Command): void {
  draft
    .option('--date <day>', 'the day to begin with (default: the newest)', dateArgument)
    .option('--port <n>', 'port on 127.0.0.1 (default: any that is free)', portArgument)
    .option('--no-browser', 'only print the address')
    .addHelpText('after', EXAMPLES)
    .action(async (id: string | undefined, options: OpenOptions, command: Command) => {
      await withContext(command, async (context) => {
        const kpi = id === undefined ? undefined : context.catalogue.kpi(id);
        const day = await measuredDay(context, options.date);
        const first = kpi === undefined ? `/${day}` : `/${day}/${kpi.id}`;
        const token = randomBytes(32).toString('base64url');
        const answer = patiently(answering(context));
        const app = await serveApp({ port: options.port ?? 0, token, first }, answer);
        // A whole day takes longest to read: it begins while the browser does.
        if (kpi === undefined) void answer(first, new URLSearchParams()).catch(() => undefined);
        process.stdout.write(`${out.bold(app.address)}\n`);
        process.stderr.write('Open it in a browser of this machine; Ctrl-C ends it.\n');
        if (options.browser) showInBrowser(app.address);
        await stopped();
        await app.close();
      });
    });
}

/** Ctrl-C, or whoever started it. */
const stopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Where no browser can be started (a server, a container), the address was printed. */
function showInBrowser(address: string): void {
  const [program = '', ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const child = spawn(program, [...args, address], { stdio: 'ignore', detached: true });
  child.on('error', () => process.stderr.write('No browser could be started: copy the address into one.\n'));
  child.unref();
}
