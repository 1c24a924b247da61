import { Logger } from '@aws-lambda-powertools/logger';
import type { Log, LogDetails } from '../log.ts';

export interface AwsLogOptions {
  readonly stage: string;
  /** Name of the step or function. */
  readonly step: string;
  /** The run's id: what all lines of a run have in common. */
  readonly run?: string;
  readonly level?: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
}

/**
 * One line of JSON an event, for CloudWatch Logs Insights: `{ level, message: <event>, service: "vigie", stage, step,
 * run, details }`.
 */
export function powertoolsLog({ stage, step, run, level = 'INFO' }: AwsLogOptions): Log {
  const logger = new Logger({
    serviceName: 'vigie',
    logLevel: level,
    persistentKeys: { stage, step, ...(run === undefined ? {} : { run }) },
  });
  const extra = (details: LogDetails | undefined) =>
    details === undefined ? {} : { details: { ...details } };
  return {
    debug: (event, details) => logger.debug(event, extra(details)),
    info: (event, details) => logger.info(event, extra(details)),
    warn: (event, details) => logger.warn(event, extra(details)),
    error: (event, details) => logger.error(event, extra(details)),
  };
}
