import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** Figures about the pipeline itself, which alarms and the dashboard of infra/ read. */
export interface PipelineMetrics {
  /** Something that happened: `StepFailed`, `DigestSent`, `FigureRows` … */
  count(name: string, number?: number): void;
  bytes(name: string, bytes: number): void;
  seconds(name: string, seconds: number): void;
  /** Writes what was noted: one line of the embedded metric format, which CloudWatch turns into metrics. */
  publish(): void;
}

/** The namespace in CloudWatch. */
export const METRICS_NAMESPACE = 'Vigie';

/** Metrics with the dimensions `stage` and `service` (the step). */
export function powertoolsMetrics({
  stage,
  step,
}: {
  readonly stage: string;
  readonly step: string;
}): PipelineMetrics {
  const metrics = new Metrics({
    namespace: METRICS_NAMESPACE,
    serviceName: step,
    defaultDimensions: { stage },
  });
  return {
    count: (name, number = 1) => metrics.addMetric(name, MetricUnit.Count, number),
    bytes: (name, bytes) => metrics.addMetric(name, MetricUnit.Bytes, bytes),
    seconds: (name, seconds) => metrics.addMetric(name, MetricUnit.Seconds, seconds),
    publish: () => {
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    },
  };
}
