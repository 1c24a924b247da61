import type { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type FunctionName, functionNames } from '../access.ts';
import type { Names } from '../names.ts';

/**
 * Figures that the functions write about the pipeline (functions/platform/aws/powertools-metrics.ts):
 *
 *     DigestsMissing   by the watcher (`run`) at `digest_by`: readers who should have the digest and have not
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

/** What failed, all steps together. */
export function stepsFailed(names: Names, period: Duration): IMetric {
  const steps = functionNames.filter((name) => name !== 'run');
  const parts = steps.map((step) => [step, figure(names, step, 'StepFailed', 'Sum', period)] as const);
  return new MathExpression({
    expression: steps.map((step) => `FILL(${step}, 0)`).join(' + '),
    usingMetrics: Object.fromEntries(parts),
    label: 'failed items',
    period,
  });
}

/**
 * Bytes that all statements of the workgroup read, as Athena itself counts them: those of a run that died, of one that
 * was cut off, and those of people too.
 */
export function bytesScanned(names: Names, period: Duration): IMetric {
  const states = ['SUCCEEDED', 'FAILED', 'CANCELED'];
  const parts = states.map((state) => [
    state.toLowerCase(),
    new Metric({
      namespace: 'AWS/Athena',
      metricName: 'ProcessedBytes',
      dimensionsMap: { QueryState: state, QueryType: 'DML', WorkGroup: names.workgroup },
      statistic: 'Sum',
      period,
    }),
  ]);
  return new MathExpression({
    expression: states.map((state) => `FILL(${state.toLowerCase()}, 0)`).join(' + '),
    usingMetrics: Object.fromEntries(parts) as Record<string, Metric>,
    label: 'bytes scanned',
    period,
  });
}
