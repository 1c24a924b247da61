import { INVOKE, type Retrier, type TaskState, type Template } from './asl.ts';

/** A Lambda function runs so long at most; nothing may run longer (Lambda’s own limit). */
export const FUNCTION_SECONDS = 900;
/** A little longer than the function: its own time-out says more than ours. */
const TASK_SECONDS = FUNCTION_SECONDS + 20;

/** Names of errors that pass: the service stumbled or is busy, or a step said that the same call may succeed later. */
const PASSING = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.TooManyRequestsException',
  'RetryableError',
];
/** The function was cut off: by its time limit, or by its memory. Once more may do; for ever would not. */
const TIMED_OUT = ['Sandbox.Timedout', 'States.Timeout'];
const CRASHED = ['Lambda.Unknown'];

const backOff = { BackoffRate: 2, MaxDelaySeconds: 120, JitterStrategy: 'FULL' } as const;

const passing: Retrier = { ErrorEquals: PASSING, IntervalSeconds: 5, MaxAttempts: 5, ...backOff };
const cutOff = (names: readonly string[]): Retrier => ({
  ErrorEquals: names,
  IntervalSeconds: 15,
  MaxAttempts: 2,
  ...backOff,
});

/** Anything that is not named here is not tried again. */
const RETRY: readonly Retrier[] = [passing, cutOff([...TIMED_OUT, ...CRASHED])];
/** A statement that outlasted its function would do so again, and cost as much again. */
const RETRY_UNLESS_TIMED_OUT: readonly Retrier[] = [passing, cutOff(CRASHED)];

/**
 * The part of a Task that all have: a function invoked with a payload, and what is tried again. The function is a
 * placeholder, `${pull}`, which the stack fills in with its ARN.
 */
export const invoke = (name: string, payload: Template): Invocation => ({
  Type: 'Task',
  Resource: INVOKE,
  Parameters: { FunctionName: placeholder(name), Payload: payload },
  TimeoutSeconds: TASK_SECONDS,
  Retry: RETRY,
});

/** The same for what runs one long statement (MERGE, OPTIMIZE, VACUUM): not again once its time was over. */
export const invokeOnce = (name: string, payload: Template): Invocation => ({
  ...invoke(name, payload),
  Retry: RETRY_UNLESS_TIMED_OUT,
});

type Invocation = Pick<TaskState, 'Type' | 'Resource' | 'Parameters' | 'TimeoutSeconds' | 'Retry'>;

export const placeholder = (name: string): string => `\${${name}}`;
