import { createReadStream } from 'node:fs';
import { cp, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { glob } from 'tinyglobby';
import { openContext } from '../../../cli/context.ts';
import type { Company } from '../../../functions/lake/company/company.ts';
import { companyOfStage } from '../../../functions/lake/company/stage.ts';
import { pipeline } from '../../../functions/pipeline.ts';
import { bucketFromEnv } from '../../../functions/platform/aws/s3-bucket.ts';
import { silentLog } from '../../../functions/platform/log.ts';
import { type BundleName, type FunctionName, functionNames, mayTouch } from '../../../infra/access.ts';
import { bundleFunction } from '../../../infra/bundles/bundle.ts';
import { type Deployed, writeBundles, writeCompany } from '../../../infra/bundles/write-bundles.ts';
import type { Json } from '../../../infra/state-machine/paths.ts';
import { pipelineMachine } from '../../../infra/state-machine/pipeline-machine.ts';
import { type Walked, walk } from '../../../infra/state-machine/walk.ts';
import { type AthenaWorld, athenaWorld } from '../moto-world.ts';
import { LambdaFailure, type Lambdas, lambdas } from './lambdas.ts';
import { type S3Gate, startS3Gate, type Verdict } from './s3-gate.ts';
import { type Published, topicsOf } from './topics.ts';

/** A stack as `cdk deploy` would make it, on loopback: the bundles that would be deployed, in the machine’s order. */
export interface TestStack extends AthenaWorld {
  /** Before S3, for each function: what its policy does not allow is denied, and noted in `denied`. */
  readonly faults: S3Faults;
  readonly denied: readonly string[];
  readonly functions: Lambdas;
  readonly company: Company;
  /** What its two topics were told, in order. */
  readonly published: readonly Published[];
  /** What all functions printed. */
  readonly logFile: string;
  /** Deploys the company as its vigie.yaml says now; `company` stays what it was first. */
  deploy(): Promise<void>;
  /** Starts the state machine, as the schedule or a person would; a new execution each time. */
  execute(input: Json, invoke?: Invoke): Promise<Walked>;
}

/** What S3 does wrong, on demand. */
export interface S3Faults {
  judge: (name: FunctionName, method: string, path: string) => Verdict;
}

export type Invoke = (name: FunctionName, event: Json, call: (event: Json) => Promise<Json>) => Promise<Json>;

export interface StackOptions {
  readonly motoUrl: string;
  readonly trinoUrl: string;
  /** vigie.yaml; its exports lie beside it. */
  readonly config: string;
  /** Folder of the exports, whose files go into the drop folder under their relative names. */
  readonly folder: string;
  /** Whom the stack mails goes by it, as where it is deployed; absent: everybody, as in production. */
  readonly stage?: string;
  /** Whether somebody has subscribed to its two topics, as people do after a deployment: `published` is what they got. */
  readonly listens?: boolean;
  /** The clock of functions and executions, which goes on while an event is worked on; absent: the machine's. */
  readonly now?: () => Date;
  /** Bundles made before, so that several stacks share them. */
  readonly bundle?: (name: FunctionName) => string;
}

let executions = 0;

/** Code is the same for every company: of several stacks in a worker the first makes it. */
const made = new Map<BundleName, Promise<string>>();
async function madeOnce(name: BundleName): Promise<string> {
  const place = join(await mkdtemp(join(tmpdir(), 'vigie-code-')), name);
  await bundleFunction(name, place);
  return place;
}

/** The bundles that would be deployed, in a folder of their own. */
export async function bundlesOf(deployed: Deployed): Promise<(name: FunctionName) => string> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-bundles-'));
  await writeBundles(folder, deployed, async (name, place) => {
    const code = made.get(name) ?? madeOnce(name);
    made.set(name, code);
    await cp(await code, place, { recursive: true });
  });
  return (name) => join(folder, name);
}

