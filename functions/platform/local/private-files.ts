import { chmodSync, existsSync } from 'node:fs';
import { chmod, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Modes of what Vigie keeps: customers' rows and readers' mails are for the user alone that runs it. */
export const PRIVATE_FOLDER = 0o700;
export const PRIVATE_FILE = 0o600;

/**
 * Closes a state folder that somebody made beforehand, as long as nothing is in it: one in use may be shared on purpose,
 * and what is written there is closed file by file. A folder that is another user's stays as it is.
 */
export async function closeEmptyFolder(folder: string): Promise<void> {
  try {
    if ((await readdir(folder)).length === 0) await chmod(folder, PRIVATE_FOLDER);
  } catch (error) {
    if (!['ENOENT', 'EPERM', 'ENOTDIR', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
  }
}

/** Closes a file that a library has made as it pleased. */
export function closeFile(file: string): void {
  if (existsSync(file)) chmodSync(file, PRIVATE_FILE);
}

let serial = 0;

/** Where a file is written before it has its name: beside it. */
export function unfinishedName(target: string): string {
  serial += 1;
  return join(dirname(target), `.${basename(target)}.${process.pid}-${serial}.tmp`);
}

/** A file that a library writes at a path: it has its name once all of it is on the disk, or never. */
export async function wholeFile<T>(target: string, write: (path: string) => Promise<T>): Promise<T> {
  await mkdir(dirname(target), { recursive: true, mode: PRIVATE_FOLDER });
  const unfinished = unfinishedName(target);
  try {
    const written = await write(unfinished);
    closeFile(unfinished);
    const handle = await open(unfinished, 'r');
    await handle.sync().finally(() => handle.close());
    await rename(unfinished, target);
    return written;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
