import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AthenaError } from '@aws-sdk/client-athena';
import type { Bucket } from '../../functions/platform/bucket.ts';
import type { Cell, ResultColumn } from '../../functions/platform/engine.ts';
import { messageOf } from '../../functions/platform/errors.ts';
import { resultFile } from './athena-csv.ts';
import { inTrinosWords } from './athena-ddl.ts';
import { type AthenaFaults, plannedFailure, takes } from './athena-faults.ts';
import { trinoEngine } from './trino-engine.ts';

/** One statement that the stand-in was asked to run. */
export interface StandInQuery {
  readonly id: string;
  readonly sql: string;
  readonly token: string;
  readonly database: string;
  readonly workgroup: string;
  readonly isLost: boolean;
  state: 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  reason?: string;
  error?: AthenaError;
  columns: readonly ResultColumn[];
  /** The first of the result's rows: for GetQueryResults. */
  rows: (readonly Cell[])[];
  bytes: number;
  readonly stop: AbortController;
  readonly submittedAt: Date;
}

export interface QueryWorld {
  readonly trinoUrl: string;
  /** Where results go, and its address. */
  readonly results: Bucket;
  readonly faults: AthenaFaults;
}

const ROWS_KEPT = 5_000;
const LABEL = 'athena';

export const isSelect = (sql: string): boolean => /^\s*(SELECT|WITH|VALUES|\(|SHOW|DESCRIBE)/i.test(sql);
export const isDdl = (sql: string): boolean => /^\s*(CREATE|ALTER|DROP)/i.test(sql);
export const fileOf = (query: Pick<StandInQuery, 'id' | 'sql'>): string =>
  `${query.id}.${isDdl(query.sql) ? 'txt' : 'csv'}`;

/** Takes a statement on and runs it, through Athena's states. */
export function begin(
  world: QueryWorld,
  request: Pick<StandInQuery, 'sql' | 'token' | 'database' | 'workgroup'>,
): StandInQuery {
  const query: StandInQuery = {
    ...request,
    id: randomUUID(),
    isLost: takes(world.faults, 'lose'),
    state: 'QUEUED',
    columns: [],
    rows: [],
    bytes: 0,
    stop: new AbortController(),
    submittedAt: new Date(),
  };
  void run(world, query);
  return query;
}

async function run(world: QueryWorld, query: StandInQuery): Promise<void> {
  await sleep(1);
  if (query.state !== 'QUEUED') return;
  query.state = 'RUNNING';
  try {
    const planned = plannedFailure(world.faults, query.sql);
    if (planned?.worked) await work(world, query);
    if (planned) return end(query, 'FAILED', planned.reason, planned.error);
    if (takes(world.faults, 'cutOff')) return end(query, 'CANCELLED', 'Bytes scanned limit was exceeded');
    await sleep(world.faults.slowness, undefined, { signal: query.stop.signal });
    await work(world, query);
    end(query, 'SUCCEEDED');
  } catch (error) {
    if (query.stop.signal.aborted) return;
    end(query, 'FAILED', messageOf(error).replace(`${LABEL}: `, ''), { ErrorCategory: 2, ErrorType: 1000 });
  }
}

/** A stopped query stays CANCELLED. */
function end(query: StandInQuery, state: StandInQuery['state'], reason?: string, error?: AthenaError): void {
  if (query.state === 'CANCELLED') return;
  query.state = state;
  if (reason !== undefined) query.reason = reason;
  if (error !== undefined) query.error = { ...error, ErrorMessage: reason };
}

async function work(world: QueryWorld, query: StandInQuery): Promise<void> {
  const trino = trinoEngine({ url: world.trinoUrl, catalog: 'awsdatacatalog', schema: query.database });
  const options = { label: LABEL, signal: query.stop.signal };
  if (!isSelect(query.sql)) {
    for (const sql of inTrinosWords(query.sql)) {
      query.bytes += (await trino.execute(sql, options)).bytesScanned ?? 0;
    }
    if (isDdl(query.sql)) await world.results.write(fileOf(query), '');
    return;
  }
  const result = await trino.query(query.sql, options);
  query.columns = result.columns;
  const kept = async function* () {
    for await (const chunk of result.chunks) {
      if (query.rows.length < ROWS_KEPT) query.rows.push(...chunk);
      yield chunk;
    }
  };
  await world.results.writeStream(fileOf(query), resultFile(result.columns, kept()));
  query.bytes = result.stats().bytesScanned ?? 0;
}
