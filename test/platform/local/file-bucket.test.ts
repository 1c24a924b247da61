import promises, { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileBucket } from '../../../functions/platform/local/file-bucket.ts';
import { bucketContract } from '../../contracts/bucket-contract.ts';

const newFolder = () => mkdtemp(join(tmpdir(), 'vigie-bucket-'));

bucketContract('fileBucket', async () => {
  const folder = await newFolder();
  return { bucket: fileBucket(join(folder, 'state')), close: () => rm(folder, { recursive: true }) };
});

describe('fileBucket', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await newFolder();
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('hides the unfinished file of a writer that was killed, and takes no key that looks like one', async () => {
    const bucket = fileBucket(folder);
    await bucket.write('part', 'x');
    await writeFile(join(folder, '.part.4711-1.tmp'), 'half');
    const keys = [];
    for await (const entry of bucket.list('')) keys.push(entry.key);
    expect(keys).toEqual(['part']);
    await expect((async () => bucket.write('.part.4711-1.tmp', 'x'))()).rejects.toMatchObject({
      code: 'BUCKET_KEY',
    });
  });

  test('leaves no unfinished file behind', async () => {
    const bucket = fileBucket(join(folder, 'clean'));
    await bucket.write('a', 'x');
    await bucket.create('a', 'y');
    expect(await readdir(join(folder, 'clean'))).toEqual(['a']);
  });

  test('a folder goes with its last file, and a writer makes it again whom another call took it from', async () => {
    const place = join(folder, 'emptied');
    const bucket = fileBucket(place);
    for (let nth = 0; nth < 50; nth += 1) {
      await bucket.write('x/y/before', 'x');
      await Promise.all([bucket.remove('x/y/before'), bucket.write(`x/y/${nth}`, 'x')]);
      expect(await bucket.exists(`x/y/${nth}`)).toBe(true);
      await bucket.remove(`x/y/${nth}`);
      expect(await readdir(place)).toEqual([]);
    }
  });

  // Making `x/y` fails where `x` goes between the two: one of some thousands of tries on Node.js 24, so it is made to.
  test.each(['mkdir', 'open'] as const)(
    'a writer begins again whose folder went before its %s',
    async (call) => {
      const real = promises[call] as (...args: unknown[]) => Promise<unknown>;
      let taken = 0;
      const failing = (...args: unknown[]): Promise<unknown> => {
        taken += 1;
        const gone = Object.assign(new Error('ENOENT: no such file or directory'), { code: 'ENOENT' });
        return taken <= 3 ? Promise.reject(gone) : real(...args);
      };
      const bucket = fileBucket(join(folder, 'begun'));
      await bucket.write('before', 'x');
      try {
        Object.assign(promises, { [call]: failing });
        syncBuiltinESMExports();
        await bucket.write(`x/${call}`, 'whole');
      } finally {
        Object.assign(promises, { [call]: real });
        syncBuiltinESMExports();
      }
      expect(taken).toBe(4);
      expect(String(await bucket.read(`x/${call}`))).toBe('whole');
    },
  );

  test('a folder is not an object', async () => {
    const bucket = fileBucket(folder);
    await mkdir(join(folder, 'dir'));
    expect(await bucket.exists('dir')).toBe(false);
    await expect(bucket.read('dir')).rejects.toMatchObject({ code: 'BUCKET_NOT_FOUND' });
  });

  test('opens only the folders that a prefix leads to', async () => {
    const root = join(folder, 'deep');
    const bucket = fileBucket(root);
    await bucket.write('wanted/x', '1');
    // Opening this folder would fail: it is a link to itself.
    await mkdir(join(root, 'other'));
    await symlink(join(root, 'other', 'loop'), join(root, 'other', 'loop'));
    const keys = [];
    for await (const entry of bucket.list('wanted/')) keys.push(entry.key);
    expect(keys).toEqual(['wanted/x']);
  });

  test('lists below the folder of a prefix, whichever part of a name it ends with, and nothing beside the bucket', async () => {
    const bucket = fileBucket(join(folder, 'listed'));
    for (const key of ['a/b/c', 'a/b/d/e', 'a/bc', 'ab']) await bucket.write(key, '1');
    const below = async (prefix: string): Promise<string[]> => {
      const keys = [];
      for await (const { key } of bucket.list(prefix)) keys.push(key);
      return keys;
    };
    expect(await below('a/b')).toEqual(['a/b/c', 'a/b/d/e', 'a/bc']);
    expect(await below('a/b/')).toEqual(['a/b/c', 'a/b/d/e']);
    expect(await below('a/b/d/e')).toEqual(['a/b/d/e']);
    expect(await below('a/b/c/none/')).toEqual([]);
    await expect(below('../deep/')).rejects.toMatchObject({ code: 'BUCKET_KEY' });
  });
});
