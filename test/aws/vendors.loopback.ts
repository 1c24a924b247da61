import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { writeSecrets } from '../../cli/commands/sandbox-secrets.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import type { Walked } from '../../infra/state-machine/walk.ts';
import { type ServedSandbox, serveSandbox } from '../../sandbox/companies/wholesale/serve-sandbox.ts';
import { figureLines } from '../kit/aws/outcome.ts';
import { pullsOf, saidAndKept, storeSecrets } from '../kit/aws/served-company.ts';
import { type TestStack, testStack } from '../kit/aws/stack.ts';
import { localRun } from '../kit/local-run.ts';

/**
 * Sources over their vendors’ APIs on the AWS path: SAP, SAP Commerce, four ad platforms and Google Analytics answer on
 * loopback; the deployed bundle of `pull` asks them with secrets of Secrets Manager.
 */
const ENDS_ON = '2026-10-31';
const FROM = '2026-10-30';
const kpis = loadCatalogue().kpis.map((kpi) => kpi.id);

let sandbox: ServedSandbox;
let stack: TestStack;
let walked: Walked;
let state: string;

beforeAll(async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'vigie-vendors-')), 'company');
  // Functions have the machine’s clock, and tokens an hour of it.
  const now = () => new Date();
  sandbox = await serveSandbox({
    ...{ folder, endsOn: ENDS_ON, days: 20, scale: 0.2, seed: 7, stories: false, firstPort: 0, now },
  });
  const { config } = sandbox.summary;
  state = join(folder, '.vigie');
  await writeSecrets(folder, sandbox.servers.vendors);
  await localRun({ config, state, asOf: ENDS_ON, from: FROM, at: now().toISOString() });
  stack = await testStack({ motoUrl: inject('motoUrl'), trinoUrl: inject('trinoUrl'), config, folder });
  await storeSecrets(stack, sandbox.servers.vendors);
  walked = await stack.execute({ from: FROM, to: ENDS_ON });
});
afterAll(async () => {
  await stack?.close();
  await sandbox?.servers.close();
});

describe('sources over their APIs, on AWS and on this machine', () => {
  test('the execution succeeds and pulls from every vendor', async () => {
    expect(walked).toMatchObject({ status: 'succeeded' });
    const pulls = await pullsOf<{ source: string; status: string; api?: { title: string } }>(
      stack,
      walked,
      ENDS_ON,
    );
    expect(pulls.filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(pulls.filter(({ api }) => api !== undefined)).toHaveLength(sandbox.servers.vendors.length);
  });

  test('has the same snapshot, row by row', async () => {
    const here = await figureLines(fileBucket(state), kpis, FROM, ENDS_ON);
    expect(here.length).toBeGreaterThan(1_000);
    expect(await figureLines(stack.bucket, kpis, FROM, ENDS_ON)).toEqual(here);
  });

  test('no function asks S3 for what its policy does not allow', () => {
    expect(stack.denied).toEqual([]);
  });

  test('neither what is printed nor what is kept holds a secret or an address', async () => {
    const secrets = sandbox.servers.vendors
      .flatMap(({ secret }) => Object.values(secret))
      .filter((value) => value.length >= 8);
    const all = await saidAndKept(stack);
    expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
    expect(all).not.toMatch(/[a-z]@[a-z]+\.example/);
  });
});
