import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  ExecutionAlreadyExists,
  type ExecutionListItem,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { type Environment, stackFact } from './aws-environment.ts';
import { awsError } from './aws-errors.ts';
import { clientSettings } from './client-settings.ts';

/** One execution of the stack's state machine. */
export interface ExecutionFacts {
  readonly arn: string;
  readonly status: 'running' | 'succeeded' | 'failed' | 'timed out' | 'aborted';
  /** ISO UTC. The run is named after it (functions/run/begin.ts). */
  readonly startedAt: string;
  /** As it was started with; null where nobody gave any. */
  readonly input: unknown;
  /** Of the last state, null until then. */
  readonly output: unknown;
  /** As Step Functions tells it: `{ Error, Cause }`. */
  readonly error: { readonly Error: string; readonly Cause: string };
}

/** What people do with the stack's state machine. All throw those of `aws-errors.ts`. */
export interface PipelineExecutions {
  /**
   * Starts an execution; its ARN. A name that was used within 90 days starts nothing: the ARN of the earlier one.
   */
  start(name: string, input: object): Promise<string>;
  describe(arn: string): Promise<ExecutionFacts>;
  /** ARN of the newest one in a state; undefined where there is none. */
  newest(...statuses: readonly ExecutionFacts['status'][]): Promise<string | undefined>;
  /** Goes on where it failed. */
  redrive(arn: string): Promise<void>;
}

const STATUS: Readonly<Record<string, ExecutionFacts['status']>> = {
  RUNNING: 'running',
  PENDING_REDRIVE: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timed out',
  ABORTED: 'aborted',
};

/** How far `newest` looks back: Step Functions lists the newest first. */
const MOST_LISTED = 100;

export const pipelineExecutionsFromEnv = (env: Environment): PipelineExecutions =>
  pipelineExecutions(new SFNClient(clientSettings(env, 'SFN')), stackFact(env, 'stateMachine'));

export function pipelineExecutions(client: SFNClient, stateMachineArn: string): PipelineExecutions {
  const guarded = async <T>(doing: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw awsError(error, doing);
    }
  };
  return {
    start: (name, input) =>
      guarded(`starting ${stateMachineArn}`, async () => {
        const wanted = new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) });
        try {
          return (await client.send(wanted)).executionArn as string;
        } catch (error) {
          if (!(error instanceof ExecutionAlreadyExists)) throw error;
          return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
        }
      }),
    describe: (arn) =>
      guarded(`looking at ${arn}`, async () =>
        factsOf(await client.send(new DescribeExecutionCommand({ executionArn: arn }))),
      ),
    newest: (...statuses) =>
      guarded(`listing the executions of ${stateMachineArn}`, async () => {
        const listed = await client.send(
          new ListExecutionsCommand({ stateMachineArn, maxResults: MOST_LISTED }),
        );
        return listed.executions?.find(({ status }: ExecutionListItem) =>
          statuses.includes(STATUS[status ?? ''] ?? 'failed'),
        )?.executionArn;
      }),
    redrive: (arn) =>
      guarded(`redriving ${arn}`, async () => {
        await client.send(new RedriveExecutionCommand({ executionArn: arn }));
      }),
  };
}

const factsOf = (described: DescribeExecutionCommandOutput): ExecutionFacts => ({
  arn: described.executionArn as string,
  status: STATUS[described.status ?? ''] ?? 'failed',
  startedAt: (described.startDate as Date).toISOString(),
  input: parsed(described.input),
  output: parsed(described.output),
  error: { Error: described.error ?? '', Cause: described.cause ?? '' },
});

const parsed = (text: string | undefined): unknown => (text === undefined ? null : JSON.parse(text));
