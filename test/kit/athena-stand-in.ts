import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Bucket } from '../../functions/platform/bucket.ts';
import { athenaText } from './athena-csv.ts';
import { type AthenaFaults, noFaults, takes } from './athena-faults.ts';
import { begin, fileOf, isDdl, type StandInQuery } from './athena-queries.ts';

export interface AthenaStandInOptions {
  readonly trinoUrl: string;
  /** Where result files go: a bucket on moto, or a part of one. */
  readonly results: Bucket;
  readonly workgroup: string;
}

/** Athena's API on loopback. docs/athena-stand-in.md says what it cannot prove. */
export interface AthenaStandIn {
  readonly url: string;
  readonly faults: AthenaFaults;
  /** Every query begun, in order. */
  readonly queries: readonly StandInQuery[];
  stop(): Promise<void>;
}

type Body = Readonly<Record<string, unknown>>;

/** An error as the service tells it. */
class ServiceError extends Error {
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

/** Starts it. It speaks the part of Athena's API (AWS JSON 1.1) that Vigie uses. */
export async function startAthenaStandIn(options: AthenaStandInOptions): Promise<AthenaStandIn> {
  const service = new Service(options);
  const server = createServer((request, response) => void answer(service, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults: service.faults,
    queries: service.queries,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(service: Service, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const send = (status: number, body: Body): void => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(body));
  };
  try {
    const operation = String(request.headers['x-amz-target']).replace('AmazonAthena.', '');
    const body = service.call(operation, JSON.parse(await text(request)) as Body);
    if (takes(service.faults, 'drop')) request.socket.destroy();
    else send(200, body);
  } catch (error) {
    const told =
      error instanceof ServiceError
        ? error
        : new ServiceError('InternalServerException', String(error), {}, 500);
    send(told.status, { __type: told.type, Message: told.message, ...told.more });
  }
}

class Service {
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
