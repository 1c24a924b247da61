import type { QueryExecution } from '@aws-sdk/client-athena';
import type { StatementOptions } from '../engine.ts';
import { messageOf, VigieError, type VigieErrorOptions } from '../errors.ts';
import { awsError, failureOf } from './aws-errors.ts';

const SAMPLE_LENGTH = 2000;
export const nameOf = (statement: StatementOptions | undefined): string => statement?.label ?? 'statement';

type Facts = Pick<VigieErrorOptions, 'code' | 'hint' | 'retryable'>;

/** What Athena's engine says, by its words: the first that fits. Anything else is `SQL_FAILED`: a mistake in the SQL. */
const KNOWN: readonly (readonly [RegExp, Facts])[] = [
  [
    /bytes scanned limit/i,
    {
      code: 'SQL_SCAN_LIMIT',
      hint: 'The statement would read more than the workgroup allows. If it should, raise `aws.max_scan_gb` in vigie.yaml (of a load: `aws.max_load_gb`) and deploy; else let it read less: a smaller `history` under `reads` of the KPI, or a table with a business date.',
    },
  ],
  [
    /exhausted resources|EXCEEDED_\w*MEMORY_LIMIT|memory limit/i,
    {
      code: 'SQL_OUT_OF_MEMORY',
      hint: 'Athena had not the memory for it. Ask for fewer days at a time; if one day is too much, let the KPI count per day first (docs/sql.md).',
    },
  ],
  [
    /not (a )?valid Parquet|Malformed Parquet|HIVE_CANNOT_OPEN_SPLIT|HIVE_CURSOR_ERROR|HIVE_FILESYSTEM_ERROR/i,
    {
      code: 'LANDING_FILE',
      hint: 'Only Vigie writes below landing/. Remove the file that is named from the bucket, or delete the whole folder of that run: the source is then pulled anew.',
    },
  ],
  [
    /HIVE_PARTITION_SCHEMA_MISMATCH|HIVE_BAD_DATA|Unsupported Trino column type|INVALID_TABLE_PROPERTY|projection/i,
    {
      code: 'LANDING_TABLE',
      hint: 'A landing table was altered by hand, or a file below landing/ is not what Vigie wrote. Run again: the landing tables are put right first. If the same is said again, delete the folder of the run that is named.',
    },
  ],
  [
    /open (writers|partitions)|TOO_MANY_OPEN_PARTITIONS/i,
    {
      code: 'LAKE_TOO_MANY_MONTHS',
      hint: 'Athena writes at most 100 months at a time. Drop the history in several files, of at most eight years each.',
    },
  ],
  [
    /SCHEMA_NOT_FOUND|Schema '?[\w".]+'? does not exist|Database \S+ not found/i,
    {
      code: 'LAKE_DATABASE_MISSING',
      hint: 'The Glue database is not there: deploy the stack, or set VIGIE_LAKE_DATABASE and VIGIE_LANDING_DATABASE to those of the stack that is.',
    },
  ],
  [
    /Lake ?Formation/i,
    {
      code: 'AWS_ACCESS_DENIED',
      hint: 'Lake Formation guards this database. Grant the role of the step SELECT, INSERT, DELETE, ALTER and DESCRIBE on it, and data location access to the bucket.',
    },
  ],
  [
    /Access ?Denied|PERMISSION_DENIED|Insufficient permissions|not authorized to perform/i,
    {
      code: 'AWS_ACCESS_DENIED',
      hint: 'The role of this step may not read or write what the statement needs. Deploy the stack again, which renews its policies.',
    },
  ],
  [
    /query timeout|Query exhausted.*time|EXCEEDED_TIME_LIMIT/i,
    {
      code: 'SQL_TIMEOUT',
      hint: 'The statement took longer than Athena allows (Service Quotas: DML query timeout). Ask for fewer days at a time; of a history that is loaded drop a year or less at once. What it wrote all the same is not written twice: run the day again.',
    },
  ],
];

/** Passes by itself: another writer won, S3 or Glue asked to slow down, the service stumbled. */
const PASSING =
  /ICEBERG_COMMIT_ERROR|ICEBERG_CONFLICT|TRANSACTION_CONFLICT|SlowDown|Rate exceeded|reduce your request rate|internal (service )?error/i;

