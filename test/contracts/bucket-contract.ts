import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Bucket } from '../../functions/platform/bucket.ts';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytes = (content: string): Uint8Array => new TextEncoder().encode(content);

async function keysOf(bucket: Bucket, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const entry of bucket.list(prefix)) keys.push(entry.key);
  return keys;
}

async function* pieces(...contents: string[]): AsyncIterable<Uint8Array> {
  for (const content of contents) yield bytes(content);
}

/** What every bucket does. `open` gives an empty one, `close` clears it away. */
export function bucketContract(
  name: string,
  open: () => Promise<{ bucket: Bucket; close(): Promise<void> }>,
): void {
  describe(`${name} keeps the bucket contract`, () => {
    let world: Awaited<ReturnType<typeof open>>;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());

    test('reads what was written: text, bytes, nothing at all', async () => {
      const { bucket } = world;
      await bucket.write('a/text.txt', 'né à 5 €');
      await bucket.write('a/bytes.bin', new Uint8Array([0, 255, 10, 13]));
      await bucket.write('a/empty', '');
      expect(text(await bucket.read('a/text.txt'))).toBe('né à 5 €');
      expect([...(await bucket.read('a/bytes.bin'))]).toEqual([0, 255, 10, 13]);
      expect(await bucket.read('a/empty')).toHaveLength(0);
    });

    test('replaces an object as a whole', async () => {
      const { bucket } = world;
      await bucket.write('replaced', 'a long first text');
      await bucket.write('replaced', 'short');
      expect(text(await bucket.read('replaced'))).toBe('short');
    });

    test('writes and reads streams, in order', async () => {
      const { bucket } = world;
      await bucket.writeStream('streamed', pieces('one,', 'two,', 'three'));
      let read = '';
      for await (const chunk of bucket.stream('streamed')) read += text(chunk);
      expect(read).toBe('one,two,three');
    });

    test('keeps nothing of a stream that fails, and what was there before', async () => {
      const { bucket } = world;
      async function* failing(): AsyncIterable<Uint8Array> {
        yield bytes('half of');
        throw new Error('the source died');
      }
      await bucket.write('kept', 'before');
      await expect(bucket.writeStream('kept', failing())).rejects.toThrow('the source died');
      await expect(bucket.writeStream('never', failing())).rejects.toThrow('the source died');
      expect(text(await bucket.read('kept'))).toBe('before');
      expect(await bucket.exists('never')).toBe(false);
      expect(await keysOf(bucket, '')).not.toContain('never');
    });

    test('lets one of many writers create an object', async () => {
      const { bucket } = world;
      const won = await Promise.all(
        Array.from({ length: 8 }, (_, index) => bucket.create('claim', `writer ${index}`)),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(text(await bucket.read('claim'))).toBe(`writer ${won.indexOf(true)}`);
      expect(await bucket.create('claim', 'late')).toBe(false);
    });

    test('says which object is missing', async () => {
      const { bucket } = world;
      const missing = { code: 'BUCKET_NOT_FOUND', message: expect.stringContaining('no/such/key') };
      await expect(bucket.read('no/such/key')).rejects.toMatchObject(missing);
      await expect(
        keysOf({ ...bucket, list: () => bucket.stream('no/such/key') as never }, ''),
      ).rejects.toMatchObject(missing);
      expect(await bucket.exists('no/such/key')).toBe(false);
    });

    test('removes, also what is not there', async () => {
      const { bucket } = world;
      await bucket.write('gone', 'x');
      await bucket.remove('gone');
      await bucket.remove('gone');
      expect(await bucket.exists('gone')).toBe(false);
    });

    test('lists keys by prefix, in ascending order, whatever the prefix cuts', async () => {
      const { bucket } = world;
      const keys = ['l/a.txt', 'l/a/1', 'l/a/2/3', 'l/a0', 'l/ab', 'l/b=1/x', 'l/b=10/x', 'l/b=2/x'];
      for (const key of keys.toReversed()) await bucket.write(key, key);
      expect(await keysOf(bucket, 'l/')).toEqual(keys);
      expect(await keysOf(bucket, 'l/a/')).toEqual(['l/a/1', 'l/a/2/3']);
      expect(await keysOf(bucket, 'l/b=1')).toEqual(['l/b=1/x', 'l/b=10/x']);
      expect(await keysOf(bucket, 'l/nothing')).toEqual([]);
      expect(await keysOf(bucket, 'nowhere/')).toEqual([]);
    });

    test('names the folders right below one; one without files is none', async () => {
      const { bucket } = world;
      for (const key of ['f/b/1', 'f/b/2', 'f/a=1/x/y', 'f/c', 'f/gone/x/1']) await bucket.write(key, key);
      await bucket.remove('f/gone/x/1');
      expect(await bucket.folders('f/')).toEqual(['a=1', 'b']);
      expect(await bucket.folders('f/a=1/')).toEqual(['x']);
      expect(await bucket.folders('f/c/')).toEqual([]);
      expect(await bucket.folders('nowhere/')).toEqual([]);
    });

    test('lists more keys than S3 hands out at a time', async () => {
      const { bucket } = world;
      const keys = Array.from({ length: 1_050 }, (_, n) => `many/${String(n).padStart(4, '0')}`);
      for (let n = 0; n < keys.length; n += 50)
        await Promise.all(keys.slice(n, n + 50).map((key) => bucket.write(key, key)));
      expect(await keysOf(bucket, 'many/')).toEqual(keys);
    });

    test('streams 20 MB both ways, byte by byte the same; a reader may stop early', async () => {
      const { bucket } = world;
      const written = createHash('sha256');
      async function* large(): AsyncIterable<Uint8Array> {
        for (let n = 0; n < 200; n += 1) {
          const chunk = new Uint8Array(100_000).fill(n);
          written.update(chunk);
          yield chunk;
        }
      }
      await bucket.writeStream('large', large());
      const read = createHash('sha256');
      for await (const chunk of bucket.stream('large')) read.update(chunk);
      expect(read.digest('hex')).toBe(written.digest('hex'));
      for await (const chunk of bucket.stream('large')) {
        expect(chunk.length).toBeLessThan(10_000_000);
        break;
      }
    });

    test('keeps nothing of a large stream that fails after parts of it were sent', async () => {
      const { bucket } = world;
      async function* failing(): AsyncIterable<Uint8Array> {
        for (let n = 0; n < 20; n += 1) yield new Uint8Array(1 << 20);
        throw new Error('the source died late');
      }
      await expect(bucket.writeStream('half', failing())).rejects.toThrow('the source died late');
      expect(await bucket.exists('half')).toBe(false);
    });

    test('tells size and age of what it lists', async () => {
      const { bucket } = world;
      await bucket.write('facts/one', 'twelve bytes');
      for await (const entry of bucket.list('facts/')) {
        expect(entry).toMatchObject({ key: 'facts/one', size: 12 });
        expect(Math.abs(Date.now() - entry.modifiedAt.getTime())).toBeLessThan(3_600_000);
      }
    });

    test.each(['', '/a', 'a//b', 'a/../b', '..', './a', 'a/'])('refuses %j as a key', async (key) => {
      await expect((async () => world.bucket.write(key, 'x'))()).rejects.toMatchObject({
        code: 'BUCKET_KEY',
      });
    });
  });
}
