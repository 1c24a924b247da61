/**
 * How long a command takes to start: processor seconds of whole processes, the median of several. Machines differ, so
 * each is also given as a multiple of a Node.js that does nothing. The goal: 0.5 s for a command that reads figures.
 *
 *     node --import tsx bench/start.ts [times, default 9]
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const VIGIE = join(import.meta.dirname, '../bin/vigie.js');
const CONFIG = join(import.meta.dirname, '../examples/minimal/vigie.yaml');
const COMMANDS: readonly (readonly string[])[] = [
  ['--version'],
  ['--help'],
  ['values', '--help'],
  ['kpis', '--config', CONFIG],
  ['alerts', '--config', CONFIG],
];

/** Prints what a process took when it ends, and how much memory it had at most. */
const METER = `data:text/javascript,${encodeURIComponent(
  "import { writeSync } from 'node:fs'; process.on('exit', () => { const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage(); writeSync(2, JSON.stringify([(userCPUTime + systemCPUTime) / 1e6, maxRSS]) + '\\n'); });",
)}`;

interface Taken {
  readonly seconds: number;
  readonly peak: number;
}

function taken(args: readonly string[]): Taken {
  const { status, stderr } = spawnSync(process.execPath, ['--import', METER, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  const [seconds, kilobytes] = JSON.parse(stderr.trim().split('\n').at(-1) ?? '') as [number, number];
  return { seconds, peak: kilobytes / 1000 };
}

/** The median of several, after one that builds what has to be built. */
function median(args: readonly string[], times: number): Taken {
  taken(args);
  const all = Array.from({ length: times }, () => taken(args)).sort((a, b) => a.seconds - b.seconds);
  return all[Math.floor(times / 2)] as Taken;
}

const times = Number(process.argv[2] ?? 9);
const nothing = median(['-e', '0'], times);
for (const command of COMMANDS) {
  const { seconds, peak } = median([VIGIE, ...command], times);
  const what = command.filter((word) => !/config|yaml/.test(word)).join(' ');
  const ratio = (seconds / nothing.seconds).toFixed(1);
  console.log(
    `vigie ${what}: ${seconds.toFixed(2)} s of processor time (${ratio} × an empty Node.js); peak ${Math.round(peak)} MB`,
  );
}
