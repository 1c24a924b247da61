import { chmodSync, existsSync } from 'node:fs';
import { chmod, readdir } from 'node:fs/promises';

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
