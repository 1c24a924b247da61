import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { localSecrets } from '../../../functions/platform/local/local-secrets.ts';

let folder = '';
const at = () => join(folder, 'secrets.json');
const secrets = (env = {}) => localSecrets({ file: at(), env });
const put = (text: string, mode = 0o600) => writeFile(at(), text).then(() => chmod(at(), mode));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-secrets-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('reads the environment, under a name it can hold', async () => {
  expect(await secrets({ VIGIE_SECRET_SMTP_HOST_2: 'x' }).get('smtp-host.2')).toBe('x');
});

test('reads the file first: a rotated value is newer than the environment', async () => {
  const store = secrets({ VIGIE_SECRET_TOKEN: 'old' });
  expect(await store.get('token')).toBe('old');
  await store.put('token', 'new');
  await store.put('other', 'y');
  expect(await store.get('token')).toBe('new');
  expect(JSON.parse(await readFile(at(), 'utf8'))).toEqual({ token: 'new', other: 'y' });
  expect((await stat(at())).mode & 0o777).toBe(0o600);
});

test('names every place it looked at', async () => {
  await expect(secrets().get('smtp')).rejects.toMatchObject({
    code: 'SECRET_MISSING',
    message: `no secret smtp: looked for "smtp" in ${at()}, then for the environment variable VIGIE_SECRET_SMTP`,
  });
});

test('refuses a file that others can read', async () => {
  await put('{"smtp":"s3cret"}', 0o644);
  await expect(secrets().get('smtp')).rejects.toMatchObject({
    code: 'SECRETS_OPEN',
    hint: `Close it: chmod 600 ${at()}`,
  });
});

test.each(['{"smtp": s3cret', '["s3cret"]', '{"smtp": ["s3cret"]}'])(
  'never repeats the text of a broken file: %s',
  async (text) => {
    await put(text);
    const error = await secrets()
      .get('smtp')
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'SECRETS_INVALID' });
    expect(JSON.stringify([String(error), error, (error as Error).cause ?? null])).not.toContain('s3cret');
  },
);

test('keeps a secret of several fields readable: an object, not JSON within JSON', async () => {
  await put('{"ads": {"token": "a1"}, "smtp": "smtps://x"}');
  expect(await secrets().get('ads')).toBe('{"token":"a1"}');
  await secrets().put('ads', '{"token":"a2"}');
  expect(JSON.parse(await readFile(at(), 'utf8'))).toEqual({ ads: { token: 'a2' }, smtp: 'smtps://x' });
  expect(await secrets().get('smtp')).toBe('smtps://x');
});

test('sources that rotate their tokens at once lose none', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `source-${index}`);
  const store = secrets();
  const other = secrets();
  await Promise.all(names.map((name, index) => (index % 2 ? store : other).put(name, `token ${index}`)));
  expect(Object.keys(JSON.parse(await readFile(at(), 'utf8')))).toHaveLength(names.length);
});
