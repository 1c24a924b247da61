import { type ChildProcess, fork } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FunctionName } from '../../../infra/access.ts';

/** What came of an invocation, where the function itself failed: thrown with the name that Step Functions retries by. */
export class LambdaFailure extends Error {
  constructor(name: string, cause: string) {
    super(cause);
    this.name = name;
  }
}

export interface LambdasOptions {
  /** The folder with a function’s bundle. */
  readonly bundle: (name: FunctionName) => string;
  readonly env: (name: FunctionName) => Readonly<Record<string, string | undefined>>;
  /** What all functions print goes there. */
  readonly logFile: string;
  /** What the functions' clock says when an event comes; absent: the machine's. */
  readonly now?: () => Date;
}

/** Lambda on one machine: a process an instance, kept warm, one event at a time in each. */
export interface Lambdas {
  /** Throws a `LambdaFailure`. `started` is told of the process, so that a test can kill it. */
  invoke(
    name: FunctionName,
    event: unknown,
    options?: { readonly millis?: number; readonly started?: (kill: () => void) => void },
  ): Promise<unknown>;
  /** After a deployment: whoever waits for an event ends, and the next one meets what is deployed now. */
  renew(): void;
  stop(): Promise<void>;
}

const HOST = fileURLToPath(new URL('./lambda-host.mjs', import.meta.url));
const FIFTEEN_MINUTES = 900_000;

export function lambdas({ bundle, env, logFile, now }: LambdasOptions): Lambdas {
  const idle = new Map<FunctionName, ChildProcess[]>();
  const all = new Set<ChildProcess>();
  const log = createWriteStream(logFile, { flags: 'a' });
  // Every instance prints into it.
  log.setMaxListeners(0);
  return {
    async invoke(name, event, { millis = FIFTEEN_MINUTES, started } = {}) {
      const child = idle.get(name)?.pop() ?? (await start(join(bundle(name), 'index.mjs'), env(name), log));
      all.add(child);
      started?.(() => child.kill('SIGKILL'));
      const answer = await ask(child, { event, millis, now: now?.().getTime() });
      idle.set(name, [...(idle.get(name) ?? []), child]);
      if (answer.error) throw new LambdaFailure(answer.error.errorType, JSON.stringify(answer.error));
      return answer.result;
    },
    renew() {
      for (const child of [...idle.values()].flat()) child.kill();
      idle.clear();
    },
    async stop() {
      for (const child of all) child.kill();
      await new Promise((resolve) => log.end(resolve));
    },
  };
}

interface Answer {
  readonly ready?: true;
  readonly result?: unknown;
  readonly error?: { readonly errorType: string; readonly errorMessage: string };
}

async function start(
  file: string,
  env: ReturnType<LambdasOptions['env']>,
  log: WriteStream,
): Promise<ChildProcess> {
  const { VITEST: _, NODE_OPTIONS: __, ...rest } = process.env;
  const child = fork(HOST, [file], {
    execArgv: ['--enable-source-maps'],
    env: { ...rest, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  child.setMaxListeners(0);
  await nextMessage(child);
  return child;
}

async function ask(child: ChildProcess, message: object): Promise<Answer> {
  child.send(message);
  return nextMessage(child);
}

/** A process that is killed while it works is, to Step Functions, a function whose sandbox is gone. */
function nextMessage(child: ChildProcess): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown): void => {
      child.off('exit', onExit);
      resolve(message as Answer);
    };
    const onExit = (code: number | null, signal: string | null): void => {
      child.off('message', onMessage);
      const cause = JSON.stringify({
        errorMessage: `RequestId: 1 Error: Runtime exited (${signal ?? code})`,
      });
      reject(new LambdaFailure('Lambda.Unknown', cause));
    };
    child.once('message', onMessage);
    child.once('exit', onExit);
  });
}