export async function testStack(options: StackOptions): Promise<TestStack> {
  const company = await companyOf(options);
  const [world, { gates, ...guard }, bundle] = await Promise.all([
    athenaWorld(options.motoUrl, options.trinoUrl),
    gatesOf(options.motoUrl),
    options.bundle ?? bundlesOf({ company, folder: dirname(options.config) }),
  ]);
  const topics = await topicsOf(world.env, options.listens === true);
  const env = {
    ...world.env,
    ...topics.env,
    VIGIE_STATE_MACHINE: 'arn:aws:states:eu-west-1:123456789012:stateMachine:vigie-test',
  };
  const logFile = join(await mkdtemp(join(tmpdir(), 'vigie-lambda-')), 'log.ndjson');
  const envOf = (name: FunctionName) => ({ ...env, AWS_ENDPOINT_URL_S3: gates.get(name)?.url });
  const { now } = options;
  const functions = lambdas({ bundle, env: envOf, logFile, ...(now ? { now } : {}) });
  await deliver(world, options.folder);
  return {
    ...world,
    ...guard,
    env,
    functions,
    company,
    published: topics.published,
    logFile,
    bucket: bucketFromEnv(world.env),
    async deploy() {
      // A folder of bundles has one for each function.
      await writeCompany(dirname(bundle('run')), await companyOf(options));
      functions.renew();
    },
    execute: (input, invoke = (_, event, call) => call(event)) =>
      execute(functions, input, invoke, (now ?? (() => new Date()))().toISOString()),
    async close() {
      await functions.stop();
      for (const gate of gates.values()) await gate.stop();
      await topics.stop();
      await world.close();
    },
  };
}

/** A function asks for `/bucket/key`, or lists `/bucket?prefix=key`. */
function keyOf(path: string): string {
  const url = new URL(path, 'http://s3');
  const key = decodeURIComponent(url.pathname.split('/').slice(2).join('/'));
  return key === '' ? (url.searchParams.get('prefix') ?? '') : key;
}

async function gatesOf(motoUrl: string) {
  const faults: S3Faults = { judge: () => 'pass' };
  const denied: string[] = [];
  const gates = new Map<FunctionName, S3Gate>();
  for (const name of functionNames) {
    const gate = await startS3Gate(motoUrl);
    gate.judge = (method, path) => {
      const doing = method === 'GET' || method === 'HEAD' ? 'read' : 'write';
      if (mayTouch(name, doing, keyOf(path))) return faults.judge(name, method, path);
      denied.push(`${name} ${method} ${keyOf(path)}`);
      return 'deny';
    };
    gates.set(name, gate);
  }
  return { gates, faults, denied };
}

async function execute(functions: Lambdas, input: Json, invoke: Invoke, startedAt: string): Promise<Walked> {
  executions += 1;
  const machine = pipelineMachine(pipeline);
  const id = `arn:aws:states:eu-west-1:123456789012:execution:vigie-test:${process.pid}-${executions}`;
  const walked = await walk(machine, {
    input,
    execution: { id, startedAt },
    invoke: (name, event) =>
      invoke(
        name as FunctionName,
        event,
        async (each) => (await functions.invoke(name as FunctionName, each)) as Json,
      ),
  });
  if (walked.status === 'failed') await tellBroken(functions, id, walked);
  return walked;
}

/** What EventBridge does when an execution ends badly (infra/constructs/broken-run.ts). */
const tellBroken = (functions: Lambdas, executionArn: string, { error }: Walked): Promise<unknown> =>
  functions.invoke('run', {
    do: 'broken',
    event: { executionArn, status: 'FAILED', error: error?.Error, cause: error?.Cause },
  });

async function companyOf({ config, stage }: StackOptions): Promise<Company> {
  const context = await openContext({ config }, silentLog);
  await context.close();
  return stage === undefined ? context.company : companyOfStage(context.company, stage);
}

/** Puts the exports of a folder into the drop folder, as the systems of a company do. */
export async function deliver({ bucket }: Pick<AthenaWorld, 'bucket'>, folder: string): Promise<void> {
  for (const file of await glob('exports/**', { cwd: folder }))
    await bucket.writeStream(`inbox/${file}`, createReadStream(join(folder, file)));
}

/** What all functions printed so far. */
export const printed = (stack: TestStack): Promise<string> => readFile(stack.logFile, 'utf8');

export { LambdaFailure };
