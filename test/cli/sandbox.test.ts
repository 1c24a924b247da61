import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { vigie } from '../kit/command-line.ts';

const sandbox = (folder: string, endsOn: string, ...more: string[]) =>
  vigie('sandbox', '--folder', folder, '--ends-on', endsOn, '--days', '14', '--no-run', ...more);
const emptyFolder = () => mkdtemp(join(tmpdir(), 'vigie-sandbox-'));

test('the same company again keeps what was computed; one of another day starts afresh, and says so', async () => {
  const folder = join(await emptyFolder(), 'company');
  const figure = join(folder, '.vigie', 'figure');
  const made = await sandbox(folder, '2026-03-10', '--files');
  expect([made.code, made.err]).toEqual([0, '']);
  expect(made.out).not.toContain('taken away');
  writeFileSync(figure, '1');

  expect((await sandbox(folder, '2026-03-10', '--files')).out).not.toContain('taken away');
  expect(existsSync(figure)).toBe(true);

  expect((await sandbox(folder, '2026-03-11', '--files')).out).toContain('taken away');
  expect(existsSync(figure)).toBe(false);
});

test('somebody’s own folder is left alone', async () => {
  const folder = await emptyFolder();
  writeFileSync(join(folder, 'vigie.yaml'), 'company: { name: Mine }\n');
  const { code, err } = await sandbox(folder, '2026-03-10', '--files');
  expect(code).toBe(2);
  expect(err).toContain('no sandbox wrote');
  expect(existsSync(join(folder, '.vigie'))).toBe(false);
});

test('by default vendors are asked: their addresses in vigie.yaml, their credentials for the owner only', async () => {
  const folder = await emptyFolder();
  const { code, out, err } = await sandbox(folder, '2026-03-10', '--scale', '0.1');
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain('8 vendors on loopback');
  const text = readFileSync(join(folder, 'vigie.yaml'), 'utf8');
  const sources: { kind: string; base_url?: string }[] = parse(text).sources;
  const asked = sources.filter(({ kind }) => kind !== 'files');
  expect(asked.map(({ kind }) => kind)).toEqual([
    'sap-s4',
    'sap-commerce',
    'google-ads',
    'microsoft-ads',
    'linkedin-ads',
    'meta-ads',
    'ga4',
    'search-console',
  ]);
  const origins = asked.map(({ base_url: url }) => new URL(url ?? '').origin);
  expect(new Set(origins).size).toBe(8);
  for (const origin of origins) expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const secrets = join(folder, '.vigie', 'secrets.json');
  expect(statSync(secrets).mode & 0o777).toBe(0o600);
  expect(Object.keys(JSON.parse(readFileSync(secrets, 'utf8')) as object).sort()).toEqual(
    asked.map(({ kind }) => kind).sort(),
  );
  expect(text).not.toMatch(/PRIVATE KEY|tyres-Roll|refresh-token/);
  // The vendors are gone with the command.
  await expect(fetch(origins[0] ?? '')).rejects.toThrow();
});

test.each([
  ['by a company that has no choice', ['--crm', 'salesforce'], '--company saas'],
  [
    'that there is none of',
    ['--company', 'saas', '--crm', 'pipedrive'],
    'hubspot, salesforce, dynamics-sales',
  ],
  ['where nothing is simulated', ['--company', 'saas', '--crm', 'salesforce', '--files'], '--files'],
])('a CRM %s is refused, and nothing is made', async (_, more, hint) => {
  const folder = join(await emptyFolder(), 'company');
  const { code, err } = await vigie('sandbox', '--folder', folder, '--no-run', ...more);
  expect(code).toBe(2);
  expect(err).toContain(hint);
  expect(existsSync(folder)).toBe(false);
});

test('a port that was named and is taken is an error that says so', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as { port: number };
  const { code, err } = await sandbox(
    await emptyFolder(),
    '2026-03-10',
    '--scale',
    '0.1',
    '--port',
    String(port),
  );
  taken.close();
  expect(code).toBe(2);
  expect(err).toContain(`Port ${port} is taken`);
});

test('options that contradict each other are refused', async () => {
  const { code, err } = await sandbox(await emptyFolder(), '2026-03-10', '--files', '--chaos', '7');
  expect(code).toBe(2);
  expect(err).toContain('--files');
});

test('another company has a folder of its own; one that does not exist is an error with the names there are', async () => {
  const unknown = await vigie('sandbox', '--company', 'bakery', '--no-run');
  expect(unknown.code).toBe(2);
  expect(unknown.err).toContain('bakery');
  expect(unknown.err).toContain('wholesale');
  expect(unknown.err).toContain('saas (a made-up software company)');

  const folder = join(await emptyFolder(), 'company');
  const made = await vigie(
    ...['sandbox', '--company', 'saas', '--folder', folder, '--ends-on', '2026-03-10'],
    ...['--days', '90', '--scale', '0.2', '--no-run'],
  );
  expect([made.code, made.err]).toEqual([0, '']);
  expect(made.out).toContain('1 vendor on loopback');
  expect(made.out).toContain('A made-up software company: 90 days');
  const text = readFileSync(join(folder, 'vigie.yaml'), 'utf8');
  expect(text).toContain('name: Kervello');
  const crm = parse(text).sources[0] as { kind: string; base_url: string };
  expect(crm).toMatchObject({
    kind: 'hubspot',
    base_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
  });
  const secrets = join(folder, '.vigie', 'secrets.json');
  expect(Object.keys(JSON.parse(readFileSync(secrets, 'utf8')) as object)).toEqual(['hubspot']);
});
