/**
 * How fast the sandbox company is invented and written, and how much memory that takes: it must not grow with the days.
 *
 *     node --import tsx bench/sandbox.ts [scale] [days]      default: 1 and 20 times the size, 100 and 400 days
 *
 * Machines differ, so the rate is also given as a ratio to a calibration: SHA-256 of so many megabytes a second.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../functions/platform/hash.ts';
import { sandboxDefaults, writeSandbox } from '../sandbox/companies/wholesale/write-sandbox.ts';

const ENDS_ON = '2026-11-21';

/** Megabytes hashed a second. */
function calibration(): number {
  const block = Buffer.alloc(1 << 20, 7);
  const start = performance.now();
  for (let count = 0; count < 200; count += 1) sha256(block);
  return 200_000 / (performance.now() - start);
}

async function measure(scale: number, days: number, speed: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-bench-sandbox-'));
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 50);
  const start = performance.now();
  const { rows } = await writeSandbox({ ...sandboxDefaults, folder, endsOn: ENDS_ON, scale, days });
  const seconds = (performance.now() - start) / 1000;
  clearInterval(watch);
  await rm(folder, { recursive: true, force: true });
  const all = Object.values(rows).reduce((sum, count) => sum + count, 0);
  const rate = all / seconds;
  process.stdout.write(
    `scale ${scale}, ${days} days: ${rows.order_lines} order lines, ${all} rows in ${seconds.toFixed(1)} s; ` +
      `${Math.round(rate)} rows/s (${(rate / speed).toFixed(0)} a calibration MB); peak ${Math.round(peak / 1e6)} MB\n`,
  );
}

const speed = calibration();
process.stdout.write(`calibration: SHA-256 ${Math.round(speed)} MB/s\n`);
const [scale, days] = [Number(process.argv[2]), Number(process.argv[3] ?? 100)];
const runs =
  scale > 0
    ? [[scale, days] as const]
    : ([
        [1, 100],
        [1, 400],
        [20, 100],
        [20, 400],
      ] as const);
for (const [runScale, runDays] of runs) await measure(runScale, runDays, speed);
