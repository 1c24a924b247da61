import { createReadStream, type Dirent } from 'node:fs';
import {
  type FileHandle,
  link,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  unlink,
} from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { type Bucket, type BucketEntry, checkKey, notAKey } from '../bucket.ts';
import { VigieError } from '../errors.ts';
import { closeEmptyFolder, PRIVATE_FILE, PRIVATE_FOLDER, unfinishedName } from './private-files.ts';

/**
 * A bucket that is a folder, readable by its owner only. Writes go to a temporary file beside the target and are renamed: readers see all or
 * nothing.
 */
export function fileBucket(root: string): Bucket {
  const base = resolve(root);
  const locate = (key: string): string => join(base, checkLocalKey(key));
  let closed: Promise<void> | undefined;
  const place = async (key: string): Promise<string> => {
    const target = locate(key);
    closed ??= closeEmptyFolder(base);
    await closed;
    return target;
  };
  return {
    locate,
    async *stream(key) {
      yield* await orMissing(key, base, openStream(locate(key)));
    },
    read: (key) => orMissing(key, base, async () => readFile(locate(key))),
    write: async (key, body) => replaceFile(await place(key), body, rename),
    writeStream: async (key, body) => replaceFile(await place(key), body, rename),
    create: async (key, body) => createFile(await place(key), body),
    async remove(key) {
      await rm(locate(key), { force: true });
      await removeEmptied(base, dirname(locate(key)));
    },
    list: (prefix) => walk(base, folderOf(prefix), prefix),
    async folders(folder) {
      const entries = (await unlessMissing(readdir(join(base, folder), { withFileTypes: true }))) ?? [];
      return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
    },
    async exists(key) {
      const entry = await unlessMissing(stat(locate(key)));
      return entry?.isFile() ?? false;
    },
  };
}

/** A folder that held nothing else goes with its last file: years of days would leave thousands, each looked into by every list. */
async function removeEmptied(base: string, folder: string): Promise<void> {
  for (let emptied = folder; emptied.startsWith(`${base}${sep}`); emptied = dirname(emptied)) {
    try {
      await rmdir(emptied);
    } catch {
      // It holds something, or another call was quicker: either way it is not ours to remove.
      return;
    }
  }
}

/** Opened before the first chunk is asked for, so that a missing file is told apart from a failing read. */
const openStream = (path: string) => async (): Promise<AsyncIterable<Uint8Array>> => {
  const handle = await open(path, 'r');
  const isFile = (await handle.stat()).isFile();
  if (isFile) return createReadStream(path, { fd: handle, highWaterMark: 1 << 18 });
  await handle.close();
  throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
};

async function orMissing<T>(key: string, base: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new VigieError(`no object ${key} in ${base}`, {
      code: 'BUCKET_NOT_FOUND',
      cause: error,
      where: { file: key },
    });
  }
}

const isMissing = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

const unlessMissing = <T>(work: Promise<T>): Promise<T | undefined> =>
  work.catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });

/** Our own unfinished files; no key may look like one. */
const TEMPORARY = /^\.[^/]*\.\d+-\d+\.tmp$/;

/** As every bucket has it; names of half-written files are ours alone. */
function checkLocalKey(key: string): string {
  if (
    checkKey(key)
      .split('/')
      .some((part) => TEMPORARY.test(part))
  )
    throw notAKey(key);
  return key;
}

type Body = Uint8Array | string | AsyncIterable<Uint8Array>;
async function replaceFile(
  target: string,
  body: Body,
  publish: (from: string, to: string) => Promise<void>,
): Promise<void> {
  const temporary = unfinishedName(target);
  try {
    const handle = await openBeside(target, temporary);
    try {
      // writeFile goes on where the last one ended, and writes every byte (write may stop short).
      for await (const chunk of typeof body === 'string' || body instanceof Uint8Array ? [body] : body)
        await handle.writeFile(chunk);
      // The name must not reach the disk before the content does.
      await handle.sync();
    } finally {
      await handle.close();
    }
    await publish(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** How often a folder is made again that was removed, emptied, before there was a file in it. */
const MOST_TRIES = 10;

/** The folder is made only where it is missing: most files are written beside others. */
async function openBeside(target: string, temporary: string): Promise<FileHandle> {
  const attempt = (): Promise<FileHandle> => open(temporary, 'w', PRIVATE_FILE);
  // Making a folder fails, too, whose parent goes meanwhile (Node.js 24: ENOENT).
  const inNewFolder = async (): Promise<FileHandle> => {
    await mkdir(dirname(target), { recursive: true, mode: PRIVATE_FOLDER });
    return attempt();
  };
  let handle = await unlessMissing(attempt());
  for (let tries = 1; handle === undefined && tries < MOST_TRIES; tries += 1)
    handle = await unlessMissing(inNewFolder());
  return handle ?? inNewFolder();
}

async function createFile(target: string, body: Body): Promise<boolean> {
  try {
    // link() fails when the target exists: the only atomic "create with content" of POSIX.
    await replaceFile(target, body, async (from, to) => {
      await link(from, to);
      await unlink(from);
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** The folder in which all keys of a prefix are: those above it hold nothing that is looked for. */
function folderOf(prefix: string): string {
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  if (folder !== '') checkKey(folder.slice(0, -1));
  return folder;
}

/** The files below a folder in key order, one folder in memory at a time; folders that cannot match are not opened. */
async function* walk(base: string, folder: string, prefix: string): AsyncIterable<BucketEntry> {
  const entries = (await unlessMissing(readdir(join(base, folder), { withFileTypes: true }))) ?? [];
  // As a part of keys a folder's name ends in `/`: `a.b` comes before `a/…`, `a0` after.
  const keys = new Map(entries.map((entry) => [keyOf(folder, entry), entry]));
  for (const key of [...keys.keys()].sort()) {
    const entry = keys.get(key) as Dirent;
    if (entry.isDirectory() && (key.startsWith(prefix) || prefix.startsWith(key)))
      yield* walk(base, key, prefix);
    if (!entry.isFile() || !key.startsWith(prefix) || TEMPORARY.test(entry.name)) continue;
    const found = await unlessMissing(stat(join(base, key)));
    if (found) yield { key, size: found.size, modifiedAt: found.mtime };
  }
}

const keyOf = (folder: string, entry: Dirent): string =>
  `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`;
