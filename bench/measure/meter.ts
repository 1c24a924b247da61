import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** What some work took. */
export interface Took {
  /** By the clock. */
  readonly seconds: number;
  /** Of all processors: a busy machine disturbs them less. */
  readonly cpu: number;
  /** Most memory the process held while it went on; since the process began where the system does not tell. */
  readonly megabytes: number;
}

/** Does some work, and says what it took. */
export async function timed<T>(work: () => Promise<T>): Promise<Took & { readonly value: T }> {
  forgetPeak();
  const started = performance.now();
  const before = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  return {
    seconds: (performance.now() - started) / 1000,
    cpu: (user + system) / 1e6,
    megabytes: peakMegabytes(),
    value,
  };
}

/** Linux forgets the most memory a process ever had when 5 is written here, and counts from what it has now. */
const CLEAR = '/proc/self/clear_refs';
const STATUS = '/proc/self/status';

function forgetPeak(): void {
  if (existsSync(CLEAR)) writeFileSync(CLEAR, '5');
}

export function peakMegabytes(): number {
  const status = existsSync(STATUS) ? readFileSync(STATUS, 'utf8') : '';
  const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1];
  return Math.round(Number(kilobytes ?? process.resourceUsage().maxRSS) / 1024);
}
