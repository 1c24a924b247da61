import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Inbox } from '../../functions/platform/inbox.ts';

/** An inbox under test, and a way to drop files into it. */
export interface InboxWorld {
  readonly inbox: Inbox;
  drop(name: string, content: string): Promise<void>;
  close(): Promise<void>;
}

const FILES = [
  'a/one_20261121.csv',
  'a/two.csv',
  'a/.hidden',
  'a/three.csv.part',
  'a/b/deep.csv',
  'a/b/deep.txt',
  'odd (1)/x[1].csv',
  'été/né.csv',
];

/** What every inbox does. */
export function inboxContract(name: string, open: () => Promise<InboxWorld>): void {
  describe(`${name} keeps the inbox contract`, () => {
    let world: InboxWorld;
    beforeAll(async () => {
      world = await open();
      for (const file of FILES) await world.drop(file, 'content');
    });
    afterAll(() => world.close());

    it.each([
      ['a/two.csv', ['a/two.csv']],
      ['./a/two.csv', ['a/two.csv']],
      ['a', ['a/one_20261121.csv', 'a/two.csv']],
      ['a/', ['a/one_20261121.csv', 'a/two.csv']],
      ['a/*.csv', ['a/one_20261121.csv', 'a/two.csv']],
      ['a/one_*.csv', ['a/one_20261121.csv']],
      ['a/*.{csv,txt}', ['a/one_20261121.csv', 'a/two.csv']],
      ['a/**/*.csv', ['a/b/deep.csv', 'a/one_20261121.csv', 'a/two.csv']],
      ['**/deep.*', ['a/b/deep.csv', 'a/b/deep.txt']],
      ['*/two.csv', ['a/two.csv']],
      ['a/!(two).csv', ['a/one_20261121.csv']],
      ['odd (1)/x[1].csv', ['odd (1)/x[1].csv']],
      ['été/*.csv', ['été/né.csv']],
      ['A/two.csv', []],
      ['nowhere/*.csv', []],
      ['nowhere.csv', []],
    ])('lists %s', async (pattern, expected) => {
      expect((await world.inbox.list(pattern)).map((file) => file.name)).toEqual(expected);
    });

    it('tells a file’s size, and a version that changes with its content only', async () => {
      await world.drop('v/x.csv', 'first');
      const [first] = await world.inbox.list('v/x.csv');
      const [again] = await world.inbox.list('v/*.csv');
      expect(first?.size).toBe(5);
      expect(again).toEqual(first);
      await new Promise((resolve) => setTimeout(resolve, 10));
      await world.drop('v/x.csv', 'other');
      const [changed] = await world.inbox.list('v/x.csv');
      expect(changed?.version).not.toBe(first?.version);
    });

    it.each([
      [undefined, 'content'],
      [{ start: 1, end: 4 }, 'ont'],
      [{ start: 0, end: 100 }, 'content'],
      [{ start: 3, end: 3 }, ''],
      [{ start: 6, end: 7 }, 't'],
    ])('streams the range %j', async (range, expected) => {
      const parts: Uint8Array[] = [];
      for await (const part of world.inbox.stream('a/two.csv', range)) parts.push(part);
      expect(Buffer.concat(parts).toString()).toBe(expected);
    });

    it('says which file is gone', async () => {
      const read = async () => {
        for await (const _ of world.inbox.stream('a/gone.csv'));
      };
      await expect(read()).rejects.toMatchObject({
        code: 'INBOX_UNREADABLE',
        message: expect.stringContaining('a/gone.csv'),
        hint: expect.any(String),
      });
    });
  });
}
