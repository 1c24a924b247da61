import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { Json } from '../../../infra/state-machine/paths.ts';
import type { Walked } from '../../../infra/state-machine/walk.ts';

/** Walks the state machine for an execution. */
export type Walk = (execution: {
  readonly id: string;
  readonly startedAt: string;
  readonly input: Json;
}) => Promise<Walked>;

/** Step Functions on loopback, as far as `vigie --stack` uses it: an execution is a walk in this process. */
export interface StepFunctions {
  readonly url: string;
  readonly stateMachine: string;
  /** Until every execution is over. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

interface Execution {
  readonly executionArn: string;
  readonly name: string;
  /** Seconds. */
  readonly startDate: number;
  readonly input: string;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED';
  output?: string;
  error?: string;
  cause?: string;
  over: Promise<void>;
}

const STATE_MACHINE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:vigie-test';

export async function startStepFunctions(walk: Walk): Promise<StepFunctions> {
  const executions: Execution[] = [];
  const server = createServer((request, response) => void answer(walk, executions, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stateMachine: STATE_MACHINE,
    async settled() {
      await Promise.all(executions.map(({ over }) => over));
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  walk: Walk,
  executions: Execution[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const asked = (await json(request)) as Record<string, string>;
  const action = String(request.headers['x-amz-target']).replace('AWSStepFunctions.', '');
  const say = (status: number, body: object): void =>
    void response
      .writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
      .end(JSON.stringify(body));
  const found = executions.find(({ executionArn }) => executionArn === asked['executionArn']);
  if (action === 'StartExecution') {
    const known = executions.find(({ name }) => name === asked['name']);
    // The same name and input of one that is running is the same start; of one that is over, a refusal.
    if (known && known.status !== 'RUNNING')
      return say(400, { __type: 'ExecutionAlreadyExists', message: 'Execution Already Exists' });
    return say(200, known ?? begin(walk, executions, asked['name'] ?? '', asked['input'] ?? '{}'));
  }
  if (action === 'ListExecutions') return say(200, { executions: executions.toReversed() });
  if (!found) return say(400, { __type: 'ExecutionDoesNotExist', message: 'Execution Does Not Exist' });
  if (action === 'DescribeExecution') return say(200, found);
  if (found.status !== 'FAILED')
    return say(400, { __type: 'ExecutionNotRedrivable', message: 'it did not fail' });
  run(walk, found);
  return say(200, { redriveDate: Date.now() / 1000 });
}

function begin(walk: Walk, executions: Execution[], name: string, input: string): Execution {
  const execution: Execution = {
    executionArn: `${STATE_MACHINE.replace('stateMachine', 'execution')}:${name}`,
    name,
    startDate: Date.now() / 1000,
    input,
    status: 'RUNNING',
    over: Promise.resolve(),
  };
  executions.push(execution);
  run(walk, execution);
  return execution;
}

/** A redrive walks from the beginning: every step is idempotent, and the run is named after the first start. */
function run(walk: Walk, execution: Execution): void {
  execution.status = 'RUNNING';
  const { executionArn: id, startDate, input } = execution;
  const startedAt = new Date(Math.round(startDate * 1000)).toISOString();
  execution.over = walk({ id, startedAt, input: JSON.parse(input) as Json }).then(
    ({ status, output, error }) => {
      if (status === 'succeeded') execution.output = JSON.stringify(output);
      if (error) [execution.error, execution.cause] = [error.Error, error.Cause];
      execution.status = status === 'succeeded' ? 'SUCCEEDED' : 'FAILED';
    },
  );
}
