import {
  AthenaClient,
  GetQueryExecutionCommand,
  InvalidRequestException,
  type QueryExecutionStatus,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
  TooManyRequestsException,
} from '@aws-sdk/client-athena';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type AthenaRunOptions, runToEnd } from '../../../functions/platform/aws/athena-run.ts';

const athena = mockClient(AthenaClient);
afterAll(() => athena.restore());
const options: AthenaRunOptions = {
  client: athena as unknown as AthenaClient,
  workgroup: 'vigie',
  database: 'lake',
  poll: { first: 1, longest: 2 },
};
const run = (more: Partial<AthenaRunOptions> = {}, signal?: AbortSignal) =>
  runToEnd({ ...options, ...more }, 'SELECT a\nFROM b', { label: 'kpi x', ...(signal && { signal }) });
const status = (Status: QueryExecutionStatus) => ({ QueryExecution: { QueryExecutionId: 'q', Status } });
const $metadata = { httpStatusCode: 400 };

beforeEach(() => {
  athena.reset();
  athena.on(StartQueryExecutionCommand).resolves({ QueryExecutionId: 'q' });
  athena.on(StopQueryExecutionCommand).resolves({});
});

describe('a statement on Athena', () => {
  test('is looked at until it has ended', async () => {
    athena
      .on(GetQueryExecutionCommand)
      .resolvesOnce(status({ State: 'QUEUED' }))
      .resolvesOnce(status({ State: 'RUNNING' }))
      .resolves(status({ State: 'SUCCEEDED' }));
    expect((await run()).Status?.State).toBe('SUCCEEDED');
    expect(athena.commandCalls(GetQueryExecutionCommand)).toHaveLength(3);
  });

  test('has a token of its own each time, and takes no earlier result', async () => {
    athena.on(GetQueryExecutionCommand).resolves(status({ State: 'SUCCEEDED' }));
    await run();
    await run();
    const [first, second] = athena
      .commandCalls(StartQueryExecutionCommand)
      .map(({ args: [{ input }] }) => input);
    expect(first).toMatchObject({
      WorkGroup: 'vigie',
      QueryExecutionContext: { Database: 'lake' },
      ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: false } },
    });
    expect(first?.ClientRequestToken?.length).toBeGreaterThanOrEqual(32);
    expect(first?.ClientRequestToken).not.toBe(second?.ClientRequestToken);
  });

  test('may be unknown for a moment; begun again when it stays so', async () => {
    const unknown = new InvalidRequestException({ message: 'QueryExecution q was not found', $metadata });
    athena
      .on(GetQueryExecutionCommand)
      .rejectsOnce(unknown)
      .rejectsOnce(unknown)
      .resolves(status({ State: 'SUCCEEDED' }));
    await run();
    expect(athena.commandCalls(StartQueryExecutionCommand)).toHaveLength(1);
    athena.on(GetQueryExecutionCommand).rejects(unknown);
    await expect(run()).rejects.toMatchObject({ code: 'SQL_LOST', retryable: true });
    expect(athena.commandCalls(StartQueryExecutionCommand)).toHaveLength(1 + 3);
  });

  test.each([
    'ICEBERG_COMMIT_ERROR: Failed to commit Iceberg update to table: orders',
    'GENERIC_INTERNAL_ERROR: Internal error',
    'HIVE_METASTORE_ERROR: Rate exceeded (Service: Glue, Status Code: 400)',
  ])('is begun again after what passes: %s', async (StateChangeReason) => {
    athena
      .on(GetQueryExecutionCommand)
      .resolvesOnce(status({ State: 'FAILED', StateChangeReason }))
      .resolves(status({ State: 'SUCCEEDED' }));
    await run();
    expect(athena.commandCalls(StartQueryExecutionCommand)).toHaveLength(2);
  });

  test('is not begun again after a mistake in it', async () => {
    athena.on(GetQueryExecutionCommand).resolves(
      status({
        State: 'FAILED',
        StateChangeReason: "COLUMN_NOT_FOUND: line 2:6: Column 'b' cannot be resolved",
        AthenaError: { ErrorCategory: 2, ErrorType: 1006, Retryable: false },
      }),
    );
    await expect(run()).rejects.toMatchObject({
      code: 'SQL_FAILED',
      message: "kpi x: COLUMN_NOT_FOUND: line 2:6: Column 'b' cannot be resolved",
      where: { line: 2, sample: 'SELECT a\nFROM b', field: 'query q' },
      retryable: false,
    });
    expect(athena.commandCalls(StartQueryExecutionCommand)).toHaveLength(1);
  });

  test.each([
    [
      { State: 'CANCELLED', StateChangeReason: 'Bytes scanned limit was exceeded' },
      'SQL_SCAN_LIMIT',
      /max_scan_gb/,
    ],
    [
      { State: 'FAILED', StateChangeReason: 'Bytes scanned limit was exceeded' },
      'SQL_SCAN_LIMIT',
      /max_scan_gb/,
    ],
    [
      { State: 'FAILED', StateChangeReason: 'Query exhausted resources at this scale factor' },
      'SQL_OUT_OF_MEMORY',
      /fewer days/,
    ],
    [
      { State: 'FAILED', StateChangeReason: 'x', AthenaError: { ErrorCategory: 1, ErrorType: 4 } },
      'SQL_OUT_OF_MEMORY',
      /fewer days/,
    ],
    [
      {
        State: 'FAILED',
        StateChangeReason:
          'HIVE_BAD_DATA: Not valid Parquet file: s3://b/landing/orders/x expected magic number: PAR1',
      },
      'LANDING_FILE',
      /Remove the file/,
    ],
    [
      {
        State: 'FAILED',
        StateChangeReason:
          'HIVE_CANNOT_OPEN_SPLIT: Error opening Hive split s3://b/landing/orders/x: Malformed Parquet file',
      },
      'LANDING_FILE',
      /Remove the file/,
    ],
    [
      {
        State: 'FAILED',
        StateChangeReason:
          "HIVE_BAD_DATA: Field net_amount's type INT64 in parquet file s3://b/x is incompatible with type varchar defined in table schema",
      },
      'LANDING_TABLE',
      /put right/,
    ],
    [
      { State: 'FAILED', StateChangeReason: "SCHEMA_NOT_FOUND: line 1:15: Schema 'lake' does not exist" },
      'LAKE_DATABASE_MISSING',
      /deploy/,
    ],
    [
      {
        State: 'FAILED',
        StateChangeReason:
          'ICEBERG_TOO_MANY_OPEN_PARTITIONS: Exceeded limit of 100 open writers for partitions',
      },
      'LAKE_TOO_MANY_MONTHS',
      /eight years/,
    ],
    [
      { State: 'FAILED', StateChangeReason: 'Insufficient Lake Formation permission(s) on orders' },
      'AWS_ACCESS_DENIED',
      /Lake Formation/,
    ],
    [
      {
        State: 'FAILED',
        StateChangeReason: 'PERMISSION_DENIED: Access Denied (Service: Amazon S3; Status Code: 403)',
      },
      'AWS_ACCESS_DENIED',
      /Deploy/,
    ],
    [{ State: 'FAILED', StateChangeReason: 'Query timeout' }, 'SQL_TIMEOUT', /fewer days/],
  ] as const)('ends as %j: %s', async (Status, code, hint) => {
    athena.on(GetQueryExecutionCommand).resolves(status(Status));
    await expect(run()).rejects.toMatchObject({
      code,
      hint: expect.stringMatching(hint),
      message: expect.stringMatching(/^kpi x: /),
    });
    expect(athena.commandCalls(StartQueryExecutionCommand)).toHaveLength(1);
  });

  test('that somebody cancelled in the console is begun again', async () => {
    athena
      .on(GetQueryExecutionCommand)
      .resolvesOnce(status({ State: 'CANCELLED', StateChangeReason: 'Query cancelled by user' }))
      .resolves(status({ State: 'SUCCEEDED' }));
    await run();
    expect(athena.commandCalls(StartQueryExecutionCommand)).toHaveLength(2);
  });

  test.each([
    ['WorkGroup vigie is not found.', 'AWS_WORKGROUP', /VIGIE_WORKGROUP/],
    ['Unable to verify/create output bucket x', 'AWS_WORKGROUP', /deploy/i],
    ["line 1:1: mismatched input 'SELEC'. Expecting: 'ALTER'", 'SQL_FAILED', undefined],
  ] as const)('refused at once, %s: %s', async (message, code, hint) => {
    athena.on(StartQueryExecutionCommand).rejects(new InvalidRequestException({ message, $metadata }));
    await expect(run()).rejects.toMatchObject({
      code,
      message: `kpi x: ${message}`,
      ...(hint ? { hint: expect.stringMatching(hint) } : {}),
    });
  });

  test('throttled beyond the SDK’s attempts may be tried later', async () => {
    athena
      .on(StartQueryExecutionCommand)
      .rejects(new TooManyRequestsException({ message: 'Rate exceeded', $metadata }));
    await expect(run()).rejects.toMatchObject({ code: 'AWS_THROTTLED', retryable: true });
  });

  test('a region without Athena is told by the server that is not there', async () => {
    const hostname = 'athena.eu-nowhere-1.amazonaws.com';
    const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), {
      code: 'ENOTFOUND',
      hostname,
    });
    athena.on(StartQueryExecutionCommand).rejects(error);
    await expect(run()).rejects.toMatchObject({
      code: 'AWS_UNREACHABLE',
      hint: expect.stringContaining(hostname),
    });
  });

  test('expired credentials say how to get new ones', async () => {
    const error = Object.assign(new Error('The security token included in the request is expired'), {
      name: 'ExpiredTokenException',
      $metadata,
    });
    athena.on(StartQueryExecutionCommand).rejects(error);
    await expect(run()).rejects.toMatchObject({
      code: 'AWS_CREDENTIALS',
      hint: expect.stringContaining('aws sso login'),
    });
  });
});

