import { Duration } from 'aws-cdk-lib';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

export interface BrokenRunProps {
  readonly pipeline: StateMachine;
  readonly run: LambdaFunction;
  readonly deadLetters: IQueue;
}

/**
 * When a run ends otherwise than well — failed, timed out, aborted in the console — `run` tells people and releases the
 * lock: `{ "do": "broken", "event": <detail of the event> }`, with `executionArn`, `status`, `startDate`, `input` and,
 * where AWS says them, `error` and `cause`.
 */
export class BrokenRun extends Construct {
  constructor(scope: Construct, id: string, { pipeline, run, deadLetters }: BrokenRunProps) {
    super(scope, id);
    new Rule(this, 'Rule', {
      description: 'A run of Vigie that did not end well',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          stateMachineArn: [pipeline.stateMachineArn],
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
        },
      },
      targets: [
        new LambdaTarget(run, {
          event: RuleTargetInput.fromObject({ do: 'broken', event: EventField.fromPath('$.detail') }),
          deadLetterQueue: deadLetters,
          maxEventAge: Duration.hours(2),
          retryAttempts: 20,
        }),
      ],
    });
  }
}
