import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderInbox } from '../../functions/platform/local/folder-inbox.ts';
import { feedPattern } from '../../functions/pull/files/pattern.ts';

let root = '';
const files = [
  'a/one_20261121.csv',
  'a/two.csv',
  'a/.hidden',
  'a/three.csv.part',
  'a/b/deep.csv',
  'odd (1)/x[1].csv',
  'vars/y.csv',
];
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'vigie inbox (x) '));
  for (const name of files) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), 'content');
  }
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('the inbox of a folder', () => {
  const names = async (pattern: string, env = {}, folder = root) =>
    (await folderInbox(root, env, folder).list(pattern)).map(({ name }) => name);

  it.each([
    ['a/two.csv', ['a/two.csv']],
    ['./a/two.csv', ['a/two.csv']],
    ['a', ['a/one_20261121.csv', 'a/two.csv']],
    ['a/', ['a/one_20261121.csv', 'a/two.csv']],
    ['a/*.csv', ['a/one_20261121.csv', 'a/two.csv']],
    ['a/**/*.csv', ['a/b/deep.csv', 'a/one_20261121.csv', 'a/two.csv']],
    ['odd (1)/x[1].csv', ['odd (1)/x[1].csv']],
    ['nowhere/*.csv', []],
    ['nowhere.csv', []],
  ])('lists %s', async (pattern, expected) => expect(await names(pattern)).toEqual(expected));

  it('takes absolute paths, and names files by them', async () => {
    expect(await names(`${root}/a/two.csv`)).toEqual([`${root}/a/two.csv`]);
  });

  it('takes variables, relative to vigie.yaml or else to where the command was given', async () => {
    expect(await names('${WHERE}/two.csv', { WHERE: 'a' })).toEqual(['a/two.csv']);
    expect(await names('${WHERE}', { WHERE: `${root}/vars/y.csv` })).toEqual([`${root}/vars/y.csv`]);
    const elsewhere = await names('${WHERE}', { WHERE: 'y.csv' }, join(root, 'vars'));
    expect(elsewhere).toEqual([`${root}/vars/y.csv`]);
  });

  it('names a variable that is not set', async () => {
    await expect(names('${NOT_SET}/x.csv')).rejects.toMatchObject({
      code: 'INBOX_VARIABLE',
      message: expect.stringContaining('NOT_SET'),
    });
  });

  it('streams a range', async () => {
    const parts: Uint8Array[] = [];
    for await (const part of folderInbox(root, {}).stream('a/two.csv', { start: 1, end: 4 }))
      parts.push(part);
    expect(Buffer.concat(parts).toString()).toBe('ont');
  });

  it('explains a file that cannot be read', async () => {
    const read = async () => {
      for await (const _ of folderInbox(root, {}).stream('gone.csv'));
    };
    await expect(read()).rejects.toMatchObject({ code: 'INBOX_UNREADABLE', where: { file: 'gone.csv' } });
  });
});

describe('dates in names', () => {
  it.each([
    ['in/o_{date}.csv', 'in/o_20261121.csv', '2026-11-21'],
    ['./in/o_{date}.csv', 'in/o_2026-11-21.csv', '2026-11-21'],
    ['in/o_{date}.csv', 'in/o_2026-1121.csv', undefined],
    ['in/o_{date}.csv', 'in/o_20261321.csv', undefined],
    ['in/o_{date}.csv', 'in/o_old_20261121.csv', undefined],
    ['in/**/o-{date}*.csv', 'in/x/y/o-20261121-final.csv', '2026-11-21'],
    ['${DIR}/o_{month}.csv', '/data/o_2026-11.csv', '2026-11-01'],
    ['{month}/o_{date}.csv', '202611/o_20261121.csv', '2026-11-01'],
    ['in/o (1).{date}.csv', 'in/o (1).20261121.csv', '2026-11-21'],
    ['in/o.csv', 'in/o.csv', null],
  ])('%s finds in %s: %s', (path, name, date) => expect(feedPattern(path).dateOf(name)).toBe(date));
});
