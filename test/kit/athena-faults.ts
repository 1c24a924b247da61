import type { AthenaError } from '@aws-sdk/client-athena';

export interface PlannedFailure {
  readonly reason: string;
  readonly error?: AthenaError;
  /** Which statements it may hit; absent: any. */
  readonly only?: RegExp;
  /** Whether the statement did its work all the same, and only its end is told wrongly. */
  readonly worked?: boolean;
}

/** What the stand-in shall do wrong, on demand. Every fault is used up by what it hits. */
export interface AthenaFaults {
  /** So many of the next calls, of any kind, are answered with TooManyRequestsException. */
  throttle: number;
  /** So many of the next queries are begun and then unknown. */
  lose: number;
  /** So many of the next calls lose their answer: the work is done, the connection breaks. */
  drop: number;
  /** So many of the next calls are answered with InternalServerException (500). */
  stumble: number;
  /** So many of the next queries are cancelled as reading more than the workgroup allows. */
  cutOff: number;
  /** Queries that end FAILED, one each: the next one, or the next that is one of those named. */
  fail: PlannedFailure[];
  /** How long a query stays RUNNING at least, in ms. */
  slowness: number;
}

export const noFaults = (): AthenaFaults => ({
  throttle: 0,
  lose: 0,
  drop: 0,
  stumble: 0,
  cutOff: 0,
  fail: [],
  slowness: 0,
});

/** True, and one less of it left, while there is some. */
export function takes(
  faults: AthenaFaults,
  kind: 'throttle' | 'lose' | 'drop' | 'stumble' | 'cutOff',
): boolean {
  if (faults[kind] === 0) return false;
  faults[kind] -= 1;
  return true;
}

/** The failure that is planned for a statement, which is used up; undefined: none. */
export function plannedFailure({ fail }: AthenaFaults, sql: string): PlannedFailure | undefined {
  const index = fail.findIndex(({ only }) => only === undefined || only.test(sql));
  return index < 0 ? undefined : fail.splice(index, 1)[0];
}
