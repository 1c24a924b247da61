import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Manifest } from '../../functions/lake/run/manifest.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import type { Walked } from '../../infra/state-machine/walk.ts';
import { type SandboxSummary, writeSandbox } from '../../sandbox/companies/wholesale/write-sandbox.ts';
import { alertDays, comparableMail, figureLines } from '../kit/aws/outcome.ts';
import { printed, type TestStack, testStack } from '../kit/aws/stack.ts';
import { localRun, mailsIn } from '../kit/local-run.ts';

/** A month of the made-up company, through the functions that would be deployed and on this machine. */
const ENDS_ON = '2026-10-31';
const FROM = '2026-10-02';
const kpis = loadCatalogue().kpis.map((kpi) => kpi.id);

let sandbox: SandboxSummary;
let stack: TestStack;
let walked: Walked;
let local: Manifest;
let state: string;

beforeAll(async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'vigie-month-')), 'company');
  sandbox = await writeSandbox({ folder, endsOn: ENDS_ON, days: 75, scale: 0.25, seed: 7, stories: true });
  state = join(folder, '.vigie');
  local = await localRun({
    config: sandbox.config,
    state,
    asOf: ENDS_ON,
    from: FROM,
    at: new Date().toISOString(),
  });
  stack = await testStack({
    motoUrl: inject('motoUrl'),
    trinoUrl: inject('trinoUrl'),
    config: sandbox.config,
    folder,
  });
  walked = await stack.execute({ from: FROM, to: ENDS_ON });
});
afterAll(() => stack?.close());

describe('a month on AWS and on this machine', () => {
  test('the execution succeeds, stage by stage', () => {
    expect(walked).toMatchObject({ status: 'succeeded' });
    const stages = walked.entered.filter((name) => /Items$|^(Begin|End)$/.test(name));
    expect(stages).toEqual([
      'Begin',
      'PullItems',
      'LoadItems',
      'CheckItems',
      'MeasureItems',
      'JudgeItems',
      'ReportItems',
      'End',
    ]);
  });

  test('has the same snapshot, row by row', async () => {
    const here = await figureLines(fileBucket(state), kpis, FROM, ENDS_ON);
    const there = await figureLines(stack.bucket, kpis, FROM, ENDS_ON);
    expect(here.length).toBeGreaterThan(10_000);
    expect(there).toEqual(here);
  });

  test('has the same alerts on every day', async () => {
    const here = await alertDays(fileBucket(state));
    expect(Object.keys(here)).toHaveLength(30);
    expect(await alertDays(stack.bucket)).toEqual(here);
  });

  test('sends the same mails, each once, through SES', () => {
    const here = [...mailsIn(state).values()].map(comparableMail).sort();
    const there = stack.mail.mails.map(({ raw }) => comparableMail(raw)).sort();
    expect(here.length).toBeGreaterThan(1);
    expect(there).toEqual(here);
  });

  test('reports the same rows, findings and KPIs in its manifest', async () => {
    const { run } = JSON.parse(JSON.stringify(walked.output)) as { run: string };
    const there = JSON.parse(
      Buffer.from(await stack.bucket.read(`runs/${ENDS_ON}/${run}.json`)).toString('utf8'),
    ) as Manifest;
    expect(there.finishedAt).not.toBeNull();
    const facts = ({ pulls, loads, kpis: measured, checks, alerts }: Manifest) => ({
      pulls: pulls.map(({ source, status, batches }) => ({
        source,
        status,
        tables: batches.map(({ table, rows, rejected, totals }) => ({ table, rows, rejected, totals })),
      })),
      loads: loads.map(({ table, inserted, updated, deleted }) => ({ table, inserted, updated, deleted })),
      kpis: measured.map(({ kpi, status, rows }) => ({ kpi, status, rows })),
      checks,
      alerts,
    });
    expect(facts(there)).toEqual(facts(local));
    expect(there.kpis.every((kpi) => kpi.status === 'failed' || (kpi.bytesScanned ?? 0) >= 0)).toBe(true);
  });

  test('no function asks S3 for what its policy does not allow', () => {
    expect(stack.denied).toEqual([]);
  });

  test('a second execution changes no figure and tells nobody twice', async () => {
    const before = await figureLines(stack.bucket, kpis, FROM, ENDS_ON);
    const sent = stack.mail.mails.length;
    expect(await stack.execute({ date: ENDS_ON })).toMatchObject({ status: 'succeeded' });
    expect(await figureLines(stack.bucket, kpis, FROM, ENDS_ON)).toEqual(before);
    expect(stack.mail.mails).toHaveLength(sent);
  });

  test('every line that a function prints is JSON with its run, and holds no address', async () => {
    const lines = (await printed(stack)).split('\n').filter((line) => line !== '');
    expect(lines.length).toBeGreaterThan(50);
    for (const line of lines) expect(() => JSON.parse(line), line).not.toThrow();
    expect(lines.filter((line) => line.includes('@'))).toEqual([]);
  });
});
