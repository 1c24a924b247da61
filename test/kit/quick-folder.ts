import { existsSync, statfsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const IN_MEMORY = '/dev/shm';
/** In containers there are often 64 MB of it. */
const ENOUGH_BYTES = 2 * 2 ** 30;

/**
 * A new folder for hundreds of short runs, whose files and folders a disk is longer busy with than the runs: in memory, where
 * the machine has enough for that. Whoever asks for it removes it.
 */
export const quickFolder = (prefix: string): Promise<string> => mkdtemp(join(place(), prefix));

function place(): string {
  if (!existsSync(IN_MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(IN_MEMORY);
  return bavail * bsize >= ENOUGH_BYTES ? IN_MEMORY : tmpdir();
}
