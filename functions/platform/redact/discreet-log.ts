import type { Log, LogDetails } from '../log.ts';
import type { Redactor } from './redactor.ts';

/** A log that shows neither secrets nor addresses, whatever it is told. */
export function discreetLog(log: Log, redactor: Redactor): Log {
  const clean = (details: LogDetails | undefined): [LogDetails?] =>
    details === undefined ? [] : [redactor.value(details)];
  return {
    debug: (event, details) => log.debug(redactor.text(event), ...clean(details)),
    info: (event, details) => log.info(redactor.text(event), ...clean(details)),
    warn: (event, details) => log.warn(redactor.text(event), ...clean(details)),
    error: (event, details) => log.error(redactor.text(event), ...clean(details)),
  };
}
