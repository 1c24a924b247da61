/**
 * AWS’s list prices in US dollars without tax, region Europe (Ireland), as published in 2025. They change seldom; the
 * page says what it was computed with. Free tiers are left out where they end after a year.
 */
export const PRICES = {
  /** Lambda, ARM64: a GB-second, and a request. */
  lambdaGbSecond: 0.0000133334,
  lambdaRequest: 0.2 / 1e6,
  /** Step Functions, standard: a state transition. */
  transition: 0.025 / 1000,
  /** Athena: a TB read, at least 10 MB a statement. */
  athenaTb: 5,
  athenaLeastBytes: 10e6,
  /** S3 Standard: a GB for a month, a write or list, a read. */
  s3GbMonth: 0.023,
  s3Put: 0.005 / 1000,
  s3Get: 0.0004 / 1000,
  /** SES: a mail, and a GB of attachments. */
  sesMail: 0.1 / 1000,
  sesGb: 0.12,
  /** CloudWatch: a GB of logs taken in, a metric of one’s own, an alarm’s metric, a dashboard, each a month. */
  logsGb: 0.57,
  metric: 0.3,
  alarmMetric: 0.1,
  dashboard: 3,
  /** A key of one’s own (KMS), a secret (Secrets Manager), a month. */
  key: 1,
  secret: 0.4,
} as const;
