import { Duration, RemovalPolicy, TimeZone } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import {
  type CronOptionsWithTimezone,
  type IScheduleTarget,
  Schedule,
  ScheduleExpression,
  ScheduleGroup,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke, StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Company } from '../../functions/lake/company/company.ts';
import { acknowledge, acknowledgeWildcard } from '../acknowledge.ts';
import type { Names } from '../names.ts';

export interface TimetableProps {
  readonly names: Names;
  readonly company: Company;
  readonly pipeline: StateMachine;
  readonly maintenance: StateMachine;
  readonly watcher: LambdaFunction;
  /** Tells whose hour has come. */
  readonly teller: LambdaFunction;
}

/**
 * What happens when, in the company’s own time zone: EventBridge Scheduler follows summer time. A start that fails is
 * tried again for two hours and kept in a queue after that; the day itself is caught up by the next run.
 */
export class Timetable extends Construct {
  /** Starts that never happened. */
  readonly missed: Queue;

  constructor(scope: Construct, id: string, props: TimetableProps) {
    super(scope, id);
    const { company, pipeline, maintenance, watcher, teller } = props;
    this.missed = new Queue(this, 'Missed', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(this.missed, 'AwsSolutions-SQS3', 'This is the dead-letter queue itself, of the schedules.');
    const group = new ScheduleGroup(this, 'Group', {
      scheduleGroupName: props.names.stack,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = this.#role([watcher, teller]);
    const settings = {
      role,
      deadLetterQueue: this.missed,
      retryAttempts: 20,
      maxEventAge: Duration.hours(2),
    };
    const add = (
      name: string,
      description: string,
      cron: CronOptionsWithTimezone,
      target: IScheduleTarget,
    ): void => {
      const timeZone = TimeZone.of(company.company.time_zone);
      const schedule = ScheduleExpression.cron({ ...cron, timeZone });
      const made = new Schedule(this, name, { schedule, target, description, scheduleGroup: group });
      // It names the group, which does not make CloudFormation wait for it.
      made.node.addDependency(group);
    };
    add(
      'Daily',
      'The daily run',
      at(company.aws.schedule),
      new StepFunctionsStartExecution(pipeline, { ...settings, input: ScheduleTargetInput.fromObject({}) }),
    );
    add(
      'Watch',
      'Are the digests out that are due?',
      { ...at(company.aws.digest_by), hour: '*' },
      new LambdaInvoke(watcher, { ...settings, input: ScheduleTargetInput.fromObject({ do: 'watch' }) }),
    );
    // Every hour, and not only those that vigie.yaml names: recipients change without a deployment.
    add(
      'Tell',
      'Whose hour has come?',
      { minute: '0', hour: '*' },
      new LambdaInvoke(teller, { ...settings, input: ScheduleTargetInput.fromObject({ do: 'tell' }) }),
    );
    add(
      'Weekly',
      'OPTIMIZE and VACUUM',
      { ...at('14:00'), weekDay: 'SUN' },
      new StepFunctionsStartExecution(maintenance, {
        ...settings,
        input: ScheduleTargetInput.fromObject({}),
      }),
    );
  }

  #role(functions: readonly LambdaFunction[]): Role {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    for (const { functionArn } of functions)
      acknowledgeWildcard(
        role,
        `${functionArn}:*`,
        'Stands for versions and aliases of the function; there are none.',
      );
    return role;
  }
}

/** Every day at `HH:MM`. */
function at(time: string): CronOptionsWithTimezone {
  const [hour = '0', minute = '0'] = time.split(':').map((part) => String(Number(part)));
  return { hour, minute };
}
