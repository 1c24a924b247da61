import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { duckDbEngine } from '../../../functions/platform/local/duckdb-engine.ts';
import { emlMailer } from '../../../functions/platform/local/eml-mailer.ts';
import { fileBucket } from '../../../functions/platform/local/file-bucket.ts';
import { message } from '../../contracts/mailer-contract.ts';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'vigie-private-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const modeOf = (path: string): number => statSync(path).mode & 0o777;

/** Everything below a folder that others than its owner may look into. */
const openTo = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => modeOf(join(folder, name)) & 0o077,
  );

// A umask that hides nothing is what a service may be started with.
const UMASKS = [0o000, 0o022, 0o077];

describe.each(UMASKS)('with umask %i', (mask) => {
  let before: number;
  beforeEach(() => {
    before = process.umask(mask);
  });
  afterEach(() => {
    process.umask(before);
  });

  test('what is kept is for its owner only: folders, files, mails, the database', async () => {
    const state = join(parent, 'a', 'state');
    const bucket = fileBucket(state);
    await bucket.write('runs/2026-11-21/x.json', '{}');
    await bucket.create('outbox/1/claim.json', '{}');
    await bucket.writeStream(
      'rejected/x.ndjson.gz',
      (async function* () {
        yield new Uint8Array(3);
      })(),
    );
    await emlMailer(bucket).send(message());
    const engine = duckDbEngine({ file: join(state, 'vigie.duckdb'), bucket });
    await engine.execute('CREATE TABLE lake.t AS SELECT 1 AS a');
    await engine.close();
    expect(openTo(parent)).toEqual([]);
    expect(readdirSync(state)).toContain('vigie.duckdb');
    expect(modeOf(state)).toBe(0o700);
    expect(modeOf(join(state, 'runs/2026-11-21/x.json'))).toBe(0o600);
  });
});

test('an empty folder that was made beforehand is closed; one in use is somebody’s own', async () => {
  const empty = join(parent, 'empty');
  const used = join(parent, 'used');
  for (const folder of [empty, used]) mkdirSync(folder);
  mkdirSync(join(used, 'reports'));
  for (const folder of [empty, used]) chmodSync(folder, 0o755);
  for (const folder of [empty, used]) await fileBucket(folder).write('a/b.json', '{}');
  expect(modeOf(empty)).toBe(0o700);
  expect(modeOf(used)).toBe(0o755);
  expect(modeOf(join(used, 'a'))).toBe(0o700);
});

test('looking into a state folder that is not there makes none', async () => {
  const bucket = fileBucket(join(parent, 'nowhere'));
  expect(await bucket.exists('a.json')).toBe(false);
  expect(existsSync(join(parent, 'nowhere'))).toBe(false);
});
