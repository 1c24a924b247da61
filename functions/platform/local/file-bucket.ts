import { createReadStream } from 'node:fs';
import { link, mkdir, open, readdir, readFile, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Bucket, BucketEntry } from '../bucket.ts';
import { VigieError } from '../errors.ts';

/** A bucket that is a folder. Writes go to a temporary file beside the target and are renamed: readers see all or nothing. */
export function fileBucket(root: string): Bucket {
  const base = resolve(root);
  const locate = (key: string): string => join(base, checkKey(key));
  const missing = (key: string, cause: unknown) =>
    new VigieError(`no object ${key} in ${base}`, { code: 'BUCKET_NOT_FOUND', cause });

  async function* chunks(key: string): AsyncIterable<Uint8Array> {
    try {
      yield* createReadStream(locate(key), { highWaterMark: 1 << 18 });
    } catch (error) {
      throw isMissing(error) ? missing(key, error) : error;
    }
  }

  return {
    locate,
    stream: chunks,
    async read(key) {
      try {
        return await readFile(locate(key));
      } catch (error) {
        throw isMissing(error) ? missing(key, error) : error;
      }
    },
    async write(key, body) {
      await replaceFile(locate(key), once(body), rename);
    },
    async writeStream(key, body) {
      await replaceFile(locate(key), body, rename);
    },
    async create(key, body) {
      try {
        // link() fails when the target exists: the only atomic "create with content" of POSIX.
        await replaceFile(locate(key), once(body), async (from, to) => {
          await link(from, to);
          await unlink(from);
        });
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
        throw error;
      }
    },
    async remove(key) {
      await rm(locate(key), { force: true });
    },
    list: (prefix) => listFolder(base, prefix),
    async exists(key) {
      return stat(locate(key)).then(
        (entry) => entry.isFile(),
        () => false,
      );
    },
  };
}

const isMissing = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

function checkKey(key: string): string {
  if (key === '' || key.startsWith('/') || key.split('/').includes('..')) {
    throw new VigieError(`not a bucket key: ${JSON.stringify(key)}`, { code: 'BUCKET_KEY' });
  }
  return key;
}

async function* once(body: Uint8Array | string): AsyncIterable<Uint8Array> {
  yield typeof body === 'string' ? new TextEncoder().encode(body) : body;
}

let serial = 0;

async function replaceFile(
  target: string,
  body: AsyncIterable<Uint8Array>,
  publish: (from: string, to: string) => Promise<void>,
): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  serial += 1;
  const temporary = `${target}.${process.pid}-${serial}.tmp`;
  try {
    const handle = await open(temporary, 'w');
    try {
      for await (const chunk of body) await handle.write(chunk);
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

async function* listFolder(base: string, prefix: string): AsyncIterable<BucketEntry> {
  const folder = prefix.includes('/') ? prefix.slice(0, prefix.lastIndexOf('/')) : '';
  let names: string[];
  try {
    const entries = await readdir(join(base, folder), { recursive: true, withFileTypes: true });
    names = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  const keys = names.map((name) => name.slice(base.length + 1).replaceAll('\\', '/'));
  for (const key of keys.filter((name) => name.startsWith(prefix) && !name.endsWith('.tmp')).sort()) {
    const entry = await stat(join(base, key)).catch(() => undefined);
    if (entry) yield { key, size: entry.size, modifiedAt: entry.mtime };
  }
}
