/**
 * A laptop that has run every day: what a daily run of a tiny company takes after 10, 50, 100 … days, and what it leaves.
 *
 *     node --import tsx bench/lived.ts [--days 400] [--every 1] [--delete-exports 60] [--folders] [--keep]
 *
 * Each day gets its export, and a run on the next morning with a clock of its own; with `--every 5` a run every fifth
 * morning, in a fifth of the time. Printed of a day: files and bytes in the state folder (the database apart), what the run
 * asked of the bucket (objects read, kB, objects listed and written), its statements and its processor seconds.
 */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { addDays } from '../functions/lake/values/day.ts';
import { type Counts, countingPlatform } from '../test/kit/counting-platform.ts';
import { localRun } from '../test/kit/local-run.ts';
import { tinyCompany, writeDay } from '../test/kit/tiny-company.ts';

const { values: options } = parseArgs({
  options: {
    days: { type: 'string', default: '400' },
    every: { type: 'string', default: '1' },
    'delete-exports': { type: 'string' },
    folders: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const days = Number(options.days);
const shown = [10, 50, 100, 200, 300, 400, 500, 600, 800].filter((day) => day <= days);

function sizeOf(folder: string): { files: number; bytes: number; lake: number } {
  const total = { files: 0, bytes: 0, lake: 0 };
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const { size } = statSync(join(entry.parentPath, entry.name));
    if (entry.name.startsWith('vigie.duckdb')) total.lake += size;
    else {
      total.files += 1;
      total.bytes += size;
    }
  }
  return total;
}

const company = await tinyCompany();
const state = join(company.folder, 'state');
const kb = (bytes: number): string => `${Math.round(bytes / 1000)}k`;
const print = (cells: readonly (string | number)[]): void =>
  console.log(cells.map((cell) => String(cell).padStart(9)).join(' '));
try {
  print(['day', 'files', 'bytes', 'lake', 'reads', 'read', 'listed', 'writes', 'written', 'SQL', 'CPU s']);
  for (let index = 0; index < days; index += 1) {
    const day = addDays(company.firstDay, index);
    writeDay(company.folder, company.firstDay, index);
    const old = index - Number(options['delete-exports'] ?? Number.POSITIVE_INFINITY);
    if (old >= 0) rmSync(join(company.folder, 'exports', `sales_${addDays(company.firstDay, old)}.csv`));
    if ((index + 1) % Number(options.every) !== 0) continue;
    const before = process.cpuUsage();
    let counts: Counts | undefined;
    const wrap = (platform: Parameters<typeof countingPlatform>[0]) => {
      const counting = countingPlatform(platform);
      counts = counting.counts;
      return counting.platform;
    };
    await localRun({ config: company.config, state, asOf: day, at: `${addDays(day, 1)}T06:00:00Z`, wrap });
    const { user, system } = process.cpuUsage(before);
    if (!shown.includes(index + 1) || counts === undefined) continue;
    const { files, bytes, lake } = sizeOf(state);
    const { reads, bytesRead, listed, writes, bytesWritten, statements } = counts;
    const cpu = ((user + system) / 1e6).toFixed(2);
    print([
      index + 1,
      files,
      kb(bytes),
      kb(lake),
      reads,
      kb(bytesRead),
      listed,
      writes,
      kb(bytesWritten),
      statements,
      cpu,
    ]);
    if (options.folders)
      for (const [folder, { reads, listed }] of [...counts.folders].toSorted())
        console.log(`          ${folder.padEnd(24)} ${reads} read, ${listed} listed`);
  }
} finally {
  if (options.keep) console.log(state);
  else rmSync(company.folder, { recursive: true, force: true });
}
