import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AthenaClient,
  GetQueryExecutionCommand,
  type QueryExecution,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import type { StatementOptions } from '../engine.ts';
import { messageOf, VigieError } from '../errors.ts';
import { cancelled, executionFailed, lost, requestFailed, tookTooLong } from './athena-errors.ts';
import { failureOf } from './aws-errors.ts';

export interface AthenaRunOptions {
  readonly client: AthenaClient;
  readonly workgroup: string;
  /** Database of names that have none. */
  readonly database: string;
  /** After so many seconds a statement is stopped, or at its deadline; default 780, less than a Lambda function may run. */
  readonly timeoutSeconds?: number;
  /** Pauses between looks at a running statement, in ms: from the first, half as long again each time, to the longest. */
  readonly poll?: { readonly first: number; readonly longest: number };
  /** How often a statement is begun that failed for a passing reason; default 3. */
  readonly attempts?: number;
}

const TIMEOUT_SECONDS = 780;
const POLL = { first: 150, longest: 3_000 };
const ATTEMPTS = 3;

/**
 * Runs a statement to its end. What passes (a lost query, a commit that another writer beat, a service that stumbled)
 * is begun again: every statement of Vigie may be repeated. Throws `SQL_CANCELLED` after the signal, `SQL_TIMEOUT` (not to
 * be repeated) after the time limit or the deadline, having stopped the statement.
 */
export async function runToEnd(
  options: AthenaRunOptions,
  sql: string,
  statement: StatementOptions | undefined,
): Promise<QueryExecution> {
  const most = options.attempts ?? ATTEMPTS;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runOnce(options, sql, statement);
    } catch (error) {
      const passes = error instanceof VigieError && error.retryable && /^SQL_(LOST|FAILED)$/.test(error.code);
      if (!passes || attempt >= most) throw error;
      await sleep(jittered((options.poll ?? POLL).longest * attempt));
    }
  }
}

async function runOnce(
  options: AthenaRunOptions,
  sql: string,
  statement: StatementOptions | undefined,
): Promise<QueryExecution> {
  if (statement?.signal?.aborted) throw cancelled(statement);
  const limit = secondsLeft(options, statement);
  if (limit <= 0) throw tookTooLong(statement, 0);
  const id = await start(options, sql, statement);
  const timeout = AbortSignal.timeout(Math.round(limit * 1000));
  const stop = statement?.signal ? AbortSignal.any([statement.signal, timeout]) : timeout;
  try {
    const execution = await waitFor(options, id, statement, stop);
    if (execution.Status?.State === 'SUCCEEDED') return execution;
    throw ended(sql, statement, execution);
  } catch (error) {
    if (!stop.aborted) throw error;
    await stopQuery(options.client, id);
    throw timeout.aborted ? tookTooLong(statement, limit) : cancelled(statement);
  }
}

function secondsLeft(
  { timeoutSeconds = TIMEOUT_SECONDS }: AthenaRunOptions,
  statement?: StatementOptions,
): number {
  const deadline = statement?.deadline;
  if (deadline === undefined) return timeoutSeconds;
  return Math.min(timeoutSeconds, Math.round(deadline.getTime() - Date.now()) / 1000);
}

/**
 * The token makes the start of one call happen once, however often the request is repeated when its answer is lost.
 * It is new for each call: one made from the statement alone would hand out the result of an earlier time.
 * Results are never taken from an earlier query either.
 */
async function start(
  { client, workgroup, database }: AthenaRunOptions,
  sql: string,
  statement: StatementOptions | undefined,
): Promise<string> {
  try {
    const { QueryExecutionId } = await client.send(
      new StartQueryExecutionCommand({
        QueryString: sql,
        WorkGroup: workgroup,
        ClientRequestToken: randomUUID(),
        QueryExecutionContext: { Database: database },
        ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: false } },
      }),
    );
    if (QueryExecutionId) return QueryExecutionId;
    throw lost(statement, 'Athena took the statement and gave it no id');
  } catch (error) {
    throw requestFailed(sql, statement, error);
  }
}

/** Looks until the statement has ended. A new query may be unknown for a moment. */
async function waitFor(
  { client, poll = POLL }: AthenaRunOptions,
  id: string,
  statement: StatementOptions | undefined,
  stop: AbortSignal,
): Promise<QueryExecution> {
  let pause = poll.first;
  let unknown = 0;
  for (;;) {
    const execution = await look(client, id, statement, stop);
    unknown = execution ? 0 : unknown + 1;
    if (unknown > MOST_UNKNOWN) throw lost(statement, `Athena does not know the query ${id}, which it began`);
    if (execution && isOver(execution)) return execution;
    await sleep(jittered(pause), undefined, { signal: stop });
    pause = Math.min(poll.longest, pause * 1.5);
  }
}

const MOST_UNKNOWN = 3;

const isOver = ({ Status }: QueryExecution): boolean =>
  ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(Status?.State ?? '');

async function look(
  client: AthenaClient,
  id: string,
  statement: StatementOptions | undefined,
  stop: AbortSignal,
): Promise<QueryExecution | undefined> {
  try {
    const command = new GetQueryExecutionCommand({ QueryExecutionId: id });
    return (await client.send(command, { abortSignal: stop })).QueryExecution;
  } catch (error) {
    const isUnknown =
      failureOf(error).name === 'InvalidRequestException' && /not found/i.test(messageOf(error));
    if (isUnknown) return undefined;
    throw stop.aborted ? error : requestFailed('', statement, error);
  }
}

/** CANCELLED without our doing: the cut-off on bytes scanned, or somebody in the console. */
function ended(sql: string, statement: StatementOptions | undefined, execution: QueryExecution): VigieError {
  const { State, StateChangeReason } = execution.Status ?? {};
  const byLimit = /limit/i.test(StateChangeReason ?? '');
  if (State === 'CANCELLED' && !byLimit)
    return lost(statement, `cancelled in Athena${StateChangeReason ? `: ${StateChangeReason}` : ''}`);
  return executionFailed(sql, statement, execution);
}

/** A statement that has ended meanwhile cannot be stopped any more: nothing is wrong then. */
async function stopQuery(client: AthenaClient, id: string): Promise<void> {
  try {
    await client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
  } catch (error) {
    if (failureOf(error).name !== 'InvalidRequestException') throw requestFailed('', undefined, error);
  }
}

/** Between three quarters and five quarters, so that parallel statements do not ask in step. */
const jittered = (ms: number): number => ms * (0.75 + Math.random() / 2);
