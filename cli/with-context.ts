import type { Command } from 'commander';
import { consoleLog } from './console-log.ts';
import { type Context, openContext } from './context.ts';
import { globalOptions } from './options.ts';

/** Opens what a command works with, and releases it whatever becomes of the work. `json`: the log is lines for machines. */
export async function withContext(
  command: Command,
  work: (context: Context) => Promise<void>,
  json = false,
): Promise<void> {
  const context = await openContext(globalOptions(command), consoleLog(json));
  try {
    await work(context);
  } finally {
    await context.close();
  }
}
