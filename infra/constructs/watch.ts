import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { AwsSection } from '../../functions/lake/company/aws.ts';
import type { Names } from '../names.ts';
import {
  brokenExecutions,
  bytesScanned,
  dearestStatement,
  figure,
  mailsLost,
  stepsFailed,
} from './metrics.ts';

export interface WatchProps {
  readonly names: Names;
  readonly aws: AwsSection;
  readonly pipeline: StateMachine;
  readonly maintenance: StateMachine;
  readonly missed: Queue;
  readonly alertTopic: ITopic;
}

interface AlarmFacts {
  readonly id: string;
  /** Its page under docs/operations/, where that is not named as it is. */
  readonly page?: string;
  /** What it means, in a sentence. */
  readonly says: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly below?: true;
  /** Hours, days … in a row. Default 1. */
  readonly periods?: number;
  readonly missing?: TreatMissingData;
}

const HOUR = Duration.hours(1);
const DAY = Duration.days(1);
/** Above a day and the hour that summer time adds to one. */
const SILENT_HOURS = 26;
/** As `vigie doctor` warns. */
const SUNSET_DAYS = 60;

/** The alarms. Each names its page under docs/operations/, which says what to do. */
export class Watch extends Construct {
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, props: WatchProps) {
    super(scope, id);
    const action = new SnsAction(props.alertTopic);
    this.alarms = [...runAlarms(props), ...dataAlarms(props)].map((facts) => {
      const alarm = this.#alarm(props.names, facts);
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
      return alarm;
    });
  }

  #alarm(names: Names, facts: AlarmFacts): Alarm {
    return new Alarm(this, facts.id, {
      alarmName: `${names.stack}-${facts.id}`,
      alarmDescription: `${facts.says} What to do: docs/operations/${facts.page ?? facts.id}.md`,
      metric: facts.metric,
      threshold: facts.threshold,
      comparisonOperator: facts.below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: facts.periods ?? 1,
      treatMissingData: facts.missing ?? TreatMissingData.NOT_BREACHING,
    });
  }
}

/** Did it run, did it tell? The first two are the dead man’s switch: they need nothing to have run at all. */
function runAlarms({ names, pipeline, maintenance, missed }: WatchProps): AlarmFacts[] {
  return [
    {
      id: 'digest-missing',
      says: 'A digest that was due is not out by the hour that the company set (aws.digest_by), or an hour and a half after the one that its reader chose.',
      metric: figure(names, 'run', 'DigestsMissing', 'Maximum', HOUR),
      threshold: 1,
    },
    {
      id: 'watcher-silent',
      says: 'Nobody has looked within 26 hours whether the digest is out: the watcher itself did not run. Right after the first deployment it has not run yet, and this only shows that alarms arrive.',
      metric: figure(names, 'run', 'DigestsMissing', 'SampleCount', HOUR),
      threshold: 1,
      below: true,
      periods: SILENT_HOURS,
      missing: TreatMissingData.BREACHING,
    },
    {
      id: 'run-broken',
      says: 'A run failed, took too long or was stopped.',
      metric: brokenExecutions(pipeline, HOUR),
      threshold: 1,
    },
    {
      id: 'step-failed',
      says: 'Sources, batches, KPIs or mails failed in a run that went on without them.',
      metric: stepsFailed(names, HOUR),
      threshold: 1,
    },
    {
      id: 'start-missed',
      says: 'A scheduled start or the notice of a broken run could not be delivered.',
      metric: missed.metricApproximateNumberOfMessagesVisible({ period: HOUR, statistic: 'Maximum' }),
      threshold: 1,
    },
    {
      id: 'maintenance-broken',
      says: 'The weekly maintenance of the lake failed.',
      metric: brokenExecutions(maintenance, HOUR),
      threshold: 1,
    },
  ];
}

/** Mails that do not arrive, cost, and what will break soon. */
function dataAlarms({ names, aws }: WatchProps): AlarmFacts[] {
  return [
    {
      id: 'mails-bounced',
      says: 'A mail bounced, was complained about or was rejected.',
      metric: mailsLost(names, HOUR),
      threshold: 1,
    },
    {
      id: 'bytes-scanned',
      says: `The statements of a day read more than ${aws.daily_scan_gb} GB (aws.daily_scan_gb).`,
      metric: bytesScanned(names, DAY),
      threshold: aws.daily_scan_gb * 1e9,
    },
    {
      id: 'bytes-scanned-half',
      page: 'bytes-scanned',
      says: `The statements of a day read more than half of ${aws.daily_scan_gb} GB (aws.daily_scan_gb): time to look why, before it is too much.`,
      // Of statements that ended well: what a cut-off one read is in the other alarm, and each metric costs.
      metric: bytesScanned(names, DAY, ['SUCCEEDED']),
      threshold: (aws.daily_scan_gb * 1e9) / 2,
    },
    {
      id: 'dearest-statement',
      says: `A statement read more than half of ${aws.max_scan_gb} GB, at which it would be cut off (aws.max_scan_gb).`,
      metric: dearestStatement(names.workgroup, DAY),
      threshold: (aws.max_scan_gb * 1e9) / 2,
    },
    {
      id: 'dearest-statement-load',
      page: 'dearest-statement',
      says: `A statement that writes the lake read more than half of ${aws.max_load_gb} GB, at which it would be cut off (aws.max_load_gb).`,
      metric: dearestStatement(names.loadWorkgroup, DAY),
      threshold: (aws.max_load_gb * 1e9) / 2,
    },
    {
      id: 'api-sunset',
      says: `A vendor ends an API version in use within ${SUNSET_DAYS} days.`,
      metric: figure(names, 'run', 'DaysToSunset', 'Minimum', DAY),
      threshold: SUNSET_DAYS,
      below: true,
      // A day without a run says nothing new.
      missing: TreatMissingData.IGNORE,
    },
  ];
}
