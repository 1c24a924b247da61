interface Template {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties: { readonly Metrics?: readonly object[] } }>
  >;
}

/** How many metrics the alarms of a template look at: CloudWatch bills by them. */
export function alarmMetrics(template: unknown): number {
  const alarms = Object.values((template as Template).Resources).filter(
    ({ Type }) => Type === 'AWS::CloudWatch::Alarm',
  );
  const looked = alarms.map(
    ({ Properties: { Metrics } }) => Metrics?.filter((metric) => 'MetricStat' in metric).length ?? 1,
  );
  return looked.reduce((sum, count) => sum + count, 0);
}
