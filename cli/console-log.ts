import type { Log, LogDetails } from '../functions/platform/log.ts';

/** The local log: JSON lines for machines; for people only what the progress does not show (warnings, errors). */
export function consoleLog(json: boolean): Log {
  const line = (level: string, event: string, details?: LogDetails): void => {
    if (json) process.stdout.write(`${JSON.stringify({ level, event, ...details })}\n`);
    else if (process.env['VIGIE_DEBUG'])
      process.stderr.write(`${level} ${event} ${JSON.stringify(details ?? {})}\n`);
  };
  return {
    debug: (event, details) => line('debug', event, details),
    info: (event, details) => line('info', event, details),
    warn: (event, details) => line('warn', event, details),
    error: (event, details) => line('error', event, details),
  };
}