/** A statement that Athena began and that ended FAILED, or CANCELLED by Athena itself. */
export function executionFailed(
  sql: string,
  statement: StatementOptions | undefined,
  { Status, QueryExecutionId }: QueryExecution,
): VigieError {
  const text = Status?.StateChangeReason ?? Status?.AthenaError?.ErrorMessage ?? `ended as ${Status?.State}`;
  const type = Status?.AthenaError?.ErrorType;
  // Error types 0 to 8 all say: query exhausted resources at this scale factor.
  const known = type !== undefined && type <= 8 ? factsOf('exhausted resources') : factsOf(text);
  const retryable = known.retryable ?? (Status?.AthenaError?.Retryable === true || PASSING.test(text));
  return failed(sql, statement, text, { ...known, retryable }, { query: QueryExecutionId });
}

/** What Athena answered to the request itself: statements that do not parse are refused so, and missing workgroups. */
export function requestFailed(
  sql: string,
  statement: StatementOptions | undefined,
  error: unknown,
): VigieError {
  if (error instanceof VigieError) return error;
  const text = messageOf(error);
  const { name } = failureOf(error);
  if (name !== 'InvalidRequestException') return awsError(error, nameOf(statement));
  if (/workgroup/i.test(text)) {
    return failed(sql, statement, text, {
      code: 'AWS_WORKGROUP',
      hint: 'The workgroup is missing, or switched off: deploy the stack, or set VIGIE_WORKGROUP to that of the stack that is there.',
    });
  }
  if (/output (location|bucket)/i.test(text)) {
    return failed(sql, statement, text, {
      code: 'AWS_WORKGROUP',
      hint: 'The workgroup cannot write its results. Deploy the stack again: its bucket, or the permission to write there, is missing.',
    });
  }
  return failed(sql, statement, text, factsOf(text), { cause: error });
}

const factsOf = (text: string): Facts =>
  KNOWN.find(([pattern]) => pattern.test(text))?.[1] ?? { code: 'SQL_FAILED' };

/** The message begins with the label and keeps the engine's own text: `measure` leads its line back to the author's. */
function failed(
  sql: string,
  statement: StatementOptions | undefined,
  text: string,
  facts: Facts,
  from: { readonly query?: string | undefined; readonly cause?: unknown } = {},
): VigieError {
  const line = /\bline (\d+):\d+/.exec(text)?.[1];
  return new VigieError(`${nameOf(statement)}: ${text}`, {
    ...facts,
    where: {
      sample: sql.slice(0, SAMPLE_LENGTH),
      ...(line === undefined ? {} : { line: Number(line) }),
      ...(from.query === undefined ? {} : { field: `query ${from.query}` }),
    },
    ...(from.cause === undefined ? {} : { cause: from.cause }),
  });
}

/** The error of a statement that its caller stopped. */
export const cancelled = (statement: StatementOptions | undefined): VigieError =>
  new VigieError(`${nameOf(statement)}: stopped`, { code: 'SQL_CANCELLED', retryable: true });

/** The error of a statement that outlasted the time it had. It would again: whoever asked must ask for less. */
export const tookTooLong = (statement: StatementOptions | undefined, seconds: number): VigieError =>
  new VigieError(
    `${nameOf(statement)}: stopped, as it took more than the ${seconds} s that were left for it`,
    {
      code: 'SQL_TIMEOUT',
      hint: 'A function of AWS Lambda runs 15 minutes at most, and its statements with it. Ask for fewer days at a time; of a history drop a year or less at once. A table that OPTIMIZE cannot tidy in that time: docs/operations/maintenance-broken.md.',
    },
  );

/** A statement of which Athena knows no more, or which somebody cancelled in its console. */
export const lost = (statement: StatementOptions | undefined, how: string): VigieError =>
  new VigieError(`${nameOf(statement)}: ${how}`, {
    code: 'SQL_LOST',
    retryable: true,
    hint: 'Run again: every statement of Vigie can be repeated.',
  });
