import {
  AthenaClient,
  type ColumnInfo,
  GetQueryResultsCommand,
  type QueryExecution,
} from '@aws-sdk/client-athena';
import type { S3Client } from '@aws-sdk/client-s3';
import pLimit from 'p-limit';
import type { Cell, Engine, Result, StatementOptions, StatementStats } from '../engine.ts';
import { VigieError } from '../errors.ts';
import { cellReader, columnsOfResult } from './athena-cells.ts';
import { csvRecords } from './athena-csv.ts';
import { type AthenaNames, athenaDialect } from './athena-dialect.ts';
import { cancelled, nameOf, requestFailed } from './athena-errors.ts';
import { scanPrice } from './athena-price.ts';
import { type AthenaRunOptions, runToEnd } from './athena-run.ts';
import { type Environment, stackFact } from './aws-environment.ts';
import { clientSettings } from './client-settings.ts';
import { s3ClientFromEnv } from './s3-client.ts';
import { streamObject } from './s3-stream.ts';

export interface AthenaOptions extends AthenaNames, Omit<AthenaRunOptions, 'database'> {
  /** Reads the result files. */
  readonly s3: S3Client;
  /** Statements that run at a time, at most; the others wait here. Default 8 (Athena's own default quota: 20 and more). */
  readonly concurrency?: number;
  /** Price of a TB scanned, in US dollars; default 5, that of most regions. */
  readonly usdPerTb?: number;
}

const CONCURRENCY = 8;

/** The engine of the stack. Closing it closes its clients. */
export function engineFromEnv(env: Environment): Engine {
  const price = Number(env['VIGIE_ATHENA_USD_PER_TB'] ?? '');
  return athenaEngine({
    client: new AthenaClient(clientSettings(env, 'ATHENA')),
    s3: s3ClientFromEnv(env),
    workgroup: stackFact(env, 'workgroup'),
    landingDatabase: stackFact(env, 'landingDatabase'),
    lakeDatabase: stackFact(env, 'lakeDatabase'),
    lakeLocation: `s3://${stackFact(env, 'bucket')}/lake/`,
    ...(price > 0 ? { usdPerTb: price } : {}),
  });
}

/** Amazon Athena (engine version 3) as an engine. Results are read as a stream from the file that Athena writes. */
export function athenaEngine(options: AthenaOptions): Engine {
  const run: AthenaRunOptions = { ...options, database: options.lakeDatabase };
  const limit = pLimit(options.concurrency ?? CONCURRENCY);
  const runLimited = (sql: string, statement?: StatementOptions): Promise<QueryExecution> =>
    limit(() => runToEnd(run, sql, statement));
  return {
    dialect: athenaDialect(options),
    async query(sql, statement) {
      const started = performance.now();
      const execution = await runLimited(sql, statement);
      return readResult(options, execution, statement, () => statsOf(options, execution, started));
    },
    async execute(sql, statement) {
      const started = performance.now();
      return statsOf(options, await runLimited(sql, statement), started);
    },
    async close() {
      options.client.destroy();
      options.s3.destroy();
    },
  };
}

function statsOf(options: AthenaOptions, execution: QueryExecution, started: number): StatementStats {
  const bytes = execution.Statistics?.DataScannedInBytes;
  const isDdl = execution.StatementType === 'DDL';
  return {
    seconds: (performance.now() - started) / 1000,
    ...(bytes === undefined ? {} : { bytesScanned: bytes }),
    usd: scanPrice(isDdl ? undefined : bytes, options.usdPerTb),
  };
}

async function readResult(
  options: AthenaOptions,
  execution: QueryExecution,
  statement: StatementOptions | undefined,
  stats: () => StatementStats,
): Promise<Result> {
  const columns = columnsOfResult(await columnInfos(options, execution, statement));
  const readers = columns.map(({ type }) => cellReader(type));
  const file = resultFile(execution, statement);
  async function* chunks(): AsyncGenerator<Cell[][]> {
    let isHead = true;
    for await (const records of csvRecords(streamObject(options.s3, file))) {
      if (statement?.signal?.aborted) throw cancelled(statement);
      const rows = isHead ? records.slice(1) : records;
      isHead = false;
      if (rows.length > 0) yield rows.map((row) => readers.map((read, index) => read(row[index] ?? null)));
    }
  }
  return { columns, chunks: chunks(), stats };
}

/** The types stand in the metadata of the first page alone; its rows are read from the file like all others. */
async function columnInfos(
  { client }: AthenaOptions,
  { QueryExecutionId, Query }: QueryExecution,
  statement: StatementOptions | undefined,
): Promise<readonly ColumnInfo[]> {
  try {
    const { ResultSet } = await client.send(new GetQueryResultsCommand({ QueryExecutionId, MaxResults: 1 }));
    return ResultSet?.ResultSetMetadata?.ColumnInfo ?? [];
  } catch (error) {
    throw requestFailed(Query ?? '', statement, error);
  }
}

function resultFile(
  { ResultConfiguration }: QueryExecution,
  statement: StatementOptions | undefined,
): { Bucket: string; Key: string } {
  const address = ResultConfiguration?.OutputLocation ?? '';
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(address) ?? [];
  if (Bucket !== undefined && Key !== undefined) return { Bucket, Key };
  throw new VigieError(`${nameOf(statement)}: Athena does not say where its result is`, {
    code: 'AWS_WORKGROUP',
    hint: 'The workgroup keeps results in Athena’s own storage or has no output location: deploy the stack again, which sets one.',
  });
}
