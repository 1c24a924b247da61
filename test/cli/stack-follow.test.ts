import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Context } from '../../cli/context.ts';
import type { Progress } from '../../cli/run/progress.ts';
import type { DeployedStack } from '../../cli/stack/find-stack.ts';
import { runOf } from '../../cli/stack/follow.ts';
import { followOnStack, redriveOnStack, type StackRun, startOnStack } from '../../cli/stack/run-on-stack.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { parseCompany } from '../../functions/lake/company/file.ts';
import { takeLock } from '../../functions/lake/run/lock.ts';
import { type ItemOutcome, saveManifest, writeItems, writeRecord } from '../../functions/lake/run/record.ts';
import type { RunRef } from '../../functions/lake/run/run.ts';
import type { StepName } from '../../functions/pipeline.ts';
import type { ExecutionFacts, PipelineExecutions } from '../../functions/platform/aws/pipeline-executions.ts';
import type { Bucket } from '../../functions/platform/bucket.ts';
import { frozenClock } from '../../functions/platform/clock.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import { silentLog } from '../../functions/platform/log.ts';
import { begin } from '../../functions/run/begin.ts';
import { runs } from '../kit/runs.ts';
import { tables } from '../kit/tables.ts';

const ARN = 'arn:aws:states:eu-west-1:123456789012:execution:vigie-test:x';
const STARTED = '2026-11-22T06:00:04.123Z';
const catalogue = loadCatalogue();
const company = parseCompany(
  `
company: { name: Tiny, time_zone: Europe/Paris, currency: EUR }
sources:
  - { kind: files, name: erp, feeds: [{ table: budgets, path: b.csv, columns: { budget_id: B, starts_on: F, ends_on: T, amount: A, currency: C } }] }
`,
  'vigie.yaml',
  { tables, catalogue },
);

let bucket: Bucket;
let told: string[];
beforeEach(async () => {
  bucket = fileBucket(await mkdtemp(join(tmpdir(), 'vigie-follow-')));
  told = [];
});

const progress: Progress = {
  stage: (stage, items) => void told.push(`${stage.step}: ${items}`),
  item: (name, { status }) => void told.push(`  ${name} ${status}`),
  done: (summary) => void told.push(`  = ${summary}`),
  stop: () => void told.push('stopped'),
};

const execution = (given: Partial<ExecutionFacts> = {}): ExecutionFacts => ({
  arn: ARN,
  status: 'running',
  startedAt: STARTED,
  input: { date: '2026-11-21' },
  output: null,
  error: { Error: '', Cause: '' },
  ...given,
});
const run = runOf(execution(), company);

/** A stack whose execution does one thing before each look at it; the last look finds it ended. */
function stackRun(
  steps: readonly (() => Promise<unknown>)[],
  ended: Partial<ExecutionFacts>,
  others: Partial<PipelineExecutions> = {},
): StackRun {
  let at = 0;
  const executions: PipelineExecutions = {
    async describe() {
      await steps[at]?.();
      at += 1;
      return execution(at >= steps.length ? ended : {});
    },
    start: async (name, input) => `${name} ${JSON.stringify(input)}`,
    newest: async () => undefined,
    redrive: async () => {},
    ...others,
  };
  const stack = { name: 'vigie-test' } as DeployedStack;
  const platform = { bucket, clock: frozenClock(STARTED) } as unknown as Context['platform'];
  const context = { company, catalogue, platform, stack } as Context & { stack: DeployedStack };
  return { context, progress, executions, pause: async () => {} };
}

const items =
  (step: StepName, ...names: string[]) =>
  async () => {
    await saveManifest(bucket, run, null);
    await writeItems(bucket, run, step, names);
  };
const did =
  (step: StepName, item: string, outcome: Partial<ItemOutcome> = {}) =>
  () =>
    writeRecord(bucket, run, step, { item, status: 'ok', detail: '', report: null, ...outcome });
const ended =
  (of: RunRef = run) =>
  () =>
    saveManifest(bucket, of, '2026-11-22T06:09:00.000Z');
const nothing = async () => {};

