/** What happens during a run, as events. The local adapter draws or prints them, AWS writes one JSON line an event. */
export interface Log {
  debug(event: string, details?: LogDetails): void;
  info(event: string, details?: LogDetails): void;
  warn(event: string, details?: LogDetails): void;
  error(event: string, details?: LogDetails): void;
}

/** Plain, JSON-safe facts. Never a credential, never an e-mail address. */
export type LogDetails = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** A log that keeps silent: unit tests. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
