import { existsSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { vigie } from '../kit/command-line.ts';

const sandbox = (folder: string, endsOn: string) =>
  vigie('sandbox', '--folder', folder, '--ends-on', endsOn, '--days', '14', '--no-run');

test('the same company again keeps what was computed; one of another day starts afresh, and says so', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'vigie-sandbox-')), 'company');
  const figure = join(folder, '.vigie', 'figure');
  const made = await sandbox(folder, '2026-03-10');
  expect([made.code, made.err]).toEqual([0, '']);
  expect(made.out).not.toContain('taken away');
  writeFileSync(figure, '1');

  expect((await sandbox(folder, '2026-03-10')).out).not.toContain('taken away');
  expect(existsSync(figure)).toBe(true);

  expect((await sandbox(folder, '2026-03-11')).out).toContain('taken away');
  expect(existsSync(figure)).toBe(false);
});

test('somebody’s own folder is left alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-sandbox-'));
  writeFileSync(join(folder, 'vigie.yaml'), 'company: { name: Mine }\n');
  const { code, err } = await sandbox(folder, '2026-03-10');
  expect(code).toBe(2);
  expect(err).toContain('no sandbox wrote');
  expect(existsSync(join(folder, '.vigie'))).toBe(false);
});