describe('following an execution', () => {
  test('tells each stage and item once, as the steps record them', async () => {
    const steps = [
      nothing,
      items('pull', 'erp', 'shop'),
      did('pull', 'erp', { status: 'unfinished' }),
      () => Promise.all([did('pull', 'erp')(), did('pull', 'shop', { status: 'failed', detail: 'gone' })()]),
      nothing,
      items('load'),
      items('check', 'lake'),
      did('check', 'lake', { report: { findings: [] } } as object),
      items('measure'),
      items('judge', 'alerts'),
      async () => {
        await did('judge', 'alerts')();
        await items('report', 'mails')();
        await did('report', 'mails')();
        await ended()();
      },
    ];
    const manifest = await followOnStack(stackRun(steps, { status: 'succeeded' }), ARN);
    expect(manifest?.finishedAt).toBe('2026-11-22T06:09:00.000Z');
    expect(told).toEqual([
      'pull: 2',
      '  erp ok',
      '  shop failed',
      '  = nothing new',
      'load: 0',
      '  = 0 rows new, 0 changed, 0 gone',
      'check: 1',
      '  lake ok',
      '  = all in order',
      'measure: 0',
      '  = 0 KPIs, 0 new figures',
      'judge: 1',
      '  alerts ok',
      '  = 0 alerts open, 0 new',
      'report: 1',
      '  mails ok',
      '  = 0 mails sent, report written',
    ]);
  });

  test('an execution that fails says where, why, and how to go on; the terminal is given back', async () => {
    const errorMessage = 'LAKE_DATABASE_MISSING: there is no database vigie_test_lake\nDeploy again.';
    const error = { Error: 'StepError', Cause: JSON.stringify({ errorMessage }) };
    const broken = stackRun([items('pull', 'erp'), items('load'), items('check', 'lake')], {
      status: 'failed',
      error,
    });
    await expect(followOnStack(broken, ARN)).rejects.toMatchObject({
      code: 'RUN_BROKEN',
      message: `run ${run.run} broke off in check: there is no database vigie_test_lake`,
      hint: expect.stringMatching(
        /^Deploy again\.\n.*vigie run --stack vigie-test --redrive .*run-broken\.md/,
      ),
    });
    expect(told.at(-1)).toBe('stopped');
  });

  test('one whose next stage could not begin says so', async () => {
    const pulled = async () => {
      await items('pull', 'erp')();
      await did('pull', 'erp')();
    };
    const broken = stackRun([pulled], { status: 'failed', error: { Error: 'Lambda.Unknown', Cause: '' } });
    await expect(followOnStack(broken, ARN)).rejects.toThrow('broke off in load: Lambda.Unknown');
  });

  test.each([
    ['timed out', 'took longer than a run may, and was ended, before its first step'],
    ['aborted', 'was stopped by somebody before its first step'],
  ] as const)('one that %s is told in words', async (status, words) => {
    await expect(followOnStack(stackRun([nothing], { status }), ARN)).rejects.toThrow(words);
  });

  test('one that found another run at work names it', async () => {
    const other = {
      run: '2026-11-20.20261121T060000Z',
      asOf: '2026-11-20',
      from: '2026-11-20',
      startedAt: 'T',
    };
    await takeLock({ bucket, executions: { isRunning: async () => true } }, other);
    const busy = stackRun([nothing], { status: 'succeeded', output: { status: 'busy', heldBy: other.run } });
    await expect(followOnStack(busy, ARN)).rejects.toMatchObject({
      code: 'RUN_BUSY',
      message: expect.stringContaining(other.run),
    });
  });

  test('one that had nothing to do leaves no manifest', async () => {
    const idle = stackRun([nothing], { status: 'succeeded', output: { status: 'nothing' } });
    expect(await followOnStack(idle, ARN)).toBeNull();
  });

  test('one without a record is no success', async () => {
    const odd = stackRun([nothing], { status: 'succeeded' });
    await expect(followOnStack(odd, ARN)).rejects.toMatchObject({ code: 'RUN_UNKNOWN' });
  });
});

test('the run that is followed is the one that the stack begins, whatever it is started with', () =>
  fc.assert(
    fc.asyncProperty(
      // No day asked for lies ahead of any.
      fc.date({ min: new Date('2026-10-26T12:00:00Z'), max: new Date('2027-12-31'), noInvalidDate: true }),
      fc.constantFrom({}, { date: '2026-03-29' }, { from: '2026-01-01', to: '2026-10-25' }, null),
      async (at, input) => {
        const startedAt = at.toISOString();
        const fresh = fileBucket(await mkdtemp(join(tmpdir(), 'vigie-begin-')));
        const platform = { bucket: fresh, executions: { isRunning: async () => false }, log: silentLog };
        const begun = await begin(platform, {
          deployed: { company, deployment: 'd1' },
          catalogue: { kpis: [], lists: [] },
          own: {},
          execution: ARN,
          startedAt,
          input,
        });
        expect(runOf(execution({ startedAt, input }), company)).toEqual(begun.run);
      },
    ),
    { numRuns: runs(25) },
  ));

describe('starting', () => {
  test.each([
    [{}, 'by-hand_yesterday_20261122T0600 {}'],
    [{ date: '2026-11-21' }, 'by-hand_2026-11-21_20261122T0600 {"date":"2026-11-21"}'],
    [
      { from: '2026-01-01', to: '2026-11-21' },
      'by-hand_2026-01-01_2026-11-21_20261122T0600 {"from":"2026-01-01","to":"2026-11-21"}',
    ],
  ])('%j twice within a minute has one name', async (input, started) => {
    const stack = stackRun([], {});
    expect(await startOnStack(stack, input)).toBe(started);
    expect(await startOnStack(stack, input)).toBe(started);
    expect(started.split(' ')[0]).toMatch(/^[\w-]{1,80}$/);
  });
});

describe('redriving', () => {
  test('resumes the newest that failed', async () => {
    const redriven: string[] = [];
    const stack = stackRun(
      [],
      {},
      {
        newest: async (...statuses) => (statuses.includes('failed') ? ARN : undefined),
        redrive: async (arn) => void redriven.push(arn),
      },
    );
    expect(await redriveOnStack(stack)).toBe(ARN);
    expect(redriven).toEqual([ARN]);
  });

  test('starts nothing while a run is at work, nor where none has failed', async () => {
    const redrive = async () => expect.unreachable();
    const working = stackRun([], {}, { redrive, newest: async () => ARN });
    await expect(redriveOnStack(working)).rejects.toMatchObject({ code: 'RUN_BUSY' });
    const well = stackRun([], {}, { redrive });
    await expect(redriveOnStack(well)).rejects.toMatchObject({ code: 'NOTHING_TO_REDRIVE' });
  });
});