describe('stopping', () => {
  test('by a signal stops the query', async () => {
    athena.on(GetQueryExecutionCommand).resolves(status({ State: 'RUNNING' }));
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    await expect(run({}, controller.signal)).rejects.toMatchObject({ code: 'SQL_CANCELLED' });
    expect(athena.commandCalls(StopQueryExecutionCommand)[0]?.args[0].input).toEqual({
      QueryExecutionId: 'q',
    });
  });

  test('by the time limit stops the query, and says how long it had', async () => {
    athena.on(GetQueryExecutionCommand).resolves(status({ State: 'RUNNING' }));
    await expect(run({ timeoutSeconds: 0.02 })).rejects.toMatchObject({
      code: 'SQL_TIMEOUT',
      retryable: false,
      message: expect.stringContaining('0.02 s'),
    });
    expect(athena.commandCalls(StopQueryExecutionCommand)).toHaveLength(1);
  });

  test('of a query that has just ended is no error', async () => {
    athena.on(GetQueryExecutionCommand).resolves(status({ State: 'RUNNING' }));
    athena
      .on(StopQueryExecutionCommand)
      .rejects(new InvalidRequestException({ message: 'not running', $metadata }));
    await expect(run({ timeoutSeconds: 0.02 })).rejects.toMatchObject({ code: 'SQL_TIMEOUT' });
  });

  test('by the deadline of whoever asked, not begun again, and not begun at all once it is over', async () => {
    athena.on(GetQueryExecutionCommand).resolves(status({ State: 'RUNNING' }));
    const within = (ms: number) =>
      runToEnd(options, 'MERGE', { label: 'load orders', deadline: new Date(Date.now() + ms) });
    await expect(within(30)).rejects.toMatchObject({ code: 'SQL_TIMEOUT', retryable: false });
    expect(athena.commandCalls(StartQueryExecutionCommand)).toHaveLength(1);
    expect(athena.commandCalls(StopQueryExecutionCommand)).toHaveLength(1);
    await expect(within(-1)).rejects.toMatchObject({ code: 'SQL_TIMEOUT' });
    expect(athena.commandCalls(StartQueryExecutionCommand)).toHaveLength(1);
  });

  test('before the start starts nothing', async () => {
    await expect(run({}, AbortSignal.abort())).rejects.toMatchObject({ code: 'SQL_CANCELLED' });
    expect(athena.commandCalls(StartQueryExecutionCommand)).toHaveLength(0);
  });
});
