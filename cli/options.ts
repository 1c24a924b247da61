import { type Command, InvalidArgumentError } from 'commander';
import { figureKinds, periodNames } from '../functions/lake/catalogue/kpi.ts';
import { vendorNames } from '../functions/lake/company/audience.ts';
import { audienceParts } from '../functions/lake/snapshot/audience.ts';
import { isDay } from '../functions/lake/values/day.ts';
import { eventKinds } from '../functions/lake/values/vocabulary.ts';
import { VigieError } from '../functions/platform/errors.ts';
import type { GlobalOptions } from './context.ts';

/** A date argument `YYYY-MM-DD` that exists in the calendar. */
export function dateArgument(value: string): string {
  if (isDay(value)) return value;
  throw new InvalidArgumentError(
    /^\d{4}-\d{2}-\d{2}$/.test(value)
      ? 'The calendar has no such day. Give one as YYYY-MM-DD, such as 2026-11-21.'
      : 'Give a day as YYYY-MM-DD, such as 2026-11-21.',
  );
}

const oneOf =
  <T extends string>(allowed: readonly T[]) =>
  (value: string): T => {
    if ((allowed as readonly string[]).includes(value)) return value as T;
    throw new InvalidArgumentError(`Choose one of ${allowed.join(', ')}.`);
  };

export const periodArgument = oneOf(periodNames);
export const figureArgument = oneOf(figureKinds);
export const eventKindArgument = oneOf(eventKinds);
export const vendorArgument = oneOf(vendorNames);
export const partArgument = oneOf(audienceParts);
export const formatArgument = oneOf(['table', 'json', 'csv'] as const);
export const listFormatArgument = oneOf(['table', 'json', 'csv', 'xlsx'] as const);

/** What every command about a company is given, wherever it was written. Throws `USAGE` for two places at once. */
export function globalOptions(command: Command): GlobalOptions {
  type Given = { config?: string; state?: string; stack?: string; json?: boolean };
  const options = command.optsWithGlobals<Given>();
  const own = command.opts<Given>();
  const config = own.config ?? options.config ?? 'vigie.yaml';
  const state = own.state ?? options.state;
  const stack = own.stack ?? options.stack;
  if (stack !== undefined && state !== undefined)
    throw new VigieError('Give either --state or --stack.', {
      code: 'USAGE',
      hint: '--state is a folder of this machine; a stack keeps everything in its bucket.',
    });
  return {
    config,
    ...(state === undefined ? {} : { state }),
    ...(stack === undefined ? {} : { stack }),
    ...(options.json ? { json: true } : {}),
  };
}
