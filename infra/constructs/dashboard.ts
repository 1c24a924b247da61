import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { type FunctionName, functionNames } from '../access.ts';
import type { Names } from '../names.ts';
import { bytesScanned, figure } from './metrics.ts';

export interface DashboardProps {
  readonly names: Names;
  readonly companyName: string;
  readonly pipeline: StateMachine;
  readonly functions: Readonly<Record<FunctionName, LambdaFunction>>;
  readonly alarms: readonly Alarm[];
}

const DAY = Duration.days(1);
const HALF = 12;

/** One page: is all well, did it run, how long, what did it read, what went wrong. */
export class Overview extends Construct {
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    this.dashboard = new Dashboard(this, 'Dashboard', {
      dashboardName: props.names.dashboard,
      defaultInterval: Duration.days(28),
    });
    for (const row of rows(props)) this.dashboard.addWidgets(...row);
  }
}

function rows({ names, companyName, pipeline, functions, alarms }: DashboardProps): IWidget[][] {
  const each = (metric: (fn: LambdaFunction) => IMetric): IMetric[] =>
    functionNames.map((name) => metric(functions[name]));
  return [
    [
      new TextWidget({
        markdown: `# Vigie: ${companyName}, ${names.stage}\nEach alarm has its page, docs/operations/<its name>.md.`,
        width: 24,
        height: 2,
      }),
    ],
    [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 24, height: 3 })],
    [
      graph('Runs', [
        pipeline.metricSucceeded({ period: DAY, label: 'succeeded' }),
        pipeline.metricFailed({ period: DAY, label: 'failed' }),
        pipeline.metricTimedOut({ period: DAY, label: 'timed out' }),
      ]),
      graph('How long a run takes', [
        pipeline.metricTime({ period: DAY, statistic: 'Maximum', label: 'run' }),
      ]),
    ],
    [
      graph('Bytes that Athena read', [bytesScanned(names, DAY)]),
      graph('Readers without their digest at the hour', [
        figure(names, 'run', 'DigestsMissing', 'Maximum', DAY),
      ]),
    ],
    [
      graph(
        'What failed within a run',
        functionNames
          .filter((name) => name !== 'run')
          .map((name) => figure(names, name, 'StepFailed', 'Sum', DAY)),
      ),
      graph(
        'The slowest invocation of each step',
        each((fn) => fn.metricDuration({ period: DAY, statistic: 'Maximum', label: labelOf(functions, fn) })),
      ),
    ],
    [
      new LogQueryWidget({
        title: 'The latest errors',
        logGroupNames: functionNames.map((name) => functions[name].logGroup.logGroupName),
        view: LogQueryVisualizationType.TABLE,
        queryLines: [
          'fields @timestamp, service, message, code, run',
          'filter level = "ERROR"',
          'sort @timestamp desc',
          'limit 50',
        ],
        width: 24,
        height: 8,
      }),
    ],
  ];
}

const graph = (title: string, left: IMetric[]): GraphWidget =>
  new GraphWidget({ title, left, width: HALF, height: 6, leftYAxis: { min: 0 } });

const labelOf = (functions: DashboardProps['functions'], fn: LambdaFunction): string =>
  functionNames.find((name) => functions[name] === fn) ?? '';
