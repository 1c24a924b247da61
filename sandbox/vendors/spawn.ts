import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { VigieError } from '../../functions/platform/errors.ts';
import { vigieFolder } from '../../functions/platform/vigie-folder.ts';
import type { MadeSandbox, SandboxOptions } from '../kit/folder.ts';
import type { ServedVendor } from './serve.ts';

export interface ChildOrder extends SandboxOptions {
  /** Which made-up company. */
  readonly company: string;
  /** Which CRM it has, where it may have one or another. */
  readonly crm?: string;
  readonly firstPort: number;
  /** Seed of the vendors' misbehaviour; null: they behave. */
  readonly chaos: number | null;
}

export type ChildAnswer =
  | { readonly kind: 'serving'; readonly summary: MadeSandbox; readonly vendors: readonly ServedVendor[] }
  | { readonly kind: 'refused'; readonly message: string; readonly code: string; readonly hint: string }
  | { readonly kind: 'broken'; readonly message: string };

export interface SpawnedSandbox {
  readonly summary: MadeSandbox;
  readonly vendors: readonly ServedVendor[];
  /** Ends the vendors. */
  close(): Promise<void>;
}

/** Invents the company and serves its vendors in a process of their own, until they are closed. */
export async function spawnSandbox(order: ChildOrder): Promise<SpawnedSandbox> {
  const child = fork(join(vigieFolder(), 'bin/vendors.js'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.send(order);
  const answer = await answerOf(child);
  if (answer.kind === 'serving')
    return { summary: answer.summary, vendors: answer.vendors, close: () => end(child) };
  await end(child);
  if (answer.kind === 'broken') throw new Error(`the simulated vendors failed: ${answer.message}`);
  throw new VigieError(answer.message, { code: answer.code, hint: answer.hint });
}

async function answerOf(child: ChildProcess): Promise<ChildAnswer> {
  const gone = once(child, 'exit').then(
    ([code, signal]): ChildAnswer => ({ kind: 'broken', message: `their process ended (${signal ?? code})` }),
  );
  const told = once(child, 'message').then(([answer]) => answer as ChildAnswer);
  return Promise.race([told, gone]);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  if (child.connected) child.disconnect();
  await gone;
}
