import type { Bucket } from '../../functions/platform/bucket.ts';
import { athenaText } from './athena-csv.ts';
import { noFaults, takes } from './athena-faults.ts';
import { begin, fileOf, isDdl, type StandInQuery } from './athena-queries.ts';

export interface AthenaStandInOptions {
  readonly trinoUrl: string;
  /** Where result files go: a bucket on moto, or a part of one. */
  readonly results: Bucket;
  readonly workgroup: string;
}

export type Body = Readonly<Record<string, unknown>>;

/** An error as the service tells it. */
export class ServiceError extends Error {
  readonly type: string;
  readonly status: number;
  readonly more: Body;

  constructor(type: string, message: string, more: Body = {}, status = 400) {
    super(message);
    this.type = type;
    this.more = more;
    this.status = status;
  }
}

const invalid = (message: string, AthenaErrorCode = 'INVALID_INPUT'): ServiceError =>
  new ServiceError('InvalidRequestException', message, { AthenaErrorCode });

/** The operations of Athena that Vigie calls. */
export class AthenaService {
  readonly faults = noFaults();
  readonly queries: StandInQuery[] = [];
  readonly #options: AthenaStandInOptions;

  constructor(options: AthenaStandInOptions) {
    this.#options = options;
  }

  call(operation: string, body: Body): Body {
    if (takes(this.faults, 'throttle')) throw new ServiceError('TooManyRequestsException', 'Rate exceeded');
    if (takes(this.faults, 'stumble'))
      throw new ServiceError('InternalServerException', 'Internal server error', {}, 500);
    if (operation === 'StartQueryExecution') return this.#start(body);
    if (operation === 'GetQueryExecution') return { QueryExecution: this.#describe(this.#find(body)) };
    if (operation === 'GetQueryResults') return resultPage(this.#find(body), body);
    if (operation === 'StopQueryExecution') return stop(this.#find(body));
    throw new ServiceError('UnknownOperationException', `the stand-in has no ${operation}`);
  }

  #start(body: Body): Body {
    const sql = String(body['QueryString']);
    const token = String(body['ClientRequestToken'] ?? '');
    if (Buffer.byteLength(sql) > 262_144)
      throw invalid(
        "Value at 'queryString' failed to satisfy constraint: Member must have length less than or equal to 262144",
      );
    if (token.length < 32 || token.length > 128)
      throw invalid(
        "Value at 'clientRequestToken' failed to satisfy constraint: Member must have length greater than or equal to 32",
      );
    if (body['WorkGroup'] !== this.#options.workgroup) throw invalid('WorkGroup is not found.');
    const known = this.queries.find((query) => query.token === token);
    if (known && known.sql !== sql)
      throw invalid('Idempotent parameters do not match', 'IDEMPOTENT_PARAMETER_MISMATCH');
    if (known) return { QueryExecutionId: known.id };
    const { Database = 'default' } = (body['QueryExecutionContext'] ?? {}) as { Database?: string };
    const request = { sql, token, database: Database, workgroup: this.#options.workgroup };
    const query = begin({ ...this.#options, faults: this.faults }, request);
    this.queries.push(query);
    return { QueryExecutionId: query.id };
  }

  #find(body: Body): StandInQuery {
    const id = String(body['QueryExecutionId']);
    const query = this.queries.find((each) => each.id === id);
    if (query && !query.isLost) return query;
    throw invalid(`QueryExecution ${id} was not found`);
  }

  #describe(query: StandInQuery): Body {
    return {
      QueryExecutionId: query.id,
      Query: query.sql,
      StatementType: isDdl(query.sql) ? 'DDL' : 'DML',
      ResultConfiguration: { OutputLocation: this.#options.results.locate(fileOf(query)) },
      QueryExecutionContext: { Database: query.database },
      Status: {
        State: query.state,
        SubmissionDateTime: query.submittedAt.getTime() / 1000,
        ...(query.reason === undefined ? {} : { StateChangeReason: query.reason }),
        ...(query.error === undefined ? {} : { AthenaError: query.error }),
      },
      Statistics: { DataScannedInBytes: query.bytes },
      WorkGroup: query.workgroup,
    };
  }
}

function stop(query: StandInQuery): Body {
  if (query.state === 'QUEUED' || query.state === 'RUNNING') {
    query.state = 'CANCELLED';
    query.reason = 'Query cancelled by user';
    query.stop.abort();
  }
  return {};
}

/** The head is the first row of the first page, as with Athena. */
function resultPage(query: StandInQuery, { MaxResults = 1000, NextToken }: Body): Body {
  if (query.state !== 'SUCCEEDED')
    throw invalid(
      `Query has not yet finished. Current state: ${query.state}`,
      'INVALID_QUERY_EXECUTION_STATE',
    );
  const from = Number(NextToken ?? 0);
  const names = query.columns.map(({ name }) => name);
  const types = query.columns.map(({ type }) => type);
  const page = [names, ...query.rows].slice(from, from + Number(MaxResults));
  const next = from + page.length;
  return {
    ResultSet: {
      Rows: page.map((row) => ({
        Data: row.map((cell, index) =>
          cell === null ? {} : { VarCharValue: athenaText(cell, types[index] ?? '') },
        ),
      })),
      ResultSetMetadata: { ColumnInfo: query.columns.map(columnInfo) },
    },
    ...(next <= query.rows.length ? { NextToken: String(next) } : {}),
  };
}

function columnInfo({ name, type }: { readonly name: string; readonly type: string }): Body {
  const [, family = type, precision, scale] = /^(decimal)\((\d+),(\d+)\)$/.exec(type) ?? [];
  return {
    CatalogName: 'hive',
    Name: name,
    Label: name,
    Type: family === 'real' ? 'float' : family,
    Precision: Number(precision ?? 0),
    Scale: Number(scale ?? 0),
    Nullable: 'UNKNOWN',
  };
}
