import { DescribeExecutionCommand, ExecutionDoesNotExist, SFNClient } from '@aws-sdk/client-sfn';
import type { Executions } from '../executions.ts';
import type { Environment } from './aws-environment.ts';
import { awsError } from './aws-errors.ts';
import { clientSettings } from './client-settings.ts';

export const executionsFromEnv = (env: Environment): Executions =>
  stepFunctionsExecutions(new SFNClient(clientSettings(env, 'SFN')));

/** Executions of the stack's state machine, by ARN. One that Step Functions has forgotten (after 90 days) is over. */
export const stepFunctionsExecutions = (client: SFNClient): Executions => ({
  async isRunning(execution) {
    try {
      const { status } = await client.send(new DescribeExecutionCommand({ executionArn: execution }));
      return status === 'RUNNING' || status === 'PENDING_REDRIVE';
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return false;
      throw awsError(error, `looking for execution ${execution}`);
    }
  },
});
