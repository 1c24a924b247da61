import { type Command, InvalidArgumentError } from 'commander';
import { figureKinds, periodNames } from '../functions/lake/kpis/kpi.ts';
import type { GlobalOptions } from './context.ts';

/** A date argument `YYYY-MM-DD` that exists in the calendar. */
export function dateArgument(value: string): string {
  if (
    !/^\d{4}-\d{2}-\d{2}$/.test(value) ||
    new Date(`${value}T00:00:00Z`).toISOString().slice(0, 10) !== value
  ) {
    throw new InvalidArgumentError('Give a day as YYYY-MM-DD, such as 2026-11-21.');
  }
  return value;
}

const oneOf =
  <T extends string>(allowed: readonly T[]) =>
  (value: string): T => {
    if ((allowed as readonly string[]).includes(value)) return value as T;
    throw new InvalidArgumentError(`Choose one of ${allowed.join(', ')}.`);
  };

export const periodArgument = oneOf(periodNames);
export const figureArgument = oneOf(figureKinds);
export const formatArgument = oneOf(['table', 'json', 'csv'] as const);

/** The options of the command together with the global ones, wherever they were written. */
export function globalOptions(command: Command): GlobalOptions {
  const options = command.optsWithGlobals<{ config?: string; state?: string; json?: boolean }>();
  const own = command.opts<{ config?: string; state?: string }>();
  const config = own.config ?? options.config ?? 'vigie.yaml';
  const state = own.state ?? options.state;
  return { config, ...(state === undefined ? {} : { state }), ...(options.json ? { json: true } : {}) };
}
