import type { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { type FunctionName, functionNames } from '../access.ts';
import type { Names } from '../names.ts';

/**
 * Figures that the functions write about the pipeline (functions/platform/aws/powertools-metrics.ts):
 *
 *     DigestsMissing   by the watcher (`run`), every hour: digests that should be out by `digest_by`, or the hour of their reader, and are not
 *     StepFailed       by each step: items (sources, batches, KPIs, mails) that failed
 *     DaysToSunset     by `run`: days until the first API version in use ends; none where no vendor announced one
 */
export const figure = (
  names: Names,
  service: FunctionName,
  metricName: 'DigestsMissing' | 'StepFailed' | 'DaysToSunset',
  statistic: string,
  period: Duration,
): Metric =>
  new Metric({
    namespace: 'Vigie',
    metricName,
    dimensionsMap: { service, stage: names.stage },
    statistic,
    period,
    label: service,
  });

/** The tag that SES itself puts on every mail of a configuration set. */
export const MAIL_DIMENSION = 'ses:configuration-set';

/**
 * The sum of metrics of which any may have no point: FILL makes that a 0, where the sum of the others would be no figure
 * at all.
 */
function sum(label: string, period: Duration, parts: Readonly<Record<string, IMetric>>): MathExpression {
  const filled = Object.keys(parts).map((name) => `FILL(${name}, 0)`);
  return new MathExpression({ expression: filled.join(' + '), usingMetrics: { ...parts }, label, period });
}

/** What failed, all steps together. */
export function stepsFailed(names: Names, period: Duration): IMetric {
  const steps = functionNames.filter((name) => name !== 'run');
  const parts = steps.map((step) => [step, figure(names, step, 'StepFailed', 'Sum', period)] as const);
  return sum('failed items', period, Object.fromEntries(parts));
}

/**
 * Bytes that all statements of both workgroups read, as Athena itself counts them: those of a run that died, of one that
 * was cut off, and those of people too.
 */
export function bytesScanned(
  names: Names,
  period: Duration,
  states: readonly ('SUCCEEDED' | 'FAILED' | 'CANCELED')[] = ['SUCCEEDED', 'FAILED', 'CANCELED'],
): IMetric {
  const workgroups = { query: names.workgroup, load: names.loadWorkgroup };
  const parts = Object.entries(workgroups).flatMap(([id, WorkGroup]) =>
    states.map((state) => [
      `${id}${state.charAt(0)}${state.slice(1).toLowerCase()}`,
      new Metric({
        namespace: 'AWS/Athena',
        metricName: 'ProcessedBytes',
        dimensionsMap: { QueryState: state, QueryType: 'DML', WorkGroup },
        statistic: 'Sum',
        period,
      }),
    ]),
  );
  return sum('bytes scanned', period, Object.fromEntries(parts) as Record<string, Metric>);
}

/** Bytes of the statement of a workgroup that read most. Athena counts each by itself: a maximum is one statement's. */
export const dearestStatement = (WorkGroup: string, period: Duration): IMetric =>
  new Metric({
    namespace: 'AWS/Athena',
    metricName: 'ProcessedBytes',
    dimensionsMap: { QueryState: 'SUCCEEDED', QueryType: 'DML', WorkGroup },
    statistic: 'Maximum',
    period,
    label: 'bytes of the dearest statement',
  });

/** Executions of a state machine that did not end well. */
export const brokenExecutions = (machine: StateMachine, period: Duration): IMetric =>
  sum('broken executions', period, {
    failed: machine.metricFailed({ period }),
    timedOut: machine.metricTimedOut({ period }),
    aborted: machine.metricAborted({ period }),
  });

/** Mails that bounced, were complained about or rejected, as SES counts them by the stack's configuration set. */
export function mailsLost(names: Names, period: Duration): IMetric {
  const parts = ['Bounce', 'Complaint', 'Reject'].map((metricName): [string, Metric] => [
    metricName.toLowerCase(),
    new Metric({
      namespace: 'AWS/SES',
      metricName,
      dimensionsMap: { [MAIL_DIMENSION]: names.configurationSet },
      statistic: 'Sum',
      period,
    }),
  ]);
  return sum('mails that did not arrive', period, Object.fromEntries(parts));
}
