import { once } from 'node:events';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Command } from 'commander';
import { consoleLog } from '../console-log.ts';
import { type Context, openContext } from '../context.ts';
import { mcpServer } from '../mcp/server.ts';
import { globalOptions } from '../options.ts';

const EXAMPLE = `
An assistant starts it by itself. In its list of servers:
  { "mcpServers": { "vigie": { "command": "npx", "args": ["vigie", "mcp", "--config", "/path/to/vigie.yaml"] } } }`;

export function completeMcp(draft: Command): void {
  draft.addHelpText('after', EXAMPLE).action(async (_options: unknown, command: Command) => {
    const options = globalOptions(command);
    const open = (): Promise<Context> => openContext(options, consoleLog(false));
    // A mistake in vigie.yaml is said at once, not with the first question.
    await (await open()).close();
    const served = serveStdio(() => mcpServer(open));
    try {
      // Whoever asks closes the pipe when there is nothing more to ask.
      await once(process.stdin, 'close');
    } finally {
      await served.close();
    }
  });
}
